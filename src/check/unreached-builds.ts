import { type Build, buildKustomization } from '../kustomize/build-kustomization.ts';
import { parentOf, type RepoPath } from '../tree/repo-path.ts';
import type { CheckedRepository } from './checked-repository.ts';

/**
 * Builds what no cluster comes to, of all files rather than of those that Flux gets: the CI of a repository of ours
 * builds every `kustomization.yaml` of its work tree. In other repositories nobody is known to.
 *
 * @param built files that some cluster's build reads
 */
export function unreachedBuilds(
  { tree, paths, model }: Pick<CheckedRepository, 'tree' | 'paths' | 'model'>,
  built: ReadonlySet<RepoPath>,
): Build[] {
  if (model === undefined) return [];
  return paths
    .filter((path) => /^[^.].*\/kustomization\.yaml$/.test(path) && !built.has(path))
    .map((path) => buildKustomization(tree, parentOf(path)));
}
