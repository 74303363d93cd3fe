import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import type { Entry, Ownership } from '../../src/plan/entry.ts';
import { isWrite } from '../../src/plan/plan.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { applied, block, changeAt, emptyTree, file, planOn, treeOf, unit } from './fixtures.ts';

/** What each case says of one file `a.yaml`: generated last, on disk now, wanted now. `-` is absent. */
const table: [Ownership, { base: string; disk: string; wanted: string; is: string }][] = [
  ['managed', { base: '-', disk: '-', wanted: 'v1', is: 'create v1' }],
  ['managed', { base: '-', disk: 'v1', wanted: 'v1', is: 'same: already as wanted (adopted)' }],
  ['managed', { base: '-', disk: 'mine', wanted: 'v1', is: 'conflict mine | v1' }],
  ['managed', { base: 'v1', disk: 'v1', wanted: 'v1', is: 'same' }],
  ['managed', { base: 'v1', disk: 'v1', wanted: 'v2', is: 'update v2' }],
  ['managed', { base: 'v1', disk: 'mine', wanted: 'v1', is: 'kept: edited by hand' }],
  ['managed', { base: 'v1', disk: 'mine', wanted: 'v2', is: 'conflict mine | v2' }],
  ['managed', { base: 'v1', disk: 'v2', wanted: 'v2', is: 'same' }],
  ['managed', { base: 'v1', disk: '-', wanted: 'v1', is: 'kept: deleted by hand' }],
  ['managed', { base: 'v1', disk: '-', wanted: 'v2', is: 'kept: deleted by hand' }],
  ['managed', { base: 'v1', disk: 'v1', wanted: '-', is: 'delete v1' }],
  ['managed', { base: 'v1', disk: 'mine', wanted: '-', is: 'kept: edited by hand; no longer generated' }],
  ['managed', { base: 'v1', disk: '-', wanted: '-', is: 'nothing' }],
  ['managed', { base: '-', disk: 'mine', wanted: '-', is: 'nothing' }],
  ['seed', { base: '-', disk: '-', wanted: 'v1', is: 'create v1' }],
  ['seed', { base: '-', disk: 'mine', wanted: 'v1', is: 'kept: yours since it was created' }],
  ['seed', { base: 'v1', disk: 'v1', wanted: 'v1', is: 'same' }],
  ['seed', { base: 'v1', disk: 'v1', wanted: 'v2', is: 'kept: yours since it was created' }],
  ['seed', { base: 'v1', disk: '-', wanted: 'v1', is: 'kept: deleted by hand' }],
  ['seed', { base: 'v1', disk: 'v1', wanted: '-', is: 'kept: yours; no longer generated' }],
  ['external', { base: '-', disk: '-', wanted: 'v1', is: 'create v1' }],
  ['external', { base: 'v1', disk: 'gotk', wanted: 'v1', is: 'kept: belongs to another program' }],
  ['external', { base: 'v1', disk: 'v1', wanted: 'v2', is: 'kept: belongs to another program' }],
  ['external', { base: 'v1', disk: '-', wanted: 'v1', is: 'create v1' }],
];

const text = (value: string) => (value === '-' ? undefined : `${value}\n`);

function generatedBefore(entries: readonly Entry[]): Tree {
  return applied(emptyTree, planOn(emptyTree, [unit(entries)]));
}

function shown(tree: Tree, entries: readonly Entry[], path = 'a.yaml'): string {
  const change = changeAt(planOn(tree, [unit(entries)]), path);
  if (change === undefined) return 'nothing';
  if (change.action === 'conflict') return `conflict ${change.ours} | ${change.theirs}`.replaceAll('\n', '');
  if (change.action === 'delete') return `delete ${change.before}`.trim();
  if (change.action === 'create' || change.action === 'update') return `${change.action} ${change.after}`.trim();
  return change.reason === undefined ? change.action : `${change.action}: ${change.reason}`;
}

