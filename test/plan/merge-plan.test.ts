import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import type { ConflictChange } from '../../src/plan/change.ts';
import { contentHash } from '../../src/plan/content-hash.ts';
import type { Entry } from '../../src/plan/entry.ts';
import { isWrite } from '../../src/plan/plan.ts';
import { type ComparedPlan, type PlanRequest, planChanges } from '../../src/plan/plan-changes.ts';
import { readLocks } from '../../src/plan/read-locks.ts';
import type { Resolution } from '../../src/plan/resolution.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { applied, block, changeAt, emptyTree, file, planOn, treeOf, unit } from './fixtures.ts';

function planWith(tree: Tree, entries: readonly Entry[], more: Partial<PlanRequest> = {}): ComparedPlan {
  return planChanges({ units: [unit(entries)], tree, locks: readLocks(tree), toolVersion: '1.0.0', ...more });
}

function generatedBefore(entries: readonly Entry[]): Tree {
  return applied(emptyTree, planOn(emptyTree, [unit(entries)]));
}

const conflictsOf = (plan: ComparedPlan): ConflictChange[] =>
  plan.changes.filter((change) => change.action === 'conflict');

const release = (interval: string, version: string) =>
  `kind: HelmRelease\nspec:\n  interval: ${interval}\n  version: ${version}\n`;

describe('a managed file edited by hand', () => {
  const base = generatedBefore([file('a.yaml', release('1h', '1.0.0'))]);
  const edited = treeOf({ 'a.yaml': `# mine\n${release('1h', '2.0.0')}` }, base);
  const kept = applied(edited, planWith(edited, [file('a.yaml', release('1h', '1.0.0'))]));

  it('takes what the model changes beside the edit, round after round', () => {
    let tree = kept;
    for (const interval of ['2h', '3h', '4h']) {
      const plan = planWith(tree, [file('a.yaml', release(interval, '1.0.0'))]);
      expect(changeAt(plan, 'a.yaml')).toMatchObject({ action: 'update' });
      tree = applied(tree, plan);
      expect(tree.read('a.yaml')).toBe(`# mine\n${release(interval, '2.0.0')}`);
      expect(tree.read('.flux-repo/base/a.yaml')).toBe(release(interval, '1.0.0'));
      expect(planWith(tree, [file('a.yaml', release(interval, '1.0.0'))]).changes.some(isWrite)).toBe(false);
    }
  });

  it('is in conflict where both changed the same value, which a side can be taken for', () => {
    const wanted = [file('a.yaml', release('2h', '3.0.0'))];
    expect(conflictsOf(planWith(kept, wanted))).toMatchObject([
      { path: 'a.yaml', at: ['spec', 'version'], base: '1.0.0', ours: '2.0.0', theirs: '3.0.0' },
    ]);
    const with_ = (resolve: Resolution) => {
      const plan = planWith(kept, wanted, { resolve });
      expect(conflictsOf(plan)).toEqual([]);
      const tree = applied(kept, plan);
      expect(planWith(tree, wanted).changes.some(isWrite)).toBe(false);
      return tree.read('a.yaml');
    };
    expect(with_({ ours: true })).toBe(`# mine\n${release('2h', '2.0.0')}`);
    expect(with_({ theirs: ['a.yaml'] })).toBe(`# mine\n${release('2h', '3.0.0')}`);
    expect(with_({ theirs: true, ours: ['a.yaml'] })).toBe(`# mine\n${release('2h', '2.0.0')}`);
    expect(conflictsOf(planWith(kept, wanted, { resolve: { theirs: ['b'] } }))).toHaveLength(1);
  });

  it('is in conflict with a change of what belongs to the user never', () => {
    const userPaths = [['spec', 'version']];
    const plan = planWith(kept, [file('a.yaml', release('2h', '3.0.0'), { userPaths })]);
    expect(applied(kept, plan).read('a.yaml')).toBe(`# mine\n${release('2h', '2.0.0')}`);
  });

  it('says which value of the user stays, in the plan that brings another one and in no later one', () => {
    const wanted = [file('a.yaml', release('1h', '3.0.0'), { userPaths: [['spec', 'version']] })];
    const plan = planWith(kept, wanted);
    expect(changeAt(plan, 'a.yaml')).toMatchObject({
      action: 'kept',
      yours: [{ at: ['spec', 'version'], base: '1.0.0', ours: '2.0.0', theirs: '3.0.0' }],
    });
    expect(changeAt(planWith(applied(kept, plan), wanted), 'a.yaml')).toEqual({
      ...{ action: 'kept', path: 'a.yaml', unit: 'repository', ownership: 'managed', reason: 'edited by hand' },
    });
  });

  it('gives the value of the user up only where the file or its folder is named', () => {
    const userPaths = [['spec', 'version']];
    const wanted = [file('b/a.yaml', release('1h', '3.0.0'), { userPaths })];
    const before = generatedBefore(wanted);
    const bumped = treeOf({ 'b/a.yaml': `# mine\n${release('1h', '2.0.0')}` }, before);
    const readWith = (resolve: Resolution) => applied(bumped, planWith(bumped, wanted, { resolve })).read('b/a.yaml');
    expect(readWith({ theirs: true })).toBe(`# mine\n${release('1h', '2.0.0')}`);
    expect(readWith({ theirs: ['b'], ours: ['b/a.yaml'] })).toBe(`# mine\n${release('1h', '2.0.0')}`);
    expect(readWith({ theirs: ['b'], isBetweenBranches: true })).toBe(`# mine\n${release('1h', '2.0.0')}`);
    expect(readWith({ theirs: ['b'] })).toBe(`# mine\n${release('1h', '3.0.0')}`);
    expect(readWith({ theirs: ['b/a.yaml'] })).toBe(`# mine\n${release('1h', '3.0.0')}`);
  });

  it('needs no base of its own when the edit is what the model wants now', () => {
    const plan = planWith(kept, [file('a.yaml', `# mine\n${release('1h', '2.0.0')}`)]);
    expect(changeAt(plan, 'a.yaml')?.action).toBe('same');
  });
});

