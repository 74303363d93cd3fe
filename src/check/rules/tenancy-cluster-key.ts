import { textAt } from '../../yaml/value-at.ts';
import type { Finding, Rule } from '../rule.ts';
import { accountOf, reconciled, tenantsOf } from '../tenants.ts';

/** The Secret with the keys of a cluster. A team has `sops-age-<team>`. */
const clusterKeys = 'sops-age';

export const tenancyClusterKey: Rule = {
  id: 'tenancy/cluster-key',
  severity: 'error',
  why: "With the cluster's key a team can decrypt everything that is encrypted for the cluster, from all of git history.",
  fix: 'Give the team a key of its own, in a Secret sops-age-<team> beside its Kustomization.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const tenants = tenantsOf(repository, cluster);
      if (tenants === undefined) continue;
      for (const object of cluster.objects)
        if (object.name === clusterKeys && tenants.namespaces.has(object.namespace) && /Secret$/.test(object.kind))
          yield {
            message: `${object.kind} ${object.name}, the key of the cluster, is put into namespace ${object.namespace} of a team`,
            at: object.placeOf(['metadata', 'name']),
            object: object.id,
            key: 'secret',
            cluster: cluster.name,
            hint: `Give the team a key of its own, in Secret ${clusterKeys}-${object.namespace}.`,
          };
      for (const object of reconciled(cluster)) {
        const path = ['spec', 'decryption', 'secretRef', 'name'];
        if (textAt(object.value, path) !== clusterKeys || !tenants.isOfTeam(object)) continue;
        const team = tenants.namespaces.has(object.namespace) ? object.namespace : object.name;
        yield {
          message: `Kustomization ${object.name} decrypts what team ${team} wrote${accountOf(object) === undefined ? '' : ` and ${accountOf(object)} applies`} with the key of the cluster`,
          at: object.placeOf(path),
          object: object.id,
          key: 'decryption',
          cluster: cluster.name,
          hint: `Give the team a key of its own, in Secret ${clusterKeys}-${team}.`,
        };
      }
    }
  },
};
