import { nearest } from '../../nearest.ts';
import { textAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, ClusterObject } from '../checked-repository.ts';
import { objectsOf } from '../cluster-index.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects } from '../made-objects.ts';
import { hasNamespace } from '../namespaces-made.ts';
import type { Finding, Rule } from '../rule.ts';

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const builtIn = ['cluster-admin', 'admin', 'edit', 'view'];
const group = 'rbac.authorization.k8s.io';

export const referenceRole: Rule = {
  id: 'reference/role',
  severity: 'error',
  why: 'Kubernetes takes a binding to a role that does not exist, and gives no right by it.',
  fix: 'Correct roleRef, or add the role; a binding whose roleRef changes must be deleted first.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (hasLostObjects(repository, cluster)) continue;
      const isOpen = hasUnknownObjects(cluster, repository.model);
      for (const kind of ['RoleBinding', 'ClusterRoleBinding'])
        for (const binding of objectsOf(cluster, group, kind)) {
          const found = dangling(cluster, binding);
          if (found !== undefined) yield { ...found, ...(isOpen && { severity: 'warning' }) };
        }
    }
  },
};

function dangling(cluster: CheckedCluster, binding: ClusterObject): Finding | undefined {
  const kind = textAt(binding.value, ['roleRef', 'kind']);
  const name = textAt(binding.value, ['roleRef', 'name']) ?? '';
  if ((kind !== 'Role' && kind !== 'ClusterRole') || name === '' || name.includes('${')) return undefined;
  const namespace = kind === 'Role' ? binding.namespace : '';
  // an object that can be nowhere is told of already
  if (binding.namespace !== '' && !hasNamespace(cluster, binding.namespace)) return undefined;
  if (cluster.find(kind, namespace, name) !== undefined) return undefined;
  if (kind === 'ClusterRole' && (builtIn.includes(name) || name.startsWith('system:'))) return undefined;
  const names = objectsOf(cluster, group, kind).filter((role) => role.namespace === namespace);
  const likely = nearest(name, [...(kind === 'ClusterRole' ? builtIn : []), ...names.map((role) => role.name)]);
  // charts bring roles of the whole cluster
  const mayBeThere = kind === 'ClusterRole' && likely === undefined;
  return {
    message: `${binding.kind} ${binding.name} binds to ${kind} ${name}, which nothing in this repository makes`,
    at: binding.placeOf(['roleRef', 'name']),
    object: binding.id,
    key: `roleRef ${kind} ${name}`,
    cluster: cluster.name,
    ...(likely !== undefined && { hint: `Did you mean ${likely}?` }),
    ...(mayBeThere && { severity: 'warning' }),
  };
}
