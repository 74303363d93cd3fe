import { posix } from 'node:path';
import type { RepoPath } from '../../src/tree/repo-path.ts';
import { isFluxKustomization, itemsAt, type Manifest, manifestsIn, textAt } from './manifest.ts';
import type { RepositoryTree } from './repository-tree.ts';

/** An object and the Flux Kustomization that applies it: `flux-system` for what lies in `clusters/<cluster>`. */
export interface AppliedObject extends Manifest {
  owner: string;
}

/** What one cluster's Flux finds, beginning at `clusters/<cluster>`. */
export interface ClusterObjects {
  cluster: string;
  objects: AppliedObject[];
  /** Every file that was read on the way, kustomizations and patches included. */
  files: ReadonlySet<RepoPath>;
  /** References to files that are not there. */
  dangling: string[];
}

/**
 * Follows the repository as Flux does, without applying patches: a folder without kustomization.yaml is taken with all
 * its manifests (https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml).
 */
export function clusterObjects(tree: RepositoryTree, cluster: string): ClusterObjects {
  const found: ClusterObjects & { files: Set<RepoPath> } = { cluster, objects: [], files: new Set(), dangling: [] };
  const applied = new Set<string>();
  const waiting = [{ owner: 'flux-system', folder: `clusters/${cluster}` }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { owner, folder } = next;
    const before = found.objects.length;
    followFolder(tree, folder, owner, found);
    for (const object of found.objects.slice(before)) {
      if (!isFluxKustomization(object) || textAt(object.value, 'spec', 'sourceRef', 'name') !== 'flux-system') continue;
      const name = textAt(object.value, 'metadata', 'name');
      if (applied.has(name)) continue;
      applied.add(name);
      waiting.push({ owner: name, folder: posix.normalize(textAt(object.value, 'spec', 'path')) });
    }
  }
  return found;
}

/** Names of the clusters that have a folder. */
export function clustersIn(tree: RepositoryTree): string[] {
  return [...new Set([...tree.keys()].flatMap((path) => /^clusters\/([^/]+)\//.exec(path)?.[1] ?? []))];
}

type Found = ClusterObjects & { files: Set<RepoPath> };

function followFolder(tree: RepositoryTree, folder: RepoPath, owner: string, found: Found): void {
  const kustomization = `${folder}/kustomization.yaml`;
  if (!tree.has(kustomization)) {
    const inside = [...tree.keys()].filter((path) => path.startsWith(`${folder}/`));
    if (inside.length === 0) found.dangling.push(`${owner}: there is no folder ${folder}`);
    const bases = inside.filter((path) => path.endsWith('/kustomization.yaml')).map((path) => posix.dirname(path));
    for (const base of bases) followFolder(tree, base, owner, found);
    for (const path of inside.filter((file) => !bases.some((base) => file.startsWith(`${base}/`))))
      takeFile(tree, path, owner, found);
    return;
  }
  found.files.add(kustomization);
  const [value] = manifestsIn(tree, kustomization);
  for (const resource of itemsAt(value?.value, 'resources')) {
    const path = posix.join(folder, String(resource));
    if (tree.has(path)) takeFile(tree, path, owner, found);
    else if (tree.has(`${path}/kustomization.yaml`)) followFolder(tree, path, owner, found);
    else found.dangling.push(`${kustomization}: resource ${String(resource)} is not there`);
  }
  for (const patch of itemsAt(value?.value, 'patches')) {
    const path = textAt(patch, 'path');
    if (path === '') continue;
    if (tree.has(posix.join(folder, path))) found.files.add(posix.join(folder, path));
    else found.dangling.push(`${kustomization}: patch ${path} is not there`);
  }
}

function takeFile(tree: RepositoryTree, path: RepoPath, owner: string, found: Found): void {
  found.files.add(path);
  found.objects.push(...manifestsIn(tree, path).map((manifest) => ({ ...manifest, owner })));
}
