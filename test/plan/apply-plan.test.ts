import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { applyPlan } from '../../src/plan/apply-plan.ts';
import { fileDoor } from '../../src/plan/file-door.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { recover } from '../../src/plan/recover.ts';
import { freshPlan, leftovers, makeScenario, scenarioPlan, snapshot } from './apply-scenario.ts';

let base: string;
let root: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'apply-plan-'));
  root = join(base, 'fleet');
});

afterEach(() => rmSync(base, { recursive: true }));

const creating = (...paths: string[]): Plan => ({
  changes: paths.map((path) => ({ action: 'create', path, unit: 'repository', ownership: 'managed', after: 'new\n' })),
});

async function refusal(run: Promise<unknown>): Promise<ExpectedError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExpectedError) return error;
  throw error ?? new Error('nothing was refused');
}

describe('applying a plan', () => {
  it.each(['with git', 'without git'] as const)('writes it all and leaves nothing else, %s', async (git) => {
    makeScenario(root, git);
    const touched = await applyPlan(root, scenarioPlan);
    expect(touched).toEqual([
      'README.md',
      'apps/gone/deployment.yaml',
      'clusters/eu/apps.yaml',
      'clusters/eu/empty.yaml',
      'hook',
      'script',
    ]);
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toBe('# New\r\n');
    expect(readdirSync(join(root, 'apps'))).toEqual(['kept.yaml']);
    expect(statSync(join(root, 'clusters/eu/empty.yaml')).size).toBe(0);
    expect(leftovers(root)).toEqual([]);
  });

  it('makes the folder, with those above it', async () => {
    await applyPlan(join(root, 'deep/er'), freshPlan);
    expect(existsSync(join(root, 'deep/er/clusters/eu/apps.yaml'))).toBe(true);
  });

  it('makes a hook executable, keeps the mode of a file it updates, and honours the umask', async () => {
    makeScenario(root, 'with git');
    const before = process.umask(0o027);
    try {
      await applyPlan(root, scenarioPlan);
    } finally {
      process.umask(before);
    }
    const mode = (path: string) => (statSync(join(root, path)).mode & 0o777).toString(8);
    expect([mode('hook'), mode('clusters/eu/apps.yaml'), mode('clusters'), mode('script')]).toEqual([
      '750',
      '640',
      '750',
      '750',
    ]);
  });

  it('with nothing to write touches nothing', async () => {
    expect(
      await applyPlan(root, { changes: [{ action: 'same', path: 'a', unit: 'repository', ownership: 'managed' }] }),
    ).toEqual([]);
    expect(existsSync(root)).toBe(false);
  });

  it('scaffolds 150 files in less than 400 ms, on an idle machine in a tenth of that', async () => {
    const plan = creating(...Array.from({ length: 150 }, (_, index) => `clusters/c${index % 30}/apps/${index}.yaml`));
    await applyPlan(join(base, 'warm-up'), plan);
    const start = performance.now();
    await applyPlan(root, plan);
    expect(performance.now() - start).toBeLessThan(400);
  });
});

