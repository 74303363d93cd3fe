import type { CheckedCluster, ClusterObject } from './checked-repository.ts';
import { objectsOf } from './cluster-index.ts';

/** Kubernetes' kinds that make Pods: group, kind, and where the Pod is described. */
export const podTemplates: readonly [group: string, kind: string, path: readonly string[]][] = [
  ['', 'Pod', []],
  ['', 'ReplicationController', ['spec', 'template']],
  ['apps', 'Deployment', ['spec', 'template']],
  ['apps', 'StatefulSet', ['spec', 'template']],
  ['apps', 'DaemonSet', ['spec', 'template']],
  ['apps', 'ReplicaSet', ['spec', 'template']],
  ['batch', 'Job', ['spec', 'template']],
  ['batch', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
];

/** What makes Pods in one namespace of a cluster, with the way to their description. */
export function workloadsIn(
  cluster: CheckedCluster,
  namespace: string,
): { object: ClusterObject; template: readonly string[] }[] {
  const found = known.get(cluster) ?? read(cluster);
  known.set(cluster, found);
  return found.get(namespace) ?? [];
}

type Workloads = Map<string, { object: ClusterObject; template: readonly string[] }[]>;
const known = new WeakMap<CheckedCluster, Workloads>();

function read(cluster: CheckedCluster): Workloads {
  const workloads: Workloads = new Map();
  for (const [group, kind, template] of podTemplates)
    for (const object of objectsOf(cluster, group, kind)) {
      const others = workloads.get(object.namespace);
      if (others === undefined) workloads.set(object.namespace, [{ object, template }]);
      else others.push({ object, template });
    }
  return workloads;
}
