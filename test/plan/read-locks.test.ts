import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { lockedUnits, readLocks, readRepositoryLock } from '../../src/plan/read-locks.ts';
import { applied, block, emptyTree, file, planOn, treeOf, unit } from './fixtures.ts';

const refusal = (read: () => unknown): ExpectedError => {
  try {
    read();
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('the locks', () => {
  it('are read as they were written', () => {
    const units = [
      unit([file('a.yaml', 'v1\n'), block('b', 'x\n')]),
      unit([], 'cluster-eu-1', { environment: 'production' }),
    ];
    const tree = applied(emptyTree, planOn(emptyTree, units));
    expect(readRepositoryLock(tree)).toEqual({ formatVersion: 1, toolVersion: '1.0.0' });
    expect(lockedUnits(tree)).toEqual(['cluster-eu-1', 'repository']);
    expect(readLocks(tree).get('cluster-eu-1')).toEqual({
      unit: 'cluster-eu-1',
      toolVersion: '1.0.0',
      part: { environment: 'production' },
      files: {},
    });
    expect([...readLocks(tree, ['repository', 'app-none']).keys()]).toEqual(['repository']);
  });

  it('are absent where nothing was generated', () => {
    expect(readRepositoryLock(emptyTree)).toBeUndefined();
    expect(readLocks(emptyTree).size).toBe(0);
  });

  it('of a newer version say which command to run', () => {
    const tree = treeOf({ '.flux-repo/lock.json': '{"formatVersion": 2, "layout": "new"}' });
    const error = refusal(() => readRepositoryLock(tree));
    expect(error).toMatchObject({ exitCode: 2, message: 'this repository was written by a newer create-flux-repo' });
    expect(error.hint).toContain('npx create-flux-repo@latest');
  });

  it.each([
    ['no JSON', '{', 'not valid JSON'],
    ['a git merge conflict', '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n', 'git merge conflict'],
    ['an unknown key', '{"formatVersion":1,"toolVersion":"1.0.0","more":1}', 'more'],
    ['no version', '{"toolVersion":"1.0.0"}', 'formatVersion'],
  ])('with %s are refused with the way back', (_, text, reason) => {
    const error = refusal(() => readRepositoryLock(treeOf({ '.flux-repo/lock.json': text })));
    expect(error.exitCode).toBe(2);
    expect(error.why.join()).toContain(reason);
    expect(error.hint).toContain('git restore .flux-repo/lock.json');
  });

  it.each([
    [
      'a path outside',
      { '../../.ssh/authorized_keys': { ownership: 'managed', sha256: 'a'.repeat(64) } },
      'not a path inside',
    ],
    ['a hash that is none', { 'a.yaml': { ownership: 'managed', sha256: 'x' } }, 'not a SHA-256'],
    ['an unknown ownership', { 'a.yaml': { ownership: 'borrowed', sha256: 'a'.repeat(64) } }, 'ownership'],
  ])('of a unit with %s are refused', (_, files, reason) => {
    const lock = { unit: 'app-web', toolVersion: '1.0.0', part: null, files };
    const error = refusal(() => readLocks(treeOf({ '.flux-repo/lock/app-web.json': JSON.stringify(lock) })));
    expect(error.why.join()).toContain(reason);
  });

  it('of a unit are about that unit', () => {
    const lock = { unit: 'app-api', toolVersion: '1.0.0', part: null, files: {} };
    const tree = treeOf({ '.flux-repo/lock/app-web.json': JSON.stringify(lock), '.flux-repo/lock/notes.json': '{}' });
    expect(refusal(() => readLocks(tree)).why.join()).toContain('about app-api');
  });
});
