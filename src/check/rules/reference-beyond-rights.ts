import { scopeOf } from '../../schema/scope-of.ts';
import { boundAccounts } from '../bound-accounts.ts';
import type { CheckedCluster, CheckedKustomization, ClusterObject } from '../checked-repository.ts';
import { isClosedCluster } from '../closed-namespaces.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasNamespace, isNamespaceGiven } from '../namespaces-made.ts';
import type { Finding, Rule } from '../rule.ts';
import { accountOf } from '../tenants.ts';

export const referenceBeyondRights: Rule = {
  id: 'reference/beyond-rights',
  severity: 'error',
  why: 'The API server refuses what the account of a Kustomization may not apply, and Flux then applies nothing of it.',
  fix: 'Move the object to a Kustomization of the platform, or bind a role that covers it to the account.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (hasLostObjects(repository, cluster)) continue;
      // operators such as rbac-manager and Capsule bind accounts, and so do charts
      const isClosed = isClosedCluster(repository, cluster);
      for (const kustomization of cluster.kustomizations) {
        const reach = reachOf(kustomization);
        if (reach === undefined) continue;
        for (const object of kustomization.objects) {
          const isOwn = isOwnNamespace(reach, object);
          if (isOwn ? isMadeBeside(kustomization, object) : !isBeyond(cluster, reach, object)) continue;
          yield {
            ...finding(kustomization, object, reach, isOwn ? 'make' : 'apply'),
            ...((isOwn || !isClosed) && { severity: 'warning' }),
          };
        }
      }
    }
  },
};

/**
 * The namespaces that the account of a Kustomization has any rights in.
 * @returns undefined where it is bound to a role of the whole cluster, and where another rule tells that it has no rights
 */
function reachOf({ object, isRemote, cluster }: CheckedKustomization): ReadonlySet<string> | undefined {
  const account = object && accountOf(object);
  if (object === undefined || account === undefined || isRemote) return undefined;
  if (cluster.find('ServiceAccount', object.namespace, account) === undefined) return undefined;
  const reach = boundAccounts(cluster).reachOf(object.namespace, account);
  return reach === 'everywhere' || reach.size === 0 ? undefined : reach;
}

/**
 * Whether it is a namespace that the account has rights in: a role there may cover the Namespace itself, which the API
 * server asks for as something of that namespace.
 * https://kubernetes.io/docs/reference/access-authn-authz/authorization/
 */
function isOwnNamespace(reach: ReadonlySet<string>, { apiVersion, kind, name }: ClusterObject): boolean {
  return kind === 'Namespace' && apiVersion === 'v1' && reach.has(name);
}

/** Nothing can be bound in a namespace that is not there yet, so that somebody else must be the one who makes it. */
function isMadeBeside(kustomization: CheckedKustomization, { name }: ClusterObject): boolean {
  const { cluster } = kustomization;
  return (
    isNamespaceGiven(cluster, name) ||
    cluster.kustomizations.some(
      (other) =>
        other !== kustomization && other.objects.some((object) => object.kind === 'Namespace' && object.name === name),
    )
  );
}

/** Of a kind without a schema nobody knows here whether it has a namespace. */
function isBeyond(
  cluster: CheckedCluster,
  reach: ReadonlySet<string>,
  { apiVersion, kind, namespace }: ClusterObject,
): boolean {
  if (scopeOf(apiVersion, kind) === 'Cluster') return true;
  if (namespace === '' || namespace.includes('${') || reach.has(namespace)) return false;
  return hasNamespace(cluster, namespace);
}

function finding(
  { object: kustomization, name, cluster }: CheckedKustomization,
  object: ClusterObject,
  reach: ReadonlySet<string>,
  verb: 'apply' | 'make',
): Finding {
  const account = kustomization && accountOf(kustomization);
  const where = object.namespace === '' ? 'objects of the whole cluster' : `anything in namespace ${object.namespace}`;
  const only = [...reach].sort().join(', ');
  return {
    message: `Kustomization ${name} may not ${verb} ${object.kind} ${object.name}: its account ${account} has rights in ${only} only, not to ${where}`,
    at: object.placeOf(object.namespace === '' ? ['kind'] : ['metadata', 'namespace']),
    object: object.id,
    key: `applied as ${account}`,
    cluster: cluster.name,
  };
}
