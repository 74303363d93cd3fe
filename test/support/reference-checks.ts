import { scopeOf } from '../../src/schema/scope-of.ts';
import { type AppliedObject, type ClusterObjects, clusterObjects, clustersIn } from './cluster-objects.ts';
import { at, identityOf, isFluxKustomization, itemsAt, kustomizeGroup, objectId, textAt } from './manifest.ts';
import { manifestPaths, type RepositoryTree } from './repository-tree.ts';

const helmGroup = 'helm.toolkit.fluxcd.io';
const notificationGroup = 'notification.toolkit.fluxcd.io';
const sourceGroup = 'source.toolkit.fluxcd.io';

/** What `flux bootstrap` brings, so that references to it are good. */
const bootstrapped = [
  objectId('GitRepository', sourceGroup, 'flux-system', 'flux-system'),
  objectId('ServiceAccount', '', 'flux-system', 'kustomize-controller'),
  objectId('Namespace', '', '', 'flux-system'),
  objectId('Service', '', 'flux-system', 'webhook-receiver'),
];

/** Resources, patches and paths that are not there. */
export function danglingFiles(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ dangling }) => dangling);
}

/** Files that no cluster's Flux comes to. */
export function orphans(tree: RepositoryTree): string[] {
  const reached = new Set(clustersIn(tree).flatMap((cluster) => [...clusterObjects(tree, cluster).files]));
  return manifestPaths(tree).filter((path) => !reached.has(path));
}

/** Objects that two Flux Kustomizations, or two files, would fight over. */
export function ownedTwice(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ objects }) => {
    const owners = new Map<string, AppliedObject[]>();
    for (const object of objects) owners.set(identityOf(object), [...(owners.get(identityOf(object)) ?? []), object]);
    return [...owners]
      .filter(([, found]) => found.length > 1)
      .map(
        ([id, found]) => `${id} is applied by ${found.map(({ owner, file }) => `${owner} (${file})`).join(' and ')}`,
      );
  });
}

/** References from one object to another that leads nowhere. */
export function danglingReferences(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ objects }) => {
    const known = new Set([...bootstrapped, ...objects.map(identityOf)]);
    return objects.flatMap((object) =>
      referencesOf(object)
        .filter((id) => !id.includes('${') && !known.has(id))
        .map((id) => `${identityOf(object)} needs ${id}`),
    );
  });
}

/** Kustomizations that wait for themselves. */
export function circles(tree: RepositoryTree): string[] {
  return inEveryCluster(tree, ({ objects }) => {
    const waits = new Map(
      objects
        .filter(isFluxKustomization)
        .map(({ value }) => [textAt(value, 'metadata', 'name'), dependenciesOf(value)] as const),
    );
    const done = new Set<string>();
    const follow = (name: string, path: string[]): string[] => {
      if (path.includes(name)) return [[...path.slice(path.indexOf(name)), name].join(' -> ')];
      if (done.has(name)) return [];
      done.add(name);
      return (waits.get(name) ?? []).flatMap((next) => follow(next, [...path, name]));
    };
    return [...waits.keys()].flatMap((name) => follow(name, []));
  });
}

export function dependenciesOf(kustomization: unknown): string[] {
  return itemsAt(kustomization, 'spec', 'dependsOn').map((dependency) => textAt(dependency, 'name'));
}

/** The findings of one cluster after the other, each with the cluster's name. */
export function inEveryCluster(tree: RepositoryTree, find: (cluster: ClusterObjects) => string[]): string[] {
  return clustersIn(tree).flatMap((cluster) =>
    find(clusterObjects(tree, cluster)).map((finding) => `${cluster}: ${finding}`),
  );
}

