import type { CheckedRepository } from '../../check/checked-repository.ts';
import { fluxGraph } from '../../graph/reconciled-by.ts';
import type { RepoPath } from '../../tree/repo-path.ts';

/** Every file that one cluster reads: those of its own folder, and what its Kustomizations come to. */
export function filesOfCluster({ tree, paths }: CheckedRepository, folder: RepoPath): ReadonlySet<RepoPath> {
  const { kustomizations } = fluxGraph(tree).reconciledBy(folder);
  const own = paths.filter((path) => folder === '' || path.startsWith(`${folder}/`));
  return new Set([...own, ...kustomizations.flatMap(({ contents }) => contents.files)]);
}
