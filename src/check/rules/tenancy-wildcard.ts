import { itemsAt, textAt } from '../../yaml/value-at.ts';
import type { CheckedCluster } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';
import { type Tenants, tenantsOf } from '../tenants.ts';

const fields = ['apiGroups', 'resources', 'verbs'];

export const tenancyWildcard: Rule = {
  id: 'tenancy/wildcard',
  severity: 'warning',
  why: 'A bare * gives a team every right of its kind, also those that later releases bring.',
  fix: 'List the API groups, resources and verbs that the team needs.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const tenants = tenantsOf(repository, cluster);
      if (tenants === undefined) continue;
      const bound = rolesOfTeams(cluster, tenants);
      for (const object of cluster.objects) {
        const isOfTeam = object.kind === 'Role' ? tenants.namespaces.has(object.namespace) : bound.has(object.name);
        if (!isOfTeam || (object.kind !== 'Role' && object.kind !== 'ClusterRole')) continue;
        for (const [index, rule] of itemsAt(object.value, ['rules']).entries())
          for (const field of fields)
            if (itemsAt(rule, [field]).includes('*'))
              yield {
                message: `${object.kind} ${object.name} gives a team * in ${field}`,
                at: object.placeOf(['rules', index, field]),
                object: object.id,
                key: `rules ${index} ${field}`,
                cluster: cluster.name,
              };
      }
    }
  },
};

/** ClusterRoles that a binding gives to a team. */
function rolesOfTeams({ objects }: CheckedCluster, tenants: Tenants): Set<string> {
  const bindings = objects.filter(
    ({ kind, namespace, value }) =>
      (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') &&
      textAt(value, ['roleRef', 'kind']) === 'ClusterRole' &&
      itemsAt(value, ['subjects']).some((subject) => tenants.isAccountOfTeam(subject, namespace)),
  );
  return new Set(bindings.map(({ value }) => textAt(value, ['roleRef', 'name']) ?? ''));
}
