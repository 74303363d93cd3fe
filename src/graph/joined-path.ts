import { posix } from 'node:path';
import type { RepoPath } from '../tree/repo-path.ts';

/**
 * The path that `target` means, seen from a folder of the repository.
 *
 * @returns undefined when it leads outside of the repository
 */
export function joinedPath(folder: RepoPath, target: string): RepoPath | undefined {
  const path = posix.normalize(posix.join(folder, target)).replace(/\/$/, '');
  if (path === '..' || path.startsWith('../')) return undefined;
  return path === '.' ? '' : path.replace(/^\/+/, '');
}
