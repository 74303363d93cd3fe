import { itemsAt, valueAt } from '../../yaml/value-at.ts';
import type { CheckedKustomization, ClusterObject } from '../checked-repository.ts';
import { isFluxKustomization } from '../flux-kustomization.ts';
import type { Finding, Rule } from '../rule.ts';

/** Kinds that are as good as ready once they are applied. */
const ready = new Set([
  ...['Namespace', 'ConfigMap', 'Secret', 'ServiceAccount', 'Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'],
  ...['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'PriorityClass', 'StorageClass', 'CustomResourceDefinition'],
]);

export const healthNoWait: Rule = {
  id: 'health/no-wait',
  severity: 'warning',
  why: 'A Kustomization without wait or healthChecks is ready once it is applied: what depends on it begins too early.',
  fix: 'Set wait: true, or name what must be healthy in spec.healthChecks.',
  *find({ clusters }): Generator<Finding> {
    for (const { name: cluster, kustomizations, kustomization } of clusters) {
      const told = new Set<CheckedKustomization>();
      for (const each of kustomizations)
        for (const id of each.dependsOn) {
          const needed = kustomization(id);
          if (needed?.object === undefined || told.has(needed) || !isEarly(needed)) continue;
          told.add(needed);
          yield {
            message: `Kustomization ${each.name} depends on ${needed.name}, which does not wait for what it applies`,
            at: needed.object.placeOf(['spec']),
            object: needed.object.id,
            key: 'wait',
            cluster,
          };
        }
    }
  },
};

/** Parents of other Kustomizations need not wait: whoever needs one of the children depends on that. */
function isEarly({ object, objects }: CheckedKustomization): boolean {
  if (valueAt(object?.value, ['spec', 'wait']) === true) return false;
  const isChecked = ['healthChecks', 'healthCheckExprs'].some(
    (field) => itemsAt(object?.value, ['spec', field]).length > 0,
  );
  return !isChecked && objects.some((each) => takesTime(each));
}

function takesTime(object: ClusterObject): boolean {
  return !ready.has(object.kind) && !isFluxKustomization(object);
}