describe('what happens to a whole file', () => {
  it.each(table)('%s: $base generated, $disk on disk, $wanted wanted', (ownership, { base, disk, wanted, is }) => {
    const entries = (contents: string | undefined) =>
      contents === undefined ? [] : [file('a.yaml', contents, { ownership })];
    const tree = treeOf({ 'a.yaml': text(disk) }, generatedBefore(entries(text(base))));
    expect(shown(tree, entries(text(wanted)))).toBe(is);
  });

  it('line endings and a byte order mark are no edit, and stay as they are when the file is updated', () => {
    const tree = treeOf({ 'a.yaml': '\uFEFFa: 1\r\nb: 2\r\n' }, generatedBefore([file('a.yaml', 'a: 1\nb: 2\n')]));
    expect(shown(tree, [file('a.yaml', 'a: 1\nb: 2\n')])).toBe('same');
    expect(changeAt(planOn(tree, [unit([file('a.yaml', 'a: 2\nb: 2\n')])]), 'a.yaml')).toMatchObject({
      action: 'update',
      before: '\uFEFFa: 1\r\nb: 2\r\n',
      after: '\uFEFFa: 2\r\nb: 2\r\n',
    });
  });

  it('bytes that are no text are never overwritten', () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x00]);
    const below = generatedBefore([file('a.yaml', 'v1\n')]);
    const tree: Tree = { ...below, read: (path) => (path === 'a.yaml' ? bytes : below.read(path)) };
    expect(shown(tree, [file('a.yaml', 'v1\n')])).toBe('kept: edited by hand');
    expect(shown(tree, [file('a.yaml', 'v2\n')])).toBe('conflict (a binary file of 3 bytes) | v2');
  });

  it('carries the executable bit', () => {
    const plan = planOn(emptyTree, [unit([file('hook', '#!/bin/sh\n', { executable: true })])]);
    expect(changeAt(plan, 'hook')).toMatchObject({ action: 'create', executable: true });
  });

  it('a file that moves from one unit to another is still known', () => {
    const tree = applied(
      emptyTree,
      planOn(emptyTree, [unit([file('a.yaml', 'v1\n')], 'app-web'), unit([], 'app-api')]),
    );
    const plan = planOn(tree, [unit([], 'app-web'), unit([file('a.yaml', 'v2\n')], 'app-api')]);
    expect(plan.changes.filter((change) => change.path === 'a.yaml')).toMatchObject([
      { action: 'update', unit: 'app-api' },
    ]);
  });
});

const begin = '# flux-repo:begin rules (managed, edit outside)\n';
const end = '# flux-repo:end rules\n';
const region = (value: string) => `${begin}${value}\n${end}`;

describe('what happens to our block in a shared file', () => {
  it.each([
    { base: '-', disk: '-', wanted: 'v1', is: `create ${region('v1')}` },
    { base: '-', disk: 'mine\n', wanted: 'v1', is: `update mine\n\n${region('v1')}` },
    { base: 'v1', disk: `mine\n${region('v1')}mine\n`, wanted: 'v1', is: 'same' },
    { base: 'v1', disk: `mine\n${region('v1')}mine\n`, wanted: 'v2', is: `update mine\n${region('v2')}mine\n` },
    { base: 'v1', disk: region('edited'), wanted: 'v1', is: 'kept: our block was edited by hand' },
    { base: 'v1', disk: region('edited'), wanted: 'v2', is: 'conflict edited | v2' },
    { base: 'v1', disk: 'mine\n', wanted: 'v2', is: 'kept: our block was deleted by hand' },
    { base: 'v1', disk: '-', wanted: 'v2', is: 'kept: deleted by hand' },
    { base: 'v1', disk: 'mine\n', wanted: '-', is: 'nothing' },
  ])('$base generated, $disk on disk, $wanted wanted', ({ base, disk, wanted, is }) => {
    const entries = (contents: string | undefined) => (contents === undefined ? [] : [block('a.yaml', contents)]);
    const tree = treeOf({ 'a.yaml': disk === '-' ? undefined : disk }, generatedBefore(entries(text(base))));
    expect(shown(tree, entries(text(wanted)))).toBe(is.trim());
  });

  it('several blocks of several units are one change to the file, in the order given', () => {
    const first = { position: 'first' as const };
    const plan = planOn(treeOf({ CODEOWNERS: 'mine\n' }), [
      unit([
        block('CODEOWNERS', 'one\n', { ...first, id: 'one' }),
        block('CODEOWNERS', 'two\n', { ...first, id: 'two' }),
      ]),
      unit([block('CODEOWNERS', 'three\n', { id: 'three' })], 'team-a'),
    ]);
    const change = changeAt(plan, 'CODEOWNERS');
    const lines = change?.action === 'update' ? change.after.split('\n').filter((line) => /^\w/.test(line)) : [];
    expect(lines).toEqual(['one', 'two', 'mine', 'three']);
    expect(applied(emptyTree, plan).read('.flux-repo/lock/team-a.json')).toContain('"three"');
  });

  it('broken markers stop the plan', () => {
    expect(() => planOn(treeOf({ 'a.yaml': begin }), [unit([block('a.yaml', 'v1\n')])])).toThrow(ExpectedError);
  });
});

