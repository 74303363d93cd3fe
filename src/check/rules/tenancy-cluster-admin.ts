import { itemsAt, textAt } from '../../yaml/value-at.ts';
import type { Finding, Rule } from '../rule.ts';
import { tenantsOf } from '../tenants.ts';

export const tenancyClusterAdmin: Rule = {
  id: 'tenancy/cluster-admin',
  severity: 'warning',
  why: 'The role cluster-admin lets a team do everything, in its namespace or in the whole cluster: quotas, policies, roles.',
  fix: 'Bind the account to ClusterRole admin, or to a Role with the rights it needs, by a RoleBinding.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const tenants = tenantsOf(repository, cluster);
      for (const object of tenants === undefined ? [] : cluster.objects) {
        if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') continue;
        if (textAt(object.value, ['roleRef', 'name']) !== 'cluster-admin') continue;
        const subject = itemsAt(object.value, ['subjects']).find((each) =>
          tenants?.isAccountOfTeam(each, object.namespace),
        );
        if (subject === undefined) continue;
        const reach =
          object.kind === 'ClusterRoleBinding' ? 'of the whole cluster' : `of namespace ${object.namespace}`;
        yield {
          message: `${object.kind} ${object.name} makes ${textAt(subject, ['name'])} cluster-admin ${reach}`,
          at: object.placeOf(['roleRef', 'name']),
          object: object.id,
          key: 'roleRef',
          cluster: cluster.name,
        };
      }
    }
  },
};
