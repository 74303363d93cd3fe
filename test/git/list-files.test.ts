import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../../src/git/list-files.ts';
import { gitSandbox } from './git-sandbox.ts';

describe('the files of a repository', () => {
  it('are those git tracks and those it would, in order, and no ignored one', async () => {
    const { write, git, repository, env } = gitSandbox();
    const top = repository('fleet');
    write('fleet/.gitignore', 'node_modules/\n*.agekey\n');
    write('fleet/kept.agekey', 'tracked all the same\n');
    git(top, 'add', '--force', '.gitignore', 'kept.agekey');
    write('fleet/node_modules/x/values.yaml', 'a: 1\n');
    write('fleet/production.agekey', 'private\n');
    write('fleet/apps/ünï [x] "y".yaml', 'a: 1\n');
    write('fleet/.sops.yaml', 'a: 1\n');
    expect(await listFiles(top, { env })).toEqual([
      '.gitignore',
      '.sops.yaml',
      'apps/ünï [x] "y".yaml',
      'first.txt',
      'kept.agekey',
    ]);
  });

  it('are those of the folder alone, from there, where it is not the top', async () => {
    const { write, repository, env } = gitSandbox();
    const top = repository('fleet');
    write('fleet/.gitignore', 'cache\n');
    write('fleet/flux/apps/a.yaml', 'a: 1\n');
    write('fleet/flux/cache/b.yaml', 'b: 1\n');
    expect(await listFiles(join(top, 'flux'), { env })).toEqual(['apps/a.yaml']);
  });

  it('are not those that are gone, links, what links lead to, or other repositories', async () => {
    const { write, git, repository, env, folder } = gitSandbox();
    const top = repository('fleet');
    write('fleet/gone.yaml', 'a: 1\n');
    write('fleet/moved/a.yaml', 'a: 1\n');
    git(top, 'add', '.');
    rmSync(join(top, 'gone.yaml'));
    renameSync(join(top, 'moved'), join(folder, 'elsewhere'));
    symlinkSync(join(folder, 'elsewhere'), join(top, 'moved'));
    symlinkSync('first.txt', join(top, 'link.txt'));
    git(top, 'init', '--quiet', 'nested');
    write('fleet/nested/a.yaml', 'a: 1\n');
    expect(await listFiles(top, { env })).toEqual(['first.txt']);
  });

  it('are named once each in the middle of a merge', async () => {
    const { write, git, repository, env } = gitSandbox();
    const top = repository('fleet');
    git(top, 'checkout', '--quiet', '-b', 'side');
    write('fleet/first.txt', 'side\n');
    git(top, 'commit', '--quiet', '--all', '--message=side');
    git(top, 'checkout', '--quiet', 'main');
    write('fleet/first.txt', 'main\n');
    git(top, 'commit', '--quiet', '--all', '--message=main');
    expect(() => git(top, 'merge', 'side')).toThrow();
    expect(await listFiles(top, { env })).toEqual(['first.txt']);
  });

  it('are all that are there where git is missing, has no repository or ignores the whole folder', async () => {
    const { write, git, folder, env } = gitSandbox();
    write('plain/b/c.yaml', 'a: 1\n');
    write('plain/b.yaml', 'a: 1\n');
    mkdirSync(join(folder, 'plain', '.git'));
    write('plain/.git/config', '');
    const plain = join(folder, 'plain');
    expect(await listFiles(plain, { env })).toEqual(['b.yaml', 'b/c.yaml']);
    expect(await listFiles(plain, { env: { ...env, PATH: folder } })).toEqual(['b.yaml', 'b/c.yaml']);
    git(folder, 'init', '--quiet', 'home');
    write('home/.gitignore', '*\n');
    write('home/fleet/a.yaml', 'a: 1\n');
    expect(await listFiles(join(folder, 'home', 'fleet'), { env })).toEqual(['a.yaml']);
  });
});
