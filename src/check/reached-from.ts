import { joinedPath } from '../graph/joined-path.ts';
import { kustomizeReferences } from '../graph/kustomize-references.ts';
import { parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { SourceFile } from './source-files.ts';

/** These files, and every file that they lead to through kustomization files; what is not there is passed over. */
export function reachedFrom(
  start: readonly RepoPath[],
  files: ReadonlyMap<RepoPath, SourceFile>,
  tree: Tree,
): ReadonlySet<RepoPath> {
  const reached = new Set(start);
  for (const path of reached) {
    if (!/(^|\/)kustomization\.ya?ml$|(^|\/)Kustomization$/.test(path)) continue;
    const [document] = files.get(path)?.documents ?? [];
    for (const { target } of kustomizeReferences(document?.value)) {
      const found = joinedPath(parentOf(path), target);
      if (found === undefined) continue;
      if (tree.kindOf(found) !== 'folder') reached.add(found);
      else for (const { name, kind } of tree.list(found)) if (kind !== 'folder') reached.add(`${found}/${name}`);
    }
  }
  return reached;
}
