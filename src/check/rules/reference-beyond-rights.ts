import { scopeOf } from '../../schema/scope-of.ts';
import { boundAccounts } from '../bound-accounts.ts';
import type { CheckedCluster, CheckedKustomization, ClusterObject } from '../checked-repository.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects } from '../made-objects.ts';
import { hasNamespace } from '../namespaces-made.ts';
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
      const isOpen = hasUnknownObjects(cluster, repository.model);
      for (const kustomization of cluster.kustomizations) {
        const reach = reachOf(kustomization);
        if (reach === undefined) continue;
        for (const object of kustomization.objects)
          if (isBeyond(cluster, reach, object))
            yield { ...finding(kustomization, object, reach), ...(isOpen && { severity: 'warning' }) };
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
): Finding {
  const account = kustomization && accountOf(kustomization);
  const where = object.namespace === '' ? 'objects of the whole cluster' : `anything in namespace ${object.namespace}`;
  const only = [...reach].sort().join(', ');
  return {
    message: `Kustomization ${name} may not apply ${object.kind} ${object.name}: its account ${account} has rights in ${only} only, not to ${where}`,
    at: object.placeOf(object.namespace === '' ? ['kind'] : ['metadata', 'namespace']),
    object: object.id,
    key: `applied as ${account}`,
    cluster: cluster.name,
  };
}