describe('the base of an edited file that nothing is stored for', () => {
  const [old, wanted] = [release('1h', '1.0.0'), [file('a.yaml', release('2h', '1.0.0'))]];
  const tree = treeOf({ 'a.yaml': release('1h', '2.0.0') }, generatedBefore([file('a.yaml', old)]));
  const merged = release('2h', '2.0.0');

  it('is generated again', () => {
    const plan = planWith(tree, wanted, { bases: { regenerate: ({ path }) => (path === 'a.yaml' ? old : undefined) } });
    expect(applied(tree, plan).read('a.yaml')).toBe(merged);
    expect(plan.missingBases).toEqual([]);
  });

  it('is taken from git when what is generated again has another hash', () => {
    const first = planWith(tree, wanted, { bases: { regenerate: () => 'other\n' } });
    expect(first.missingBases).toMatchObject([{ path: 'a.yaml', sha256: contentHash(old) }]);
    expect(first.missingBases[0]?.textIn(`\uFEFF${old.replaceAll('\n', '\r\n')}`)).toBe(old);
    const blobs = new Map([[contentHash(old), old]]);
    expect(applied(tree, planWith(tree, wanted, { bases: { blobs } })).read('a.yaml')).toBe(merged);
  });

  it('is never a text with another hash: then every difference is a conflict', () => {
    const blobs = new Map([[contentHash(old), 'forged\n']]);
    const plan = planWith(tree, wanted, { bases: { blobs, regenerate: () => 'forged\n' } });
    expect(conflictsOf(plan).map(({ at, base }) => [at, base])).toEqual([
      [['spec', 'interval'], undefined],
      [['spec', 'version'], undefined],
    ]);
  });
});

describe('a file that we know nothing of', () => {
  it('is adopted when it says what is wanted, as it is written', () => {
    const tree = treeOf({ 'a.yaml': '# mine\na: "1"\n' });
    const plan = planWith(tree, [file('a.yaml', "a: '1'\n")]);
    expect(changeAt(plan, 'a.yaml')).toMatchObject({ action: 'same', reason: 'already as wanted (adopted)' });
    const later = applied(tree, plan);
    expect(applied(later, planWith(later, [file('a.yaml', "a: '2'\n")])).read('a.yaml')).toBe('# mine\na: "2"\n');
  });

  it('is kept as it is when ours is taken', () => {
    const tree = treeOf({ 'a.yaml': 'a: 2\n' });
    const plan = planWith(tree, [file('a.yaml', 'a: 1\n')], { resolve: { ours: true } });
    expect(changeAt(plan, 'a.yaml')).toMatchObject({ action: 'kept', reason: 'edited by hand' });
    expect(planWith(applied(tree, plan), [file('a.yaml', 'a: 1\n')]).changes.some(isWrite)).toBe(false);
  });
});

