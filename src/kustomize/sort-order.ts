import { type ObjectId, showId } from './object-id.ts';
import { currentId, type Resource } from './resource.ts';

/** Kinds that come first in kustomize's `legacy` order, and those that come last. */
const first = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
];
const last = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Sorts as `sortOptions: {order: legacy}` does. */
export function legacyOrder(
  resources: readonly Resource[],
  orders: { orderFirst?: readonly string[]; orderLast?: readonly string[] } = {},
): Resource[] {
  const ranks = rankOf(orders.orderFirst ?? first, orders.orderLast ?? last);
  return resources
    .map((resource) => ({ resource, id: currentId(resource) }))
    .sort((one, other) => ranks(one.id) - ranks(other.id) || compareText(sortText(one.id), sortText(other.id)))
    .map(({ resource }) => resource);
}

function rankOf(orderFirst: readonly string[], orderLast: readonly string[]): (id: ObjectId) => number {
  return ({ kind }) => {
    const early = orderFirst.indexOf(kind);
    if (early !== -1) return early - orderFirst.length;
    return orderLast.indexOf(kind) + 1;
  };
}

function sortText(id: ObjectId): string {
  return `${id.group}~${id.version}~${id.kind}|${id.namespace}|${id.name} ${showId(id)}`;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
