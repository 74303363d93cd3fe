import { groupOf } from '../schema/scope-of.ts';
import type { CheckedCluster, CheckedKustomization, ClusterObject } from './checked-repository.ts';

const indexes = new WeakMap<CheckedCluster, ReadonlyMap<string, readonly ClusterObject[]>>();
const children = new WeakMap<CheckedCluster, ReadonlyMap<CheckedKustomization, readonly CheckedKustomization[]>>();

/** API groups of Flux, by the controller that owns them. */
export const fluxGroups = {
  source: 'source.toolkit.fluxcd.io',
  kustomize: 'kustomize.toolkit.fluxcd.io',
  helm: 'helm.toolkit.fluxcd.io',
  notification: 'notification.toolkit.fluxcd.io',
  image: 'image.toolkit.fluxcd.io',
  generator: 'source.extensions.fluxcd.io',
} as const;

/**
 * A cluster's objects of one kind, whatever their API version. Indexed once for each cluster, so that rules look only at
 * what they are about.
 *
 * @param group of the API; empty for that of `v1`
 */
export function objectsOf(cluster: CheckedCluster, group: string, kind: string): readonly ClusterObject[] {
  return indexOf(cluster).get(`${group}/${kind}`) ?? [];
}

/** All kinds of one cluster: `group/kind` -> its objects. */
export function indexOf(cluster: CheckedCluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const known = indexes.get(cluster);
  if (known !== undefined) return known;
  const index = new Map<string, ClusterObject[]>();
  for (const object of cluster.objects) {
    const key = `${groupOf(object.apiVersion)}/${object.kind}`;
    const found = index.get(key);
    if (found === undefined) index.set(key, [object]);
    else found.push(object);
  }
  indexes.set(cluster, index);
  return index;
}

/** The Kustomizations that a Kustomization applies. */
export function childrenOf(kustomization: CheckedKustomization): readonly CheckedKustomization[] {
  const { cluster } = kustomization;
  const known = children.get(cluster) ?? childrenIn(cluster);
  children.set(cluster, known);
  return known.get(kustomization) ?? [];
}

function childrenIn({ kustomizations }: CheckedCluster): Map<CheckedKustomization, CheckedKustomization[]> {
  const found = new Map<CheckedKustomization, CheckedKustomization[]>();
  for (const child of kustomizations) {
    if (child.parent === undefined) continue;
    const known = found.get(child.parent);
    if (known === undefined) found.set(child.parent, [child]);
    else known.push(child);
  }
  return found;
}