describe('a file deleted by hand', () => {
  const deleted = treeOf({ 'apps/a.yaml': undefined }, generatedBefore([file('apps/a.yaml', 'a: 1\n')]));
  it.each([
    [{ theirs: true }, 'kept'],
    [{ theirs: ['apps/a.yaml'] }, 'create'],
    [{ theirs: ['apps/'] }, 'create'],
    [{ theirs: ['app'] }, 'kept'],
  ] satisfies [Resolution, string][])('with %j is: %s', (resolve, action) => {
    const plan = planWith(deleted, [file('apps/a.yaml', 'a: 2\n')], { resolve });
    expect(changeAt(plan, 'apps/a.yaml')?.action).toBe(action);
  });

  it('is foreign under its new name when it was renamed', () => {
    const tree = treeOf({ 'apps/b.yaml': 'a: 1\n' }, deleted);
    const plan = planWith(tree, [file('apps/a.yaml', 'a: 2\n')]);
    expect(plan.changes.map(({ path }) => path)).not.toContain('apps/b.yaml');
  });
});

describe('text that is no YAML', () => {
  const hook = (first: string, last: string) => `#!/bin/sh\n${first}\nset -e\necho\n${last}\n`;
  it('is merged line by line, with its line endings', () => {
    const before = generatedBefore([file('hook', hook('one', 'two'))]);
    const tree = treeOf({ hook: hook('one', 'mine').replaceAll('\n', '\r\n') }, before);
    const bases = { regenerate: () => hook('one', 'two') };
    const plan = planWith(tree, [file('hook', hook('uno', 'two'))], { bases });
    expect(applied(tree, plan).read('hook')).toBe(hook('uno', 'mine').replaceAll('\n', '\r\n'));
    const both = planWith(tree, [file('hook', hook('uno', 'dos'))], { bases });
    expect(conflictsOf(both)).toMatchObject([{ at: [], base: 'two', ours: 'mine', theirs: 'dos' }]);
  });
});

describe('a file that is no longer generated', () => {
  it('leaves no base behind, whether it goes or stays', () => {
    const entries = [file('a.yaml', 'a: 1\n'), file('b.yaml', 'b: 1\n')];
    const edited = treeOf({ 'a.yaml': 'a: 2\n', 'b.yaml': 'b: 2\n' }, generatedBefore(entries));
    const kept = treeOf({ 'b.yaml': 'b: 1\n' }, applied(edited, planWith(edited, entries)));
    const tree = applied(kept, planWith(kept, []));
    expect(tree.list('.flux-repo/base')).toEqual([]);
    expect([tree.read('a.yaml'), tree.read('b.yaml')]).toEqual(['a: 2\n', undefined]);
  });

  it('and is edited, or was written once for the user, goes only if it is named itself', () => {
    const entries = [file('apps/a.yaml', 'a: 1\n'), file('apps/b.yaml', 'b: 1\n', { ownership: 'seed' })];
    const tree = treeOf({ 'apps/a.yaml': 'a: 2\n' }, generatedBefore(entries));
    const actions = (resolve: Resolution) =>
      entries.map(({ path }) => changeAt(planWith(tree, [], { resolve }), path)?.action);
    expect(actions({ theirs: ['apps'] })).toEqual(['kept', 'kept']);
    expect(actions({ theirs: true })).toEqual(['kept', 'kept']);
    expect(actions({ theirs: ['apps/a.yaml', 'apps/b.yaml'] })).toEqual(['delete', 'delete']);
  });
});