function referencesOf(object: AppliedObject): string[] {
  const { value } = object;
  const namespace = textAt(value, 'metadata', 'namespace');
  const isCluster = scopeOf(textAt(value, 'apiVersion'), textAt(value, 'kind')) === 'Cluster';
  const isNamespaced = !isCluster && value.kind !== 'ClusterSecretStore';
  return [
    ...(isNamespaced ? [objectId('Namespace', '', '', namespace)] : []),
    ...(isFluxKustomization(object) ? kustomizationReferences(value, namespace) : []),
    ...(value.kind === 'HelmRelease' ? releaseReferences(value, namespace) : []),
    ...(value.kind === 'HTTPRoute' ? routeReferences(value, namespace) : []),
    ...(object.value.apiVersion?.toString().startsWith(`${notificationGroup}/`)
      ? eventReferences(value, namespace)
      : []),
    ...issuerReferences(value),
    ...(value.kind === 'ExternalSecret' ? [storeId(at(value, 'spec', 'secretStoreRef'))] : []),
    ...itemsAt(value, 'subjects').map((subject) =>
      objectId(textAt(subject, 'kind'), '', textAt(subject, 'namespace'), textAt(subject, 'name')),
    ),
  ];
}

function kustomizationReferences(value: unknown, namespace: string): string[] {
  return [
    ...dependenciesOf(value).map((name) => objectId('Kustomization', kustomizeGroup, namespace, name)),
    ...itemsAt(value, 'spec', 'healthChecks').map((check) => {
      const group = textAt(check, 'apiVersion').split('/')[0] ?? '';
      return objectId(textAt(check, 'kind'), group, textAt(check, 'namespace'), textAt(check, 'name'));
    }),
    ...itemsAt(value, 'spec', 'postBuild', 'substituteFrom').map((from) =>
      objectId(textAt(from, 'kind'), '', namespace, textAt(from, 'name')),
    ),
    objectId('ServiceAccount', '', namespace, textAt(value, 'spec', 'serviceAccountName')),
    sourceId(at(value, 'spec', 'sourceRef'), namespace),
  ];
}

function releaseReferences(value: unknown, namespace: string): string[] {
  const source = at(value, 'spec', 'chartRef') ?? at(value, 'spec', 'chart', 'spec', 'sourceRef');
  return [
    objectId('ServiceAccount', '', namespace, textAt(value, 'spec', 'serviceAccountName')),
    sourceId(source, namespace),
    ...itemsAt(value, 'spec', 'dependsOn').map((release) =>
      objectId('HelmRelease', helmGroup, namespace, textAt(release, 'name')),
    ),
  ];
}

function routeReferences(value: unknown, namespace: string): string[] {
  return [
    ...itemsAt(value, 'spec', 'parentRefs').map((parent) =>
      objectId('Gateway', 'gateway.networking.k8s.io', textAt(parent, 'namespace'), textAt(parent, 'name')),
    ),
    ...itemsAt(value, 'spec', 'rules').flatMap((rule) =>
      itemsAt(rule, 'backendRefs').map((backend) => objectId('Service', '', namespace, textAt(backend, 'name'))),
    ),
  ];
}

/** Where events go, and what is listened to. A `*` is no reference; Secrets are brought by the repository's strategy. */
function eventReferences(value: unknown, namespace: string): string[] {
  const provider = textAt(value, 'spec', 'providerRef', 'name');
  const watched = [...itemsAt(value, 'spec', 'eventSources'), ...itemsAt(value, 'spec', 'resources')];
  const groups: Readonly<Record<string, string>> = { Kustomization: kustomizeGroup, HelmRelease: helmGroup };
  return [
    ...(provider === '' ? [] : [objectId('Provider', notificationGroup, namespace, provider)]),
    ...watched
      .filter((source) => textAt(source, 'name') !== '*')
      .map((source) => {
        const kind = textAt(source, 'kind');
        return objectId(kind, groups[kind] ?? sourceGroup, namespace, textAt(source, 'name'));
      }),
  ];
}

function issuerReferences(value: unknown): string[] {
  const names = [
    textAt(value, 'metadata', 'annotations', 'cert-manager.io/cluster-issuer'),
    textAt(value, 'spec', 'issuerRef', 'name'),
  ];
  return names.filter(Boolean).map((name) => objectId('ClusterIssuer', 'cert-manager.io', '', name));
}

function storeId(reference: unknown): string {
  return objectId(textAt(reference, 'kind'), 'external-secrets.io', '', textAt(reference, 'name'));
}

function sourceId(reference: unknown, namespace: string): string {
  return objectId(
    textAt(reference, 'kind'),
    sourceGroup,
    textAt(reference, 'namespace') || namespace,
    textAt(reference, 'name'),
  );
}
