import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { newBuilding } from './build-kustomization.ts';
import { attempt } from './building.ts';
import { readKustomization } from './loading/kustomization-file.ts';

/**
 * What `kustomize build` refuses of the kustomization file of a folder, and Flux does not: Flux rewrites the file of
 * `spec.path`, and leaves out without a word what it does not know. What was meant is then not applied, and pruned.
 */
export function refusedByKustomize(tree: Tree, folder: RepoPath): readonly Problem[] {
  const building = newBuilding(tree, true);
  attempt(building, { file: folder || '.', line: 1 }, () => void readKustomization(building, folder));
  return building.problems;
}
