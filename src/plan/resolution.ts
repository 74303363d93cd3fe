import type { RepoPath } from '../tree/repo-path.ts';
import type { Side } from './merge/merge-result.ts';

/** Whose side is taken in conflicts: everywhere, or in these files and folders. */
export interface Resolution {
  ours?: true | readonly RepoPath[];
  theirs?: true | readonly RepoPath[];
  /** `theirs` is another branch and not the model: no reason to give up what belongs to the user. */
  isBetweenBranches?: true;
}

/** The side to take in a file's conflicts, by the longest path that names it; undefined: they stay conflicts. */
export function preferredSide({ ours, theirs }: Resolution, path: RepoPath): Side | undefined {
  const [own, model] = [reach(ours, path), reach(theirs, path)];
  if (own === undefined && model === undefined) return undefined;
  return (own ?? -1) > (model ?? -1) ? 'ours' : 'theirs';
}

/** Whether the file, or a folder above it, is named where the model's side is wanted: then it comes back if deleted. */
export function isAskedFor({ theirs }: Resolution, path: RepoPath): boolean {
  return theirs !== true && reach(theirs, path) !== undefined;
}

/** Whether the file itself is named where the model's side is wanted. A folder may hold more than one has in mind. */
export function isNamedItself({ theirs }: Resolution, path: RepoPath): boolean {
  return theirs !== undefined && theirs !== true && theirs.includes(path);
}

/** Whether the model's values are wanted where they belong to the user: never by the way, only where a name says so. */
export function takesUsersValues(resolution: Resolution, path: RepoPath): boolean {
  const isNamed = isAskedFor(resolution, path) && preferredSide(resolution, path) === 'theirs';
  return isNamed && resolution.isBetweenBranches !== true;
}

/** Length of the longest path that names the file; 0 for everything. */
function reach(paths: true | readonly RepoPath[] | undefined, path: RepoPath): number | undefined {
  if (paths === true) return 0;
  const named = paths
    ?.map((one) => one.replace(/\/+$/, ''))
    .filter((one) => path === one || path.startsWith(`${one}/`));
  return named === undefined || named.length === 0 ? undefined : Math.max(...named.map((one) => one.length));
}
