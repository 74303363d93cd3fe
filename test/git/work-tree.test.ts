import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { enclosingWorkTree } from '../../src/git/enclosing-work-tree.ts';
import { readWorkTree } from '../../src/git/work-tree.ts';
import { gitSandbox } from './git-sandbox.ts';

describe('what git knows about a folder', () => {
  it('knows nothing about a folder outside any repository, there or not', async () => {
    const { folder, env } = gitSandbox();
    expect(await readWorkTree(folder, { env })).toBeUndefined();
    expect(await readWorkTree(join(folder, 'not/yet'), { env })).toBeUndefined();
  });

  it('sees a repository without commits and the branch its first one will be on', async () => {
    const { folder, env, git } = gitSandbox();
    git(folder, 'init', '--quiet', '--initial-branch=trunk');
    expect(await readWorkTree(folder, { env })).toEqual({
      top: folder,
      gitDir: join(folder, '.git'),
      isTop: true,
      isBare: false,
      isLinkedWorktree: false,
      hasCommits: false,
      branch: 'trunk',
      operation: undefined,
    });
  });

  it('sees commits, and that a folder below the top is not the top', async () => {
    const { env, repository } = gitSandbox();
    const top = repository('fleet');
    expect(await readWorkTree(top, { env })).toMatchObject({ isTop: true, hasCommits: true, branch: 'main' });
    expect(await readWorkTree(join(top, 'not/yet'), { env })).toMatchObject({ top, isTop: false, hasCommits: true });
  });

  it('knows the top through a symbolic link', async () => {
    const { folder, env, repository } = gitSandbox();
    const top = repository('fleet');
    symlinkSync(top, join(folder, 'link'));
    expect(await readWorkTree(join(folder, 'link'), { env })).toMatchObject({ top, isTop: true });
  });

  it('sees a detached HEAD as no branch', async () => {
    const { env, git, repository } = gitSandbox();
    const top = repository('fleet');
    git(top, 'checkout', '--quiet', '--detach');
    expect(await readWorkTree(top, { env })).toMatchObject({ hasCommits: true, branch: undefined });
  });

  it('tells a linked work tree from its main one', async () => {
    const { folder, env, git, repository } = gitSandbox();
    const main = repository('fleet');
    git(main, 'worktree', 'add', '--quiet', '-b', 'side', '../linked');
    expect(await readWorkTree(join(folder, 'linked'), { env })).toMatchObject({
      top: join(folder, 'linked'),
      gitDir: join(main, '.git/worktrees/linked'),
      isTop: true,
      isLinkedWorktree: true,
      branch: 'side',
    });
  });

  it('has no top in a bare repository and inside a .git folder', async () => {
    const { folder, env, git, repository } = gitSandbox();
    git(folder, 'init', '--quiet', '--bare', 'bare.git');
    expect(await readWorkTree(join(folder, 'bare.git/new'), { env })).toMatchObject({ top: undefined, isBare: true });
    const inside = join(repository('fleet'), '.git/new');
    expect(await readWorkTree(inside, { env })).toMatchObject({ top: undefined, isBare: false, isTop: false });
  });

  it('sees an unfinished merge', async () => {
    const { env, git, repository, write } = gitSandbox();
    const top = repository('fleet');
    git(top, 'checkout', '--quiet', '-b', 'side');
    git(top, 'commit', '--quiet', '--allow-empty', '--message=Side');
    git(top, 'checkout', '--quiet', 'main');
    write('fleet/second.txt', 'second\n');
    git(top, 'add', '.');
    git(top, 'commit', '--quiet', '--message=Second');
    git(top, 'merge', '--quiet', '--strategy=ours', '--no-commit', '--no-ff', 'side');
    expect(await readWorkTree(top, { env })).toMatchObject({ operation: 'merge' });
  });

  it("gives git's words when it refuses to look", async () => {
    const { folder, env } = gitSandbox();
    mkdirSync(join(folder, 'broken/.git/objects'), { recursive: true });
    mkdirSync(join(folder, 'broken/.git/refs'));
    writeFileSync(join(folder, 'broken/.git/HEAD'), 'ref: refs/heads/main\n');
    writeFileSync(join(folder, 'broken/.git/config'), '[core]\n\trepositoryformatversion = 99\n');
    const failure = await readWorkTree(join(folder, 'broken'), { env }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'git-failed', exitCode: 1 });
    expect(failure.why.join()).toContain('99');
  });
});

describe('the work tree around a path, found without git', () => {
  it('is none outside', async () => {
    expect(await enclosingWorkTree(join(gitSandbox().folder, 'a/b'))).toBeUndefined();
  });

  it('is found from below, for paths that are not there yet, and from inside .git', async () => {
    const top = gitSandbox().repository('fleet');
    for (const path of ['', 'a/b/c', 'first.txt', '.git/keys'])
      expect(await enclosingWorkTree(join(top, path))).toBe(top);
  });

  it('is found where .git is a file', async () => {
    const { folder, git, repository } = gitSandbox();
    git(repository('fleet'), 'worktree', 'add', '--quiet', '-b', 'side', '../linked');
    expect(await enclosingWorkTree(join(folder, 'linked/keys'))).toBe(join(folder, 'linked'));
  });

  it('is found through links, dangling and relative ones too', async () => {
    const { folder, repository } = gitSandbox();
    const top = repository('fleet');
    symlinkSync(join(top, 'not-yet'), join(folder, 'dangling'));
    symlinkSync('fleet', join(folder, 'relative'));
    symlinkSync(folder, join(top, 'out'));
    expect(await enclosingWorkTree(join(folder, 'dangling/keys'))).toBe(top);
    expect(await enclosingWorkTree(join(folder, 'relative/keys'))).toBe(top);
    expect(await enclosingWorkTree(join(top, 'out/keys'))).toBeUndefined();
  });

  it('takes a link from the real folder it is in, not from the name it was reached by', async () => {
    const { folder, git } = gitSandbox();
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    git(join(folder, 'a'), 'init', '--quiet');
    symlinkSync('a/b', join(folder, 'link'));
    symlinkSync('../not-yet', join(folder, 'a/b/up'));
    expect(await enclosingWorkTree(join(folder, 'link/up'))).toBe(join(folder, 'a'));
  });

  it('fails on a circle of links instead of going round', async () => {
    const { folder } = gitSandbox();
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(enclosingWorkTree(join(folder, 'a/keys'))).rejects.toMatchObject({ code: 'ELOOP' });
  });
});
