import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preflightGit } from '../../src/git/preflight.ts';
import { type GitSandbox, gitSandbox } from './git-sandbox.ts';

async function preflight({ env }: Pick<GitSandbox, 'env'>, target: string, branch = 'main', isWanted = true) {
  return preflightGit({ target, branch, isWanted }, { env });
}

async function refusals(sandbox: Pick<GitSandbox, 'env'>, target: string, branch = 'main', isWanted = true) {
  const { problems } = await preflight(sandbox, target, branch, isWanted);
  for (const problem of problems) expect(problem.message).not.toContain(target);
  return problems.map(({ code, exitCode }) => `${code} ${exitCode}`);
}

describe('before create writes anything', () => {
  it('a folder outside any repository is fine, there or not', async () => {
    const sandbox = gitSandbox();
    const fine = { problems: [], branch: 'main', notes: [] };
    expect(await preflight(sandbox, sandbox.folder)).toEqual(fine);
    expect(await preflight(sandbox, join(sandbox.folder, 'a/b'))).toEqual(fine);
  });

  it('git must be there, unless it is not wanted', async () => {
    const { env, folder } = gitSandbox();
    const without = { env: { ...env, PATH: folder } };
    expect(await refusals(without, folder)).toEqual(['git-missing 1']);
    expect(await refusals(without, folder, 'main', false)).toEqual([]);
  });

  it('a folder inside another repository is refused, with the way out', async () => {
    const sandbox = gitSandbox();
    const top = sandbox.repository('other');
    const { problems } = await preflight(sandbox, join(top, 'fleet'));
    expect(problems).toMatchObject([
      { code: 'git-enclosing-repository', exitCode: 2, hint: expect.stringContaining('--no-git') },
    ]);
    expect(problems[0]?.why.join()).toContain(top);
    expect(await refusals(sandbox, join(top, 'fleet'), 'main', false)).toEqual([]);
  });

  it('a folder inside .git is refused, with and without git', async () => {
    const sandbox = gitSandbox();
    const inside = join(sandbox.repository('other'), '.git/fleet');
    expect(await refusals(sandbox, inside)).toEqual(['git-inside-git-folder 2']);
    expect(await refusals(sandbox, inside, 'main', false)).toEqual(['git-inside-git-folder 2']);
  });

  it('a bare repository is refused', async () => {
    const sandbox = gitSandbox();
    sandbox.git(sandbox.folder, 'init', '--quiet', '--bare', 'bare');
    expect(await refusals(sandbox, join(sandbox.folder, 'bare'))).toEqual(['git-bare-repository 2']);
  });

  it('the top of an existing repository is fine and keeps its branch, said when another was asked for', async () => {
    const sandbox = gitSandbox();
    const top = sandbox.repository('fleet');
    expect(await preflight(sandbox, top)).toEqual({ problems: [], branch: 'main', notes: [] });
    expect(await preflight(sandbox, top, 'trunk')).toMatchObject({
      branch: 'main',
      notes: [expect.stringContaining('stays on it (asked for: trunk)')],
    });
  });

  it('an existing repository without commits keeps its branch too', async () => {
    const sandbox = gitSandbox();
    sandbox.git(sandbox.folder, 'init', '--quiet', '--initial-branch=master');
    expect(await preflight(sandbox, sandbox.folder)).toMatchObject({ problems: [], branch: 'master' });
  });

  it('the top of a linked work tree is a repository like any other', async () => {
    const sandbox = gitSandbox();
    sandbox.git(sandbox.repository('fleet'), 'worktree', 'add', '--quiet', '-b', 'side', '../linked');
    expect(await preflight(sandbox, join(sandbox.folder, 'linked'), 'side')).toMatchObject({ problems: [], notes: [] });
  });

  it('a detached HEAD and an unfinished revert are refused', async () => {
    const sandbox = gitSandbox();
    const top = sandbox.repository('fleet');
    sandbox.git(top, 'checkout', '--quiet', '--detach');
    expect(await refusals(sandbox, top)).toEqual(['git-detached-head 2']);
    sandbox.git(top, 'revert', '--no-commit', 'HEAD');
    expect(await refusals(sandbox, top)).toEqual(['git-busy 3']);
  });

  it.each(['a b', '-f', 'a..b', 'x.lock', 'a/', '', '@{-1}', 'HEAD'])('branch name %j is refused', async (branch) => {
    const sandbox = gitSandbox();
    const top = sandbox.repository('fleet');
    sandbox.git(top, 'checkout', '--quiet', '-b', 'side');
    expect(await refusals(sandbox, top, branch)).toEqual(['git-branch-name 2']);
  });

  it.each(['main', 'release/2.9', 'größe'])('branch name %j is fine', async (branch) => {
    const sandbox = gitSandbox();
    expect(await refusals(sandbox, sandbox.folder, branch)).toEqual([]);
  });

  it('an unknown identity is said, not refused', async () => {
    const sandbox = gitSandbox();
    sandbox.write('home/gitconfig', '[user]\n\tuseConfigOnly = true\n');
    const { problems, notes } = await preflight(sandbox, sandbox.folder);
    expect(problems).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('git config --global user.name')]);
  });

  it('all reasons are named at once', async () => {
    const sandbox = gitSandbox();
    const inside = join(sandbox.repository('other'), 'fleet');
    expect(await refusals(sandbox, inside, 'a b')).toEqual(['git-branch-name 2', 'git-enclosing-repository 2']);
  });

  it('is asked about its own folder when called from the hook of another repository', async () => {
    const sandbox = gitSandbox();
    const hooked = sandbox.repository('hooked');
    const env = { ...sandbox.env, GIT_DIR: join(hooked, '.git'), GIT_WORK_TREE: hooked };
    expect(await refusals({ env }, join(sandbox.folder, 'fleet'))).toEqual([]);
  });
});
