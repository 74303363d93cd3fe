import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitPaths } from '../../src/git/commit-paths.ts';
import { firstCommitSteps } from '../../src/git/commit-steps.ts';
import { gitSandbox } from './git-sandbox.ts';

const never = new AbortController().signal;
const commit = {
  paths: ['flux-repo.yaml'],
  executable: [],
  message: 'Create',
  resume: 'npx create-flux-repo@0.1.0 create',
};

function repositoryWithModel() {
  const sandbox = gitSandbox();
  const root = sandbox.repository('fleet');
  sandbox.write('fleet/flux-repo.yaml', 'version: 1\n');
  const attempt = (env: object = {}) => commitPaths(commit, { cwd: root, env: { ...sandbox.env, ...env } });
  return { ...sandbox, root, attempt, subjects: () => sandbox.git(root, 'log', '--format=%s') };
}

describe('a commit that git refuses', () => {
  it("gives a failing hook's words, what exists now, and how to go on; then goes on", async () => {
    const { root, folder, write, configure, attempt, subjects, git } = repositoryWithModel();
    write('hooks/pre-commit', '#!/bin/sh\necho "no commits on Fridays" >&2\nexit 1\n', 0o755);
    configure(`[core]\n\thooksPath = ${join(folder, 'hooks')}\n`);
    const failure = await attempt().catch((error) => error);
    expect(failure).toMatchObject({ code: 'git-commit-failed', exitCode: 1 });
    expect(failure.why).toEqual(['no commits on Fridays', '1 file is written and staged; nothing is committed.']);
    expect(failure.hint).toMatch(/: npx create-flux-repo@0\.1\.0 create$/);
    expect(subjects()).toBe('First');
    expect(git(root, 'status', '--short')).toBe('A  flux-repo.yaml');
    expect(readdirSync(join(root, '.git')).filter((name) => name.includes('create-flux-repo'))).toEqual([]);
    write('hooks/pre-commit', '#!/bin/sh\n', 0o755);
    expect(await attempt()).toBe(git(root, 'rev-parse', 'HEAD'));
    expect(subjects()).toBe('Create\nFirst');
  });

  it('respects signing: a failing signing program means no commit', async () => {
    const { write, configure, attempt, subjects } = repositoryWithModel();
    const program = write('bin/sign', '#!/bin/sh\necho "no secret key" >&2\nexit 2\n', 0o755);
    configure(`[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = ${program}\n`);
    const failure = await attempt().catch((error) => error);
    expect(failure).toMatchObject({ code: 'git-commit-failed', exitCode: 1 });
    expect(failure.why.join()).toContain('gpg failed to sign the data');
    expect(subjects()).toBe('First');
  });

  it('is not tried when git does not know who commits: the step is skipped, nothing is staged', async () => {
    const { root, env, git, write } = repositoryWithModel();
    write('home/gitconfig', '[user]\n\tuseConfigOnly = true\n');
    const step = firstCommitSteps({ ...commit, root, branch: 'main', env }).at(-1);
    expect(await step?.run(never)).toEqual({ skipped: expect.stringContaining('git config --global user.name') });
    expect(git(root, 'status', '--short')).toBe('?? flux-repo.yaml');
  });

  it('needs the author as well as the committer, and takes both from the environment', async () => {
    const { root, env, write } = repositoryWithModel();
    write('home/gitconfig', '[user]\n\tuseConfigOnly = true\n');
    const committer = { ...env, GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: 'ada@example.com' };
    const both = { ...committer, GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.com' };
    const step = (from: typeof env) => firstCommitSteps({ ...commit, root, branch: 'main', env: from }).at(-1);
    expect(await step(committer)?.run(never)).toHaveProperty('skipped');
    expect(await step(both)?.run(never)).toBeUndefined();
  });

  it('says so when git words it itself: an identity that is lost between asking and committing', async () => {
    const { attempt, write } = repositoryWithModel();
    write('home/gitconfig', '[user]\n\tuseConfigOnly = true\n');
    const failure = await attempt({ LC_ALL: 'C' }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'git-commit-failed' });
    expect(failure.why.join()).toContain('Please tell me who you are');
  });

  it('is refused in the middle of a merge, which it would swallow', async () => {
    const { root, git, attempt } = repositoryWithModel();
    git(root, 'checkout', '--quiet', '-b', 'side');
    git(root, 'commit', '--quiet', '--allow-empty', '--message=Side');
    git(root, 'checkout', '--quiet', '-b', 'third', 'main');
    git(root, 'commit', '--quiet', '--allow-empty', '--message=Third');
    git(root, 'merge', '--quiet', '--strategy=ours', '--no-commit', '--no-ff', 'side');
    await expect(attempt()).rejects.toMatchObject({ code: 'git-busy', exitCode: 1 });
    expect(git(root, 'status', '--short')).toBe('?? flux-repo.yaml');
  });

  it('refuses a path that goes through a symbolic link', async () => {
    const { root, folder, git, env } = repositoryWithModel();
    git(folder, 'init', '--quiet', 'elsewhere');
    git(root, 'config', 'core.symlinks', 'true');
    symlinkSync('../home', join(root, 'apps'));
    const through = { ...commit, paths: ['apps/gitconfig'] };
    await expect(commitPaths(through, { cwd: root, env })).rejects.toMatchObject({ code: 'git-failed' });
  });
});

describe('committing exactly some paths', () => {
  it('commits a deleted file as deleted and an unchanged tree not at all', async () => {
    const { root, env, git } = repositoryWithModel();
    const call = { cwd: root, env };
    expect(await commitPaths(commit, call)).toMatch(/^[0-9a-f]{40}$/);
    expect(await commitPaths(commit, call)).toBeUndefined();
    rmSync(join(root, 'flux-repo.yaml'));
    await commitPaths({ ...commit, message: 'Remove' }, call);
    expect(git(root, 'show', '--format=%s', '--name-status')).toBe('Remove\n\nD\tflux-repo.yaml');
    expect(git(root, 'status', '--short')).toBe('');
  });

  it('replaces a tracked file by a folder of the same name', async () => {
    const { root, env, git, write } = repositoryWithModel();
    rmSync(join(root, 'first.txt'));
    write('fleet/first.txt/inside.yaml', 'x\n');
    await commitPaths({ ...commit, paths: ['first.txt/inside.yaml'] }, { cwd: root, env });
    expect(git(root, 'ls-tree', '-r', '--name-only', 'HEAD')).toBe('first.txt/inside.yaml');
  });
});
