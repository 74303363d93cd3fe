import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findBlobs, type WantedBlob } from '../../src/git/find-blobs.ts';
import { contentHash } from '../../src/plan/content-hash.ts';
import { type GitSandbox, gitSandbox } from './git-sandbox.ts';

const whole = (file: string) => file;
const wanted = (path: string, text: string, textIn: WantedBlob['textIn'] = whole): WantedBlob => ({
  path,
  sha256: contentHash(text),
  textIn,
});

async function find(folder: string, blobs: readonly WantedBlob[], env: GitSandbox['env']): Promise<string[]> {
  return [...(await findBlobs(folder, blobs, contentHash, { env })).values()];
}

function withHistory(path: string, versions: readonly string[]) {
  const sandbox = gitSandbox();
  const top = sandbox.repository('fleet');
  for (const [index, version] of versions.entries()) {
    sandbox.write(join('fleet', path), version);
    sandbox.git(top, 'add', '.');
    sandbox.git(top, 'commit', '--quiet', `--message=${index}`);
  }
  return { ...sandbox, top };
}

describe('a text that was generated once', () => {
  it.each(['a.yaml', 'apps/[web] *.yaml', 'ünï/"x".yaml'])('is found in the history of %s', async (path) => {
    const { top, env } = withHistory(path, ['one\n', 'two\n', 'three\n']);
    expect(await find(top, [wanted(path, 'one\n'), wanted(path, 'two\n'), wanted(path, 'four\n')], env)).toEqual([
      'one\n',
      'two\n',
    ]);
  });

  it('is found without newline at its end, empty, and in Windows line endings', async () => {
    const { top, env } = withHistory('a', ['open', '', 'a\r\nb\r\n', 'now\n']);
    const plain = (file: string) => file.replaceAll('\r\n', '\n');
    expect(await find(top, [wanted('a', 'open'), wanted('a', ''), wanted('a', 'a\nb\n', plain)], env)).toEqual([
      'open',
      '',
      'a\nb\n',
    ]);
  });

  it('is found as a part of its file', async () => {
    const { top, env } = withHistory('README.md', ['# Mine\nours\n', '# Mine\nedited\n']);
    const second = (file: string) => file.split('\n')[1];
    expect(await find(top, [wanted('README.md', 'ours', second)], env)).toEqual(['ours']);
  });

  it('is found on a side branch, after gc and after the file was deleted', async () => {
    const { top, env, git, write } = withHistory('sub/a', ['one\n']);
    git(top, 'checkout', '--quiet', '-b', 'side');
    write('fleet/sub/a', 'side\n');
    git(top, 'commit', '--quiet', '--all', '--message=side');
    git(top, 'checkout', '--quiet', 'main');
    git(top, 'merge', '--quiet', '--no-ff', '--strategy=ours', '--message=merge', 'side');
    git(top, 'rm', '--quiet', 'sub/a');
    git(top, 'commit', '--quiet', '--message=gone');
    git(top, 'gc', '--quiet', '--prune=now');
    expect(await find(top, [wanted('sub/a', 'one\n'), wanted('sub/a', 'side\n')], env)).toEqual(['one\n', 'side\n']);
  });

  it('is found when the repository is a folder of another one', async () => {
    const { top, env } = withHistory('sub/a', ['one\n', 'two\n']);
    expect(await find(join(top, 'sub'), [wanted('a', 'one\n')], env)).toEqual(['one\n']);
  });

  it('is found in a shallow clone as far as that goes', async () => {
    const { top, folder, env, git } = withHistory('a', ['one\n', 'two\n']);
    git(folder, 'clone', '--quiet', '--depth=1', `file://${top}`, 'shallow');
    expect(await find(join(folder, 'shallow'), [wanted('a', 'one\n'), wanted('a', 'two\n')], env)).toEqual(['two\n']);
  });

  it('is found in a partial clone when it is there, and its absence is no failure', async () => {
    const { top, folder, env, git } = withHistory('a', ['one\n', 'two\n']);
    git(top, 'config', 'uploadpack.allowFilter', 'true');
    git(folder, 'clone', '--quiet', '--filter=blob:none', `file://${top}`, 'partial');
    expect(await find(join(folder, 'partial'), [wanted('a', 'one\n'), wanted('a', 'two\n')], env)).toEqual(['two\n']);
  });

  it('is nowhere without a repository, without a commit and without git', async () => {
    const { folder, env, git, top } = withHistory('a', ['one\n']);
    expect(await find(folder, [wanted('a', 'one\n')], env)).toEqual([]);
    git(folder, 'init', '--quiet', 'empty');
    expect(await find(join(folder, 'empty'), [wanted('a', 'one\n')], env)).toEqual([]);
    expect(await find(top, [wanted('a', 'one\n')], { ...env, PATH: join(folder, 'home') })).toEqual([]);
  });
});