describe('our bookkeeping', () => {
  it('planning again after applying finds nothing to write', () => {
    const units = [
      unit([file('a.yaml', 'v1\n'), block('README.md', 'x\n', { comment: 'html' })]),
      unit([file('b.yaml', '')], 'app-b', { image: 'nginx' }),
    ];
    const tree = applied(emptyTree, planOn(emptyTree, units));
    const again = planOn(tree, units);
    expect(again.changes.map((change) => change.action)).toEqual(again.changes.map(() => 'same'));
    expect(again.changes).toHaveLength(6);
  });

  it('the lock of a unit has its part of the model and the hash of what was generated, in stable order', () => {
    const tree = generatedBefore([file('b.yaml', 'abc'), file('a.yaml', '', { ownership: 'seed', executable: true })]);
    expect(tree.read('.flux-repo/lock/repository.json')).toBe(`{
  "files": {
    "a.yaml": {
      "executable": true,
      "ownership": "seed",
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    },
    "b.yaml": {
      "ownership": "managed",
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }
  },
  "part": {},
  "toolVersion": "1.0.0",
  "unit": "repository"
}
`);
    expect(tree.read('.flux-repo/lock.json')).toBe('{\n  "formatVersion": 1,\n  "toolVersion": "1.0.0"\n}\n');
  });

  it('what was generated is kept for an edited file, and dropped when it follows the model again', () => {
    const wanted = [unit([file('a.yaml', 'v1\n')])];
    const edited = treeOf({ 'a.yaml': 'mine\n' }, generatedBefore([file('a.yaml', 'v1\n')]));
    const kept = applied(edited, planOn(edited, wanted));
    expect(kept.read('.flux-repo/base/a.yaml')).toBe('v1\n');
    expect(planOn(kept, wanted).changes.some(isWrite)).toBe(false);

    const both = changeAt(planOn(kept, [unit([file('a.yaml', 'v2\n')])]), 'a.yaml');
    expect(both).toMatchObject({ action: 'conflict', base: 'v1', ours: 'mine', theirs: 'v2' });

    const reverted = treeOf({ 'a.yaml': 'v1\n' }, kept);
    const followed = planOn(reverted, [unit([file('a.yaml', 'v2\n')])]);
    expect(changeAt(followed, '.flux-repo/base/a.yaml')).toMatchObject({ action: 'delete' });
    expect(applied(reverted, followed).read('a.yaml')).toBe('v2\n');
  });

  it('a damaged base counts as none', () => {
    const tree = treeOf(
      { 'a.yaml': 'mine\n', '.flux-repo/base/a.yaml': 'forged\n' },
      generatedBefore([file('a.yaml', 'v1\n')]),
    );
    expect(changeAt(planOn(tree, [unit([file('a.yaml', 'v2\n')])]), 'a.yaml')).toMatchObject({
      action: 'conflict',
      base: undefined,
    });
  });

  it('a file deleted by hand is noted with the next change of its unit, not for itself', () => {
    const before = generatedBefore([file('a.yaml', 'v1\n'), file('b.yaml', 'v1\n')]);
    const deleted = treeOf({ 'a.yaml': undefined }, before);
    const same = planOn(deleted, [unit([file('a.yaml', 'v2\n'), file('b.yaml', 'v1\n')])]);
    expect(changeAt(same, 'a.yaml')).toMatchObject({ action: 'kept', reason: 'deleted by hand' });
    expect(same.changes.some(isWrite)).toBe(false);
  });

  it('a file deleted by hand stays deleted over many rounds, and counts again when it is brought back', () => {
    const wanted = [unit([file('a.yaml', 'v2\n'), file('b.yaml', 'v2\n')])];
    const before = generatedBefore([file('a.yaml', 'v1\n'), file('b.yaml', 'v1\n')]);
    const deleted = treeOf({ 'a.yaml': undefined }, before);
    const once = applied(deleted, planOn(deleted, wanted));
    expect(once.read('.flux-repo/lock/repository.json')).toContain('"kept": true');
    expect(planOn(once, wanted).changes.some(isWrite)).toBe(false);

    const back = treeOf({ 'a.yaml': 'v1\n' }, once);
    const after = applied(back, planOn(back, wanted));
    expect(after.read('a.yaml')).toBe('v2\n');
    expect(after.read('.flux-repo/lock/repository.json')).not.toContain('kept');
  });

  it('a new version that generates the same touches nothing', () => {
    const units = [unit([file('a.yaml', 'v1\n')])];
    const tree = applied(emptyTree, planOn(emptyTree, units));
    const older = treeOf(
      {
        '.flux-repo/lock.json': String(tree.read('.flux-repo/lock.json')).replace('1.0.0', '0.9.0'),
        '.flux-repo/lock/repository.json': String(tree.read('.flux-repo/lock/repository.json')).replace(
          '1.0.0',
          '0.9.0',
        ),
      },
      tree,
    );
    expect(planOn(older, units).changes.filter(isWrite)).toEqual([]);
    const changed = planOn(older, [unit([file('a.yaml', 'v2\n')])]).changes.filter(isWrite);
    expect(changed.map((change) => change.path)).toEqual([
      '.flux-repo/lock.json',
      '.flux-repo/lock/repository.json',
      'a.yaml',
    ]);
  });

  it('the model is written as the command edited it', () => {
    const model = { path: 'flux-repo.yaml', before: 'a: 1\n', after: 'a: 2\n' };
    expect(changeAt(planOn(emptyTree, [], model), 'flux-repo.yaml')).toMatchObject({
      action: 'update',
      ownership: 'model',
    });
    expect(changeAt(planOn(emptyTree, [], { ...model, before: undefined }), 'flux-repo.yaml')?.action).toBe('create');
    expect(changeAt(planOn(emptyTree, [], { ...model, after: 'a: 1\n' }), 'flux-repo.yaml')?.action).toBe('same');
  });
});

