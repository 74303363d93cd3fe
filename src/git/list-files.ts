import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { ExpectedError } from '../errors.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { parentOf, type RepoPath } from '../tree/repo-path.ts';
import { walkFiles } from '../tree/walk-files.ts';
import type { Environment } from './git-environment.ts';
import { askGit } from './run-git.ts';

/**
 * The files below a folder that are the person's: tracked ones, and new ones that no ignore file names, wherever in
 * its work tree the folder is. Without git, outside a work tree, and where git lists nothing at all (it ignores the
 * folder itself, or does not trust its owner), that is every file.
 *
 * Symbolic links are neither given nor followed; `.git` and nested repositories stay out.
 *
 * @param root absolute
 * @returns paths from `root`, in code unit order
 * @throws ExpectedError when a folder cannot be read; Cancelled
 */
export async function listFiles(
  root: string,
  from: { env: Environment; signal?: AbortSignal | undefined },
): Promise<RepoPath[]> {
  const known = await filesOfGit(root, from);
  return known.length > 0 ? known : [...walkFiles(diskTree(root), '')].sort();
}

/** `--cached` also names files that are gone or became links, and unmerged ones once per side: git-ls-files(1). */
async function filesOfGit(
  root: string,
  from: { env: Environment; signal?: AbortSignal | undefined },
): Promise<RepoPath[]> {
  try {
    const listed = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
    const answer = await askGit(listed, { ...from, cwd: root });
    if (answer.exitCode !== 0) return [];
    const isReal = realFolders(root);
    return [...new Set(answer.stdout.split('\0'))]
      .filter((path) => path !== '' && isReal(parentOf(path)) && lookAt(join(root, path))?.isFile() === true)
      .sort();
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'git-missing') return [];
    throw error;
  }
}

/** Tells the folders that are no links, each looked at once. */
function realFolders(root: string): (folder: RepoPath) => boolean {
  const known = new Map<RepoPath, boolean>([['', true]]);
  const isReal = (folder: RepoPath): boolean => {
    const answer =
      known.get(folder) ?? (isReal(parentOf(folder)) && lookAt(join(root, folder))?.isDirectory() === true);
    known.set(folder, answer);
    return answer;
  };
  return isReal;
}

function lookAt(absolute: string) {
  return lstatSync(absolute, { throwIfNoEntry: false });
}
