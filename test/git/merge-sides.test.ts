import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMergeSides } from '../../src/git/merge-sides.ts';
import { readBlobs } from '../../src/git/read-blobs.ts';
import { unmergedPaths } from '../../src/git/unmerged-paths.ts';
import { gitSandbox } from './git-sandbox.ts';

/** A file of an awkward name, changed on two branches. */
function parted(name: string) {
  const { env, git, repository } = gitSandbox();
  const root = repository('parted');
  const change = (contents: string | Buffer) => {
    writeFileSync(join(root, name), contents);
    git(root, 'add', '--all');
    git(root, 'commit', '--quiet', '--message=Change');
  };
  change('base\r\n');
  git(root, 'switch', '--quiet', '--create', 'other');
  change('theirs é\n\n');
  git(root, 'switch', '--quiet', 'main');
  change(Buffer.from([0x00, 0xff, 0x0a, 0x0d]));
  const stop = (...args: string[]) => spawnSync('git', args, { cwd: root, env, stdio: 'ignore' });
  return { root, git, stop, call: { cwd: root, env } };
}

test.each([
  ['merge', 'merge', 'other'],
  ['cherry-pick', 'cherry-pick', 'other'],
  ['rebase', 'rebase', 'main', 'other'],
])('%s: the versions are read byte for byte, whatever the file is called', async (operation, ...args) => {
  const name = 'wie geht\'s\t"ü"';
  const { root, git, stop, call } = parted(name);
  stop(...args);
  const found = await unmergedPaths(call);
  expect([...found.keys()]).toEqual([name]);
  const { base, ours, theirs } = found.get(name) ?? {};
  const ids = [base, ours, theirs].map((id) => id ?? '');
  const blobs = await readBlobs(ids, call);
  expect(ids.map((id) => blobs.get(id))).toEqual(['base\r\n', Buffer.from([0x00, 0xff, 0x0a, 0x0d]), 'theirs é\n\n']);
  const known = await readMergeSides(join(root, '.git'), call);
  expect(known).toEqual({
    operation,
    sides: {
      base: git(root, 'rev-parse', 'main^'),
      ours: git(root, 'rev-parse', 'main'),
      theirs: git(root, 'rev-parse', 'other'),
    },
  });
});