describe('what stands in the way is named before anything is written', () => {
  const whyNot = (tree: Tree, path: string) => {
    try {
      planOn(tree, [unit([file(path, 'v1\n')])]);
    } catch (error) {
      if (error instanceof ExpectedError) return error.why.join();
      throw error;
    }
    return 'nothing';
  };

  it('a name that is there in another case', () => {
    expect(whyNot(treeOf({ 'readme.md': '' }), 'README.md')).toContain('readme.md is there already');
    expect(whyNot(treeOf({ 'Apps/x': '' }), 'apps/a.yaml')).toContain('Apps is there already');
    expect(whyNot(treeOf({ 'README.md': 'v1\n', 'readme.md': '' }), 'README.md')).toBe('nothing');
  });

  it('a file where a folder must be, and a link', () => {
    expect(whyNot(treeOf({ apps: '' }), 'apps/a.yaml')).toContain('apps is a file, where a folder must be');
    const linked: Tree = { ...emptyTree, list: (folder) => (folder === '' ? [{ name: 'apps', kind: 'link' }] : []) };
    expect(whyNot(linked, 'apps/a.yaml')).toContain('apps is a symbolic link');
  });
});

describe('generators that disagree are our bug', () => {
  it.each<[string, Entry[]]>([
    ['two files of one path', [file('a.yaml', ''), file('a.yaml', '')]],
    ['two blocks of one id', [block('a', ''), block('a', '')]],
    ['a file and a block', [block('a', ''), file('a', '')]],
    ['a block and a file', [file('a', ''), block('a', '')]],
    ['names that differ in case', [file('apps/a', ''), file('Apps/b', '')]],
    ['a file that is a folder', [file('a', ''), file('a/b', '')]],
    ['a path outside', [file('../a', '')]],
    ["git's own folder", [file('.git/config', '')]],
    ['our bookkeeping', [file('.flux-repo/lock.json', '')]],
  ])('%s', (_, entries) => {
    const plan = () => planOn(emptyTree, [unit(entries)]);
    expect(plan).toThrow();
    expect(plan).not.toThrow(ExpectedError);
  });
});
