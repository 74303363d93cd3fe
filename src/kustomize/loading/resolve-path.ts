import type { RepoPath } from '../../tree/repo-path.ts';

/**
 * Where a path in a kustomization leads.
 * @returns undefined when it leaves the repository, or is absolute
 */
export function resolvePath(folder: RepoPath, relative: string): RepoPath | undefined {
  if (relative.startsWith('/')) return undefined;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** Whether a file is in a folder or below it. */
export function isBelow(folder: RepoPath, file: RepoPath): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

/** The shortest way from a folder to a path, for people: `../base/web.yaml`. */
export function relativeTo(folder: RepoPath, path: RepoPath): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