describe('our block in a shared file', () => {
  const wanted = (contents: string) => [block('OWNERS', contents, { position: 'first' })];
  const before = treeOf({ OWNERS: 'mine\n' });
  const written = applied(before, planWith(before, wanted('a\nb\nc\n')));

  it('edited by hand takes what the model changes elsewhere in it, over many rounds', () => {
    let tree = treeOf({ OWNERS: String(written.read('OWNERS')).replace('c\n', 'c\nmine too\n') }, written);
    tree = applied(tree, planWith(tree, wanted('a\nb\nc\n')));
    for (const first of ['x', 'y', 'z']) {
      tree = applied(tree, planWith(tree, wanted(`${first}\nb\nc\n`)));
      expect(String(tree.read('OWNERS')).split('\n').slice(1, 5)).toEqual([first, 'b', 'c', 'mine too']);
    }
    expect(conflictsOf(planWith(tree, wanted('z\nb\nd\n')))).toMatchObject([{ base: 'c', ours: 'c\nmine too' }]);
    const plan = planWith(tree, wanted('z\nb\nd\n'), { resolve: { theirs: true } });
    expect(applied(tree, plan).read('OWNERS')).toContain('z\nb\nd\n#');
    expect(applied(tree, plan).list('.flux-repo/base')).toEqual([]);
  });

  it('goes when nobody wants it, and leaves the file as it was', () => {
    expect(applied(written, planWith(written, [])).read('OWNERS')).toBe('mine\n');
    const alone = applied(emptyTree, planWith(emptyTree, wanted('a\n')));
    expect(changeAt(planWith(alone, []), 'OWNERS')?.action).toBe('delete');
  });

  it('stays when it was edited and nobody wants it any longer', () => {
    const tree = treeOf({ OWNERS: String(written.read('OWNERS')).replace('b\n', 'B\n') }, written);
    expect(changeAt(planWith(tree, []), 'OWNERS')).toMatchObject({
      action: 'kept',
      reason: 'our block was edited by hand; no longer generated',
    });
  });

  it('that another unit still has stays', () => {
    const units = [unit([]), unit(wanted('a\n'), 'app-a')];
    const tree = applied(emptyTree, planOn(emptyTree, [unit(wanted('a\n'))]));
    expect(changeAt(planOn(tree, units), 'OWNERS')?.action).toBe('same');
  });

  it('of a unit that is not compared now stays', () => {
    const tree = applied(emptyTree, planOn(emptyTree, [unit([]), unit(wanted('a\n'), 'app-a')]));
    expect(changeAt(planWith(tree, []), 'OWNERS')).toBeUndefined();
  });

  it('below the lines of the user goes with the empty line above it', () => {
    const last = [block('OWNERS', 'a\n')];
    const tree = applied(before, planWith(before, last));
    expect(tree.read('OWNERS')).toMatch(/^mine\n\n# flux-repo:begin/);
    expect(applied(tree, planWith(tree, [])).read('OWNERS')).toBe('mine\n');
  });

  it('deleted by hand comes back when its file is asked for', () => {
    const tree = treeOf({ OWNERS: 'mine\n' }, written);
    expect(changeAt(planWith(tree, wanted('a\n')), 'OWNERS')?.action).toBe('kept');
    const plan = planWith(tree, wanted('a\n'), { resolve: { theirs: ['OWNERS'] } });
    expect(changeAt(plan, 'OWNERS')?.action).toBe('update');
  });
});

describe('our rules in a .sops.yaml of the user', () => {
  const contents = '  - path_regex: ours\n    age: age1\n';
  const rules = (text = contents) => [block('.sops.yaml', text, { within: ['creation_rules'] })];
  const begin = '# flux-repo:begin rules (managed, edit outside)\n';
  const end = '# flux-repo:end rules\n';
  const write = (text: string) => {
    const tree = treeOf({ '.sops.yaml': text });
    return applied(tree, planWith(tree, rules()));
  };

  it.each([
    {
      title: 'stand at the end of the list, before the keys that follow, as far indented as the others',
      given: '# mine\ncreation_rules:\n- path_regex: x # first\n  age: age2\n\nstores:\n  yaml: {}\n',
      expected: `# mine\ncreation_rules:\n- path_regex: x # first\n  age: age2\n${begin}- path_regex: ours\n  age: age1\n${end}\nstores:\n  yaml: {}\n`,
    },
    {
      title: 'make the list when there is none',
      given: 'stores: {}\n',
      expected: `stores: {}\ncreation_rules:\n  ${begin}  - path_regex: ours\n    age: age1\n  ${end}`,
    },
    {
      title: 'fill an empty list',
      given: 'creation_rules: [] # none\nstores: {}\n',
      expected: `creation_rules: # none\n  ${begin}  - path_regex: ours\n    age: age1\n  ${end}stores: {}\n`,
    },
  ])('$title', ({ given, expected }) => {
    const tree = write(given);
    expect(tree.read('.sops.yaml')).toBe(expected);
    expect(planWith(tree, rules()).changes.some(isWrite)).toBe(false);
    const later = applied(tree, planWith(tree, rules(contents.replace('ours', 'changed'))));
    expect(later.read('.sops.yaml')).toBe(expected.replace('ours', 'changed'));
  });

  it.each(['', '  ', '    '])('go again and leave the others, indented by "%s"', (indent) => {
    const given = `creation_rules:\n${indent}- path_regex: x\nstores: {}\n`;
    const tree = write(given);
    expect(applied(tree, planWith(tree, [])).read('.sops.yaml')).toBe(given);
  });

  it('are refused where the list is in brackets', () => {
    expect(() => write('creation_rules: [{path_regex: x}]\n')).toThrow(ExpectedError);
  });
});
