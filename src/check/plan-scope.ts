import { joinedPath } from '../graph/joined-path.ts';
import { kustomizeReferences } from '../graph/kustomize-references.ts';
import { BuildFailure } from '../kustomize/build-failure.ts';
import { kustomizationFilesIn } from '../kustomize/loading/kustomization-file.ts';
import { parsedFile } from '../kustomize/loading/parsed-files.ts';
import { foldersAbove, parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** Which folders have to be built to see what some changes do. */
export interface PlanScope {
  /** @param isNear the cluster's own folder, or one that it names: always built, they hold the Kustomizations */
  isWanted(folder: RepoPath, isNear: boolean): boolean;
}

/**
 * Folders that hold a changed file, and those whose kustomization files come to one. To add an app to a thousand others,
 * those others are not even read: what is new cannot be in them, and the folders that list them are nobody's base.
 *
 * @param present without the changes
 * @param planned with them
 */
export function planScope(present: Tree, planned: Tree, changed: readonly RepoPath[]): PlanScope {
  const touched = new Set([...changed, ...changed.flatMap(foldersAbove)]);
  const near = new Set<RepoPath>();
  let bases: ReadonlySet<RepoPath> | undefined;
  const known = new Map<RepoPath, boolean>();

  function comesToChange(folder: RepoPath, changedBases: ReadonlySet<RepoPath>): boolean {
    const before = known.get(folder);
    if (before !== undefined) return before;
    // what includes itself ends here; its build tells it
    known.set(folder, false);
    const answer = references(planned, folder).some(
      (path) => changedBases.has(path) || comesToChange(path, changedBases),
    );
    known.set(folder, answer);
    return answer;
  }

  return {
    isWanted(folder, isNear) {
      if (isNear) near.add(folder);
      if (isNear || touched.has(folder)) return true;
      bases ??= changedBasesOf(present, touched, near);
      return bases.size > 0 && comesToChange(folder, bases);
    },
  };
}

/** What changed and may be part of a folder elsewhere: files and bases that were there before. */
function changedBasesOf(present: Tree, touched: ReadonlySet<RepoPath>, near: ReadonlySet<RepoPath>): Set<RepoPath> {
  const bases = [...touched].filter((path) => {
    if (path.startsWith('.') || !path.includes('/') || near.has(path) || near.has(parentOf(path))) return false;
    const kind = present.kindOf(path);
    return kind === 'folder' ? kustomizationFilesIn(present, path).length > 0 : kind !== undefined;
  });
  return new Set(bases);
}

function references(tree: Tree, folder: RepoPath): RepoPath[] {
  const [file] = kustomizationFilesIn(tree, folder);
  if (file === undefined) return [];
  try {
    return parsedFile(tree, file, 'kustomization').flatMap(({ value }) =>
      kustomizeReferences(value).flatMap(({ target }) => joinedPath(folder, target) ?? []),
    );
  } catch (error) {
    if (error instanceof BuildFailure) return [];
    throw error;
  }
}
