import { textAt, valueAt } from '../yaml/value-at.ts';
import type { CheckedCluster } from './checked-repository.ts';
import { fluxGroups, objectsOf } from './cluster-index.ts';

/** Kubernetes has these from the start, and `flux bootstrap` makes its own. */
const always = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

const known = new WeakMap<CheckedCluster, ReadonlySet<string>>();

/** Whether a namespace is there from the start, with objects that no repository has. */
export function isNamespaceOfCluster(namespace: string): boolean {
  return always.has(namespace);
}

/** Whether a namespace is there without a Namespace in the repository: from the start, or made by a HelmRelease. */
export function isNamespaceGiven(cluster: CheckedCluster, namespace: string): boolean {
  if (always.has(namespace)) return true;
  const made = known.get(cluster) ?? madeByReleases(cluster);
  known.set(cluster, made);
  return made.has(namespace);
}

/** Whether anything makes a namespace, at whatever time. */
export function hasNamespace(cluster: CheckedCluster, namespace: string): boolean {
  return isNamespaceGiven(cluster, namespace) || cluster.find('Namespace', '', namespace) !== undefined;
}

/** https://fluxcd.io/flux/components/helm/helmreleases/#install-configuration */
function madeByReleases(cluster: CheckedCluster): Set<string> {
  const releases = objectsOf(cluster, fluxGroups.helm, 'HelmRelease');
  return new Set(
    releases
      .filter(({ value }) => valueAt(value, ['spec', 'install', 'createNamespace']) === true)
      .map(({ value, namespace }) => textAt(value, ['spec', 'targetNamespace']) ?? namespace),
  );
}
