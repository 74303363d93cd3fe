import { lstatSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Io } from '../../cli/io.ts';
import { npx } from '../../cli/program.ts';
import { usageError } from '../../errors.ts';
import { enclosingWorkTree } from '../../git/enclosing-work-tree.ts';
import { type FileState, fileStates } from '../../git/file-states.ts';
import { listFiles } from '../../git/list-files.ts';
import { readIndex } from '../../git/read-index.ts';
import { type FileToScan, largestScanned } from '../../secrets/scan/scan-files.ts';
import { diskTree } from '../../tree/disk-tree.ts';
import type { RepoPath } from '../../tree/repo-path.ts';
import { repositoryAround } from '../open-repository.ts';

/** What there is to scan. */
export interface Scannable {
  /** Absolute: the git repository, else the folder with a model, else where the person is. */
  root: string;
  files: FileToScan[];
  stateOf: (path: RepoPath) => FileState;
}

/**
 * The files of the disk that git does not ignore, or those of the index.
 *
 * @throws ExpectedError (exit 2) when the index is asked for where there is no git repository
 */
export async function filesToScan(
  io: Io,
  options: { staged: boolean; directory: string | undefined },
): Promise<Scannable> {
  const top = await enclosingWorkTree(io.cwd);
  const call = { cwd: top ?? io.cwd, env: io.env, signal: io.signal };
  const stateOf = top === undefined ? () => 'untracked' as const : await fileStates(call);
  if (!options.staged) {
    const root = top ?? repositoryAround(io.cwd) ?? io.cwd;
    const tree = diskTree(root);
    const paths = await listFiles(root, io);
    const read = (path: string) => (isLarge(join(root, path)) ? undefined : tree.read(path));
    return { root, files: paths.map((path) => ({ path, read: () => read(path) })), stateOf };
  }
  if (top === undefined)
    throw usageError('nothing is staged here: this is no git repository', {
      code: 'no-git-repository',
      hint: `${npx} secrets scan`,
    });
  // While it runs a hook, `git commit -a` and `git commit FILE` have the commit in an index of its own: githooks(5).
  const index = options.directory === undefined ? io.env.GIT_INDEX_FILE : undefined;
  const files = await readIndex(
    { cwd: top, env: io.env, signal: io.signal, indexFile: index && resolve(io.cwd, index) },
    largestScanned,
  );
  return { root: top, files: files.map(({ path, contents }) => ({ path, read: () => contents })), stateOf };
}

function isLarge(absolute: string): boolean {
  return (lstatSync(absolute, { throwIfNoEntry: false })?.size ?? 0) > largestScanned;
}
