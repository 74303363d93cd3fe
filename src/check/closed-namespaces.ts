import { catalogue } from '../catalogue/catalogue.ts';
import { groupOf } from '../schema/scope-of.ts';
import { textAt, valueAt } from '../yaml/value-at.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';
import type { CheckedCluster, CheckedRepository, ClusterObject } from './checked-repository.ts';
import { fluxGroups, indexOf, objectsOf } from './cluster-index.ts';
import { hasUnknownObjects, isMaker } from './made-objects.ts';
import { isNamespaceOfCluster } from './namespaces-made.ts';

/** API groups whose controllers make no Secret, ConfigMap or Pod beside what is known of them. */
const quietGroups = /^$|^(apps|autoscaling|policy)$|\.k8s\.io$|\.toolkit\.fluxcd\.io$/;

/** Those whose controllers the catalogue knows. */
const knownGroups = new Set([...catalogue.values()].flatMap(({ crdGroups }) => crdGroups));

interface Closed {
  /** Nothing on the cluster may make objects in namespaces that are not its own. */
  isClosed: boolean;
  /** Namespaces in which releases, jobs or controllers may make something. */
  open: ReadonlySet<string>;
}

const known = new WeakMap<CheckedCluster, Closed>();

/**
 * Whether whatever is in a namespace is in the repository, as far as anybody can tell: no chart is installed there, no
 * custom resource and no job makes something, and no controller that the catalogue does not know runs on the cluster.
 * Never one that is there from the start: Kubernetes, its provider and `flux bootstrap` have objects of their own in it.
 */
export function isClosedNamespace(repository: CheckedRepository, cluster: CheckedCluster, namespace: string): boolean {
  if (isNamespaceOfCluster(namespace)) return false;
  const { isClosed, open } = closedOf(repository, cluster);
  return isClosed && !open.has(namespace);
}

/**
 * Whether what is bound to accounts, and the like, is in the repository, as far as anybody can tell: nothing that the
 * catalogue does not know makes objects in namespaces that are not its own.
 */
export function isClosedCluster(repository: CheckedRepository, cluster: CheckedCluster): boolean {
  return closedOf(repository, cluster).isClosed;
}

function closedOf(repository: CheckedRepository, cluster: CheckedCluster): Closed {
  const found = known.get(cluster) ?? read(repository, cluster);
  known.set(cluster, found);
  return found;
}

function read({ model }: CheckedRepository, cluster: CheckedCluster): Closed {
  const open = new Set<string>();
  let hasUnknownController = false;
  for (const [key, objects] of indexOf(cluster)) {
    const group = groupOf(key);
    if (quietGroups.test(group) || isMaker(key)) continue;
    for (const { namespace } of objects)
      if (namespace !== '') open.add(namespace);
      else hasUnknownController ||= !knownGroups.has(group);
  }
  const releases = objectsOf(cluster, fluxGroups.helm, 'HelmRelease');
  for (const { namespace, value } of releases)
    open.add(namespace).add(textAt(value, ['spec', 'targetNamespace']) ?? namespace);
  for (const { outside, object, namespace } of cluster.kustomizations)
    if (outside !== undefined) open.add(namespace).add(textAt(object?.value, ['spec', 'targetNamespace']) ?? namespace);
  for (const object of [
    ...objectsOf(cluster, 'networking.k8s.io', 'Ingress'),
    ...objectsOf(cluster, 'gateway.networking.k8s.io', 'Gateway'),
  ])
    if (asksForCertificate(object)) open.add(object.namespace);
  // the chart of an app has rights in its own namespace only
  const isKnown = (name: string) => catalogue.has(name) || Object.hasOwn(model?.apps ?? {}, name);
  const isClosed =
    !hasUnknownController && !hasUnknownObjects(cluster, model) && releases.every(({ owner }) => isKnown(owner.name));
  return { isClosed, open };
}

/** https://cert-manager.io/docs/usage/ingress/ */
function asksForCertificate({ value }: ClusterObject): boolean {
  const annotations = valueAt(value, ['metadata', 'annotations']);
  return isPlainMap(annotations) && Object.keys(annotations).some((key) => key.startsWith('cert-manager.io/'));
}
