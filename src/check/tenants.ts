import { textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedRepository, ClusterObject } from './checked-repository.ts';
import { isFluxKustomization } from './flux-kustomization.ts';

/** The teams of a cluster: what belongs to them, and what runs as them. */
export interface Tenants {
  /** A team's namespace is named after it. */
  namespaces: ReadonlySet<string>;
  /** A Kustomization of Flux that applies what a team wrote: in its namespace, or in flux-system from its folder. */
  isOfTeam(kustomization: ClusterObject): boolean;
  /** `ServiceAccount/<namespace>/<name>`, and the users that Flux acts as. */
  isAccountOfTeam(subject: unknown, namespace: string): boolean;
}

/** What `flux create tenant` labels namespaces with. */
const label = 'toolkit.fluxcd.io/tenant';
const known = new WeakMap<CheckedCluster, Tenants>();

/** @returns undefined where a cluster has no teams */
export function tenantsOf(repository: CheckedRepository, cluster: CheckedCluster): Tenants | undefined {
  const tenants = known.get(cluster) ?? read(repository, cluster);
  known.set(cluster, tenants);
  return tenants.namespaces.size === 0 ? undefined : tenants;
}

function read({ model }: CheckedRepository, cluster: CheckedCluster): Tenants {
  const declared = Object.keys(model?.teams ?? {}).filter((team) => cluster.find('Namespace', '', team) !== undefined);
  const labelled = cluster.objects
    .filter(({ kind, value }) => kind === 'Namespace' && textAt(value, ['metadata', 'labels', label]) !== undefined)
    .map(({ name }) => name);
  const reconciled = cluster.kustomizations
    .filter(({ name, namespace }) => namespace === 'flux-system' && name.startsWith('tenant-'))
    .map(({ name }) => name.slice('tenant-'.length))
    .filter((team) => cluster.find('Namespace', '', team) !== undefined);
  const namespaces = new Set([...declared, ...labelled, ...reconciled]);
  return {
    namespaces,
    isOfTeam: (object) => isFluxKustomization(object) && isOfTeam(object, namespaces),
    isAccountOfTeam: (subject, namespace) => isAccount(subject, namespace, namespaces),
  };
}

function isOfTeam({ namespace, name, value }: ClusterObject, namespaces: ReadonlySet<string>): boolean {
  if (namespaces.has(namespace)) return true;
  const target = textAt(value, ['spec', 'targetNamespace']);
  const [, team] = /^(?:\.?\/)?teams\/([^/]+)/.exec(textAt(value, ['spec', 'path']) ?? '') ?? [];
  return namespace === 'flux-system' && namespaces.has(name) && (target === name || team === name);
}

/** @param namespace of the binding, for subjects that name none */
function isAccount(subject: unknown, namespace: string, namespaces: ReadonlySet<string>): boolean {
  const name = textAt(subject, ['name']) ?? '';
  const kind = textAt(subject, ['kind']);
  const [, user] = /^gotk:([^:]+):/.exec(name) ?? [];
  const [, group] = /^system:serviceaccounts:(.+)$/.exec(name) ?? [];
  if (kind === 'User') return user !== undefined && namespaces.has(user);
  if (kind === 'Group') return group !== undefined && namespaces.has(group);
  const own = textAt(subject, ['namespace']) ?? namespace;
  return namespaces.has(own) || (own === 'flux-system' && name.startsWith('tenant-'));
}

/** The Kustomizations and HelmReleases of a cluster: what Flux applies as somebody. */
export function reconciled({ objects }: CheckedCluster): ClusterObject[] {
  return objects.filter(
    (object) =>
      isFluxKustomization(object) ||
      (object.kind === 'HelmRelease' && object.apiVersion.startsWith('helm.toolkit.fluxcd.io/')),
  );
}

/** `spec.serviceAccountName`, if it says anything. */
export function accountOf(object: ClusterObject): string | undefined {
  return textAt(object.value, ['spec', 'serviceAccountName']) || undefined;
}
