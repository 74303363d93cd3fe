import type { FluxKustomization } from '../graph/flux-kustomization.ts';
import { isSealedName } from '../graph/sealed-name.ts';
import type { Model } from '../model/model.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { walkFiles } from '../tree/walk-files.ts';
import { type Audience, isFor, meantFor } from './meant-for.ts';

/** An encrypted file, and for whom it is. */
export interface ForeignFile {
  path: RepoPath;
  audience: Audience;
}

/** The folders in which a file belongs to one environment or one cluster. */
const roots = ['apps', 'infrastructure', 'tenants', 'secrets'];

/**
 * Finds what a cluster must not be able to read: files in folders of other environments and clusters, and what only
 * clusters of other environments reconcile, but nothing that it reconciles itself.
 *
 * @param reconciled cluster -> its Kustomizations, for every cluster
 */
export function foreignFiles(
  tree: Tree,
  model: Model,
  reconciled: ReadonlyMap<string, readonly FluxKustomization[]>,
): (cluster: string) => ForeignFile[] {
  const audiences = new Map<RepoPath, Set<string>>();
  const readBy = new Map<string, ReadonlySet<RepoPath>>();
  for (const [cluster, kustomizations] of reconciled) {
    const paths = new Set(kustomizations.flatMap(({ contents }) => contents.encrypted));
    readBy.set(cluster, paths);
    const environment = model.clusters[cluster]?.environment ?? '';
    for (const path of paths) audiences.set(path, (audiences.get(path) ?? new Set()).add(environment));
  }
  const inFolders = roots.flatMap((root) => [...walkFiles(tree, root)].filter(isSealedName));
  const files = [...new Set([...audiences.keys(), ...inFolders])].sort().flatMap((path) => {
    const byFolder = meantFor(path);
    const byReader = [...(audiences.get(path) ?? [])].map((environment) => ({ environment }));
    const [audience, ...others] = byFolder === undefined ? byReader : [byFolder];
    return audience === undefined ? [] : [{ path, audience, others }];
  });
  return (cluster) =>
    files
      .filter(({ path }) => readBy.get(cluster)?.has(path) !== true)
      .filter(({ audience, others }) => ![audience, ...others].some((each) => isFor(model, each, cluster)));
}
