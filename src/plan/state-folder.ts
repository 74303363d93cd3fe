import { readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** Where writing keeps its own files, as absolute paths. None of them is ever committed. */
export interface StateFolder {
  folder: string;
  /** Who is writing. */
  lock: string;
  /** New files before they are moved into place, and the journal. On the file system of the repository. */
  staging: string;
}

/**
 * `.git/create-flux-repo/`, or `.flux-repo/` without git. In a linked worktree and in a submodule `.git` is a file
 * that names the folder: https://git-scm.com/docs/gitrepository-layout
 */
export function stateFolder(root: string): StateFolder {
  const git = gitFolder(root);
  const plain = plainStateFolder(root);
  if (git === undefined) return plain;
  const folder = join(git, 'create-flux-repo');
  const staging = isSameFileSystem(git, root) ? join(folder, 'staging') : plain.staging;
  return { folder, lock: join(folder, 'lock'), staging };
}

/** Where it is without git, so also where a run before `git init` left it. */
export function plainStateFolder(root: string): StateFolder {
  const folder = join(root, '.flux-repo');
  return { folder, lock: join(folder, '.lock'), staging: join(folder, '.staging') };
}

/** A path as people can use it in the repository's folder; in a linked worktree git tells where it is. */
export function shownStatePath(root: string, path: string): string {
  const inside = relative(root, path).split(sep).join('/');
  if (!inside.startsWith('..')) return inside;
  return `$(git rev-parse --git-dir)/create-flux-repo/${path.slice(path.lastIndexOf(sep) + 1)}`;
}

function gitFolder(root: string): string | undefined {
  const dotGit = join(root, '.git');
  const stats = statSync(dotGit, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return dotGit;
  if (!stats?.isFile()) return undefined;
  const target = /^gitdir: (.+)$/m.exec(readFileSync(dotGit, 'utf8'))?.[1];
  const folder = target === undefined ? undefined : resolve(root, target.trim());
  return folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : undefined;
}

function isSameFileSystem(one: string, other: string): boolean {
  return statSync(one).dev === statSync(other).dev;
}
