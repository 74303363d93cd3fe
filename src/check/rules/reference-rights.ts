import { nearest } from '../../nearest.ts';
import { valueAt } from '../../yaml/value-at.ts';
import { type BoundAccounts, boundAccounts } from '../bound-accounts.ts';
import type { CheckedCluster, ClusterObject } from '../checked-repository.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects } from '../made-objects.ts';
import type { Finding, Rule } from '../rule.ts';
import { accountOf, reconciled } from '../tenants.ts';

export const referenceRights: Rule = {
  id: 'reference/rights',
  severity: 'error',
  why: 'Whatever Flux tries as an account that no role is bound to is forbidden.',
  fix: 'Name the account, with its namespace, in the subjects of a RoleBinding or ClusterRoleBinding.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (hasLostObjects(repository, cluster)) continue;
      const bound = boundAccounts(cluster);
      const isOpen = hasUnknownObjects(cluster, repository.model);
      for (const object of reconciled(cluster)) {
        const account = accountOf(object);
        if (account === undefined || valueAt(object.value, ['spec', 'kubeConfig']) !== undefined) continue;
        // of an account that is not there another rule tells; those of Flux come with rights
        if (cluster.find('ServiceAccount', object.namespace, account) === undefined) continue;
        const reach = bound.reachOf(object.namespace, account);
        if (reach === 'everywhere' || reach.size > 0) continue;
        yield { ...finding(cluster, object, account, bound), ...(isOpen && { severity: 'warning' }) };
      }
    }
  },
};

function finding(cluster: CheckedCluster, object: ClusterObject, account: string, bound: BoundAccounts): Finding {
  const likely = nearest(`${object.namespace}/${account}`, [...bound.subjects]);
  return {
    message: `${object.kind} ${object.name} acts as ServiceAccount ${account}, which no role is bound to`,
    at: object.placeOf(['spec', 'serviceAccountName']),
    object: object.id,
    key: `rights of ${account}`,
    cluster: cluster.name,
    ...(likely !== undefined && { hint: `A role is bound to ${likely}: was that one meant?` }),
  };
}
