import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/plan/entry.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import { readLocks } from '../../src/plan/read-locks.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { applied, changeAt, emptyTree, file, treeOf, unit } from './fixtures.ts';

const path = 'apps/overlays/production/web/db.sops.yaml';
const lockPath = '.flux-repo/lock/app-web.json';
const declared: Entry[] = [{ kind: 'sealed', path }];
const first = 'password: ENC[1]\nsops: {}\n';
const second = 'password: ENC[2]\nsops: {}\n';

interface Wanted {
  sealed?: Record<string, string>;
  unsealed?: string[];
}

function plan(tree: Tree, entries: readonly Entry[], { sealed, unsealed }: Wanted = {}) {
  return planChanges({
    units: [unit([file('base.yaml', 'a: b\n'), ...entries], 'app-web')],
    tree,
    locks: readLocks(tree),
    toolVersion: '1.0.0',
    ...(sealed && { sealed: new Map(Object.entries(sealed)) }),
    ...(unsealed && { unsealed: new Set(unsealed) }),
  });
}

const written = applied(emptyTree, plan(emptyTree, declared, { sealed: { [path]: first } }));

/** Whether the unit's lock knows the file, after the plan. */
function isLocked(tree: Tree): boolean {
  return JSON.stringify(readLocks(tree).get('app-web')?.files[path]) === '{"ownership":"sealed"}';
}

describe('a declared file', () => {
  test('that nobody has the values of is not written, and that is no change', () => {
    expect(changeAt(plan(emptyTree, declared), path)).toEqual({
      action: 'kept',
      path,
      unit: 'app-web',
      ownership: 'sealed',
      reason: 'no file yet',
    });
  });

  test('is written with the ciphertext that a command has', () => {
    expect(written.read(path)).toBe(first);
    expect(isLocked(written)).toBe(true);
    expect(changeAt(plan(emptyTree, declared, { sealed: { [path]: first } }), path)).toEqual({
      action: 'create',
      path,
      unit: 'app-web',
      ownership: 'sealed',
      after: first,
    });
  });

  test('stays as it is, whatever it holds', () => {
    const edited = treeOf({ [path]: second }, written);
    expect(changeAt(plan(edited, declared), path)).toMatchObject({ action: 'same', ownership: 'sealed' });
    expect(changeAt(plan(edited, declared), lockPath)?.action).toBe('same');
  });

  test('is replaced by other ciphertext, byte by byte', () => {
    const next = applied(written, plan(written, declared, { sealed: { [path]: `${second}\r\n` } }));
    expect(next.read(path)).toBe(`${second}\r\n`);
    expect(changeAt(plan(next, declared, { sealed: { [path]: `${second}\r\n` } }), path)?.action).toBe('same');
  });

  test('is not overwritten where bytes stand that are no text', () => {
    const binary: Tree = { ...written, read: (at) => (at === path ? new Uint8Array([0, 255]) : written.read(at)) };
    expect(changeAt(plan(binary, declared), path)?.action).toBe('same');
    expect(() => plan(binary, declared, { sealed: { [path]: first } })).toThrow(
      expect.objectContaining({ code: 'path-in-the-way', exitCode: 1 }),
    );
  });
});

describe('a file that is declared no more', () => {
  test('stays, and is named again each time', () => {
    let tree = written;
    for (const _ of [1, 2]) {
      const next = plan(tree, []);
      expect(changeAt(next, path)).toMatchObject({ action: 'kept', reason: 'encrypted; no longer declared' });
      tree = applied(tree, next);
      expect(tree.read(path)).toBe(first);
    }
  });

  test('is forgotten when somebody deletes it', () => {
    const gone = treeOf({ [path]: undefined }, written);
    const next = plan(gone, []);
    expect(changeAt(next, path)).toBeUndefined();
    expect(isLocked(applied(gone, next))).toBe(false);
  });

  test('goes when a command says so', () => {
    const next = plan(written, [], { unsealed: [path] });
    expect(next.changes.filter((change) => change.path === path)).toEqual([
      { action: 'delete', path, unit: 'app-web', ownership: 'sealed', before: first },
    ]);
    const after = applied(written, next);
    expect(after.read(path)).toBeUndefined();
    expect(isLocked(after)).toBe(false);
  });

  test('can still be given other ciphertext, and is still known', () => {
    const next = plan(written, [], { sealed: { [path]: second } });
    expect(next.changes.filter((change) => change.path === path)).toEqual([
      { action: 'update', path, unit: 'app-web', ownership: 'sealed', before: first, after: second },
    ]);
    expect(isLocked(applied(written, next))).toBe(true);
  });
});

test('an encrypted file that was never declared is the repository’s, and in no lock', () => {
  const own = 'infrastructure/mine.sops.yaml';
  const tree = treeOf({ [own]: first }, written);
  const next = plan(tree, declared, { sealed: { [own]: second } });
  expect(changeAt(next, own)).toMatchObject({ action: 'update', unit: 'repository', ownership: 'sealed' });
  expect(changeAt(next, lockPath)?.action).toBe('same');
});

test('deleting what is not there is no change', () => {
  expect(changeAt(plan(written, declared, { unsealed: ['nowhere.sops.yaml'] }), 'nowhere.sops.yaml')?.action).toBe(
    'same',
  );
});