describe('nothing is written', () => {
  beforeEach(() => makeScenario(root, 'with git'));

  const nothingWritten = async (run: () => Promise<ExpectedError>) => {
    const before = snapshot(root);
    const error = await run();
    expect(snapshot(root)).toEqual(before);
    expect(leftovers(root)).toEqual([]);
    return error;
  };

  it('while the plan has a conflict', async () => {
    const conflict = {
      action: 'conflict',
      path: 'a.yaml',
      unit: 'repository',
      ownership: 'managed',
      at: [],
      base: undefined,
      ours: 'a',
      theirs: 'b',
    } as const;
    const error = await nothingWritten(() =>
      refusal(applyPlan(root, { changes: [...scenarioPlan.changes, conflict] })),
    );
    expect(error).toMatchObject({ exitCode: 3, code: 'conflict', why: ['a.yaml'] });
  });

  it.each([
    ['a file was edited', () => writeFileSync(join(root, 'README.md'), 'mine\n'), ['README.md']],
    ['a file was deleted', () => rmSync(join(root, 'script')), ['script']],
    ['a file appeared', () => writeFileSync(join(root, 'hook'), ''), ['hook']],
  ])('when %s after the plan was made', async (_, edit, paths) => {
    edit();
    const error = await nothingWritten(() => refusal(applyPlan(root, scenarioPlan)));
    expect(error).toMatchObject({ exitCode: 1, code: 'changed-meanwhile', why: paths });
  });

  it.each([
    [
      'a folder on the way is a link',
      () => symlinkSync(base, join(root, 'linked')),
      'linked/a',
      'linked is a symbolic link',
    ],
    [
      'a link on the way stays inside',
      () => symlinkSync('apps', join(root, 'linked')),
      'linked/a',
      'linked is a symbolic link',
    ],
    ['the file is a link', () => symlinkSync('script', join(root, 'linked')), 'linked', 'linked is a symbolic link'],
    [
      'the file is a broken link',
      () => symlinkSync('../outside', join(root, 'linked')),
      'linked',
      'linked is a symbolic link',
    ],
    ['a file stands where a folder must be', () => undefined, 'script/a', 'script is a file, where a folder must be'],
    ['the path is a folder', () => undefined, 'apps', 'apps is a folder, where a file must be'],
  ])('when %s', async (_, make, path, reason) => {
    make();
    const error = await nothingWritten(() => refusal(applyPlan(root, creating('ahead', path))));
    expect(error).toMatchObject({ exitCode: 1, code: 'path-in-the-way', message: `cannot write ${path}` });
    expect(error.why.join()).toContain(reason);
    expect(readdirSync(base)).toEqual(['fleet']);
  });

  it('when a path would leave the repository, which is our bug', async () => {
    await expect(applyPlan(root, creating('../outside'))).rejects.toThrow('leaves the folder');
    await expect(applyPlan(root, creating('.git/hooks/pre-commit'))).rejects.toThrow("git's own folder");
    expect(leftovers(root)).toEqual([]);
  });

  it('when our own folder is a link to elsewhere', async () => {
    rmSync(join(root, '.git'), { recursive: true });
    symlinkSync(base, join(root, '.flux-repo'));
    const error = await refusal(applyPlan(root, scenarioPlan));
    expect(error.why.join()).toContain('.flux-repo is a symbolic link');
    expect(readdirSync(base)).toEqual(['fleet']);
  });

  it('when the folder is a file', async () => {
    const error = await refusal(applyPlan(join(root, 'script'), freshPlan));
    expect(error.why.join()).toContain('there is a file where its folder must be');
  });

  it.each([
    ['ENOSPC', 'no space is left on the disk', 'Free some space'],
    ['EACCES', 'permission denied', 'Make it writable'],
    ['EROFS', 'read-only', 'writable file system'],
  ])('when the disk says %s half-way, in words a person understands', async (code, reason, hint) => {
    const full = (_from: string, to: string) => {
      if (!to.endsWith('script')) return fileDoor.move(_from, to);
      throw Object.assign(new Error(code), { code, syscall: 'rename', path: _from, dest: to });
    };
    const error = await nothingWritten(() => refusal(applyPlan(root, scenarioPlan, { ...fileDoor, move: full })));
    expect(error).toMatchObject({ exitCode: 1, message: 'cannot write script; everything is as it was' });
    expect(error.why.join()).toContain(reason);
    expect(error.hint).toContain(hint);
  });
});

describe('what writing keeps for itself', () => {
  async function stateWrites(at: string): Promise<string[]> {
    const written: string[] = [];
    const writeNew: typeof fileDoor.writeNew = (path, contents, mode) => {
      written.push(path);
      fileDoor.writeNew(path, contents, mode);
    };
    await applyPlan(at, creating('new.yaml'), { ...fileDoor, writeNew });
    return written;
  }

  it('is in .git, and in .flux-repo without git', async () => {
    makeScenario(root, 'with git');
    const state = join(root, '.git/create-flux-repo');
    expect(await stateWrites(root)).toEqual([
      join(state, 'lock'),
      join(state, 'staging/0'),
      join(state, 'staging/journal.draft'),
    ]);
    const plain = join(base, 'plain/.flux-repo');
    expect(await stateWrites(join(base, 'plain'))).toEqual([
      join(plain, '.lock'),
      join(plain, '.staging/0'),
      join(plain, '.staging/journal.draft'),
    ]);
  });

  it("is in the worktree's own part of .git in a linked worktree", async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        cwd: root,
        stdio: 'pipe',
      });
    mkdirSync(root);
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'Start');
    const linked = join(base, 'linked');
    git('worktree', 'add', '--quiet', linked);
    expect((await stateWrites(linked))[0]).toBe(join(root, '.git/worktrees/linked/create-flux-repo/lock'));
    expect(existsSync(join(root, '.git/worktrees/linked/create-flux-repo'))).toBe(false);
  });

  it('that an earlier run without git left is found after git init', async () => {
    makeScenario(root, 'with git');
    mkdirSync(join(root, '.flux-repo/.staging'), { recursive: true });
    writeFileSync(join(root, '.flux-repo/.staging/0'), 'half');
    expect(await recover(root)).toMatchObject({ outcome: 'discarded' });
    expect(leftovers(root)).toEqual([]);
  });
});
