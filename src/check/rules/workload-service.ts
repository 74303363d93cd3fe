import { nearest } from '../../nearest.ts';
import { itemsAt, textAt, valueAt } from '../../yaml/value-at.ts';
import { isPlainMap } from '../../yaml/value-kinds.ts';
import type { CheckedCluster, ClusterObject } from '../checked-repository.ts';
import { isClosedNamespace } from '../closed-namespaces.ts';
import { objectsOf } from '../cluster-index.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasNamespace } from '../namespaces-made.ts';
import { workloadsIn } from '../pod-templates.ts';
import type { Finding, Rule } from '../rule.ts';

export const workloadService: Rule = {
  id: 'workload/service',
  severity: 'warning',
  why: 'A Service that selects no Pod, or names a port that none of them has, sends its traffic nowhere.',
  fix: 'Make spec.selector the labels of the Pods, and spec.ports[].targetPort the name or number of one of their ports.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (hasLostObjects(repository, cluster)) continue;
      for (const service of objectsOf(cluster, '', 'Service'))
        if (hasNamespace(cluster, service.namespace) && isClosedNamespace(repository, cluster, service.namespace))
          for (const found of findingsOf(cluster, service)) yield { ...found, cluster: cluster.name };
    }
  },
};

/** Without a selector people, or a controller, say where the traffic goes. */
function* findingsOf(cluster: CheckedCluster, service: ClusterObject): Generator<Finding> {
  const { value, namespace, name, id: object } = service;
  const selector = valueAt(value, ['spec', 'selector']);
  if (!isPlainMap(selector) || Object.keys(selector).length === 0) return;
  if (textAt(value, ['spec', 'type']) === 'ExternalName' || JSON.stringify(selector).includes('${')) return;
  const workloads = workloadsIn(cluster, namespace);
  const selected = workloads.filter((each) =>
    hasLabels(valueAt(each.object.value, [...each.template, 'metadata', 'labels']), selector),
  );
  if (selected.length === 0) {
    const [other] = workloads.length === 1 ? workloads : [];
    const hint = other && `Those of ${other.object.kind} ${other.object.name} are: ${labelsOf(other)}`;
    const message = `Service ${name} selects Pods with ${shown(selector)}, and none in namespace ${namespace} has these labels`;
    const at = service.placeOf(['spec', 'selector']);
    yield { message, at, object, key: 'spec.selector', ...(hint !== undefined && { hint }) };
    return;
  }
  const ports = selected.flatMap((each) => portNames(valueAt(each.object.value, [...each.template, 'spec'])));
  for (const [index, port] of itemsAt(value, ['spec', 'ports']).entries()) {
    const target = textAt(port, ['targetPort']);
    if (target === undefined || /^\d+$/.test(target) || target.includes('${') || ports.includes(target)) continue;
    const likely = nearest(target, ports) ?? (new Set(ports).size === 1 ? ports[0] : undefined);
    yield {
      message: `Service ${name} sends to port ${target}, which no container of its Pods has`,
      at: service.placeOf(['spec', 'ports', index, 'targetPort']),
      object,
      key: `spec.ports ${target}`,
      ...(likely !== undefined && { hint: `Did you mean ${likely}?` }),
    };
  }
}

function hasLabels(labels: unknown, selector: Readonly<Record<string, unknown>>): boolean {
  return (
    isPlainMap(labels) &&
    Object.entries(selector).every(([key, value]) => {
      const label = labels[key];
      return label === value || (typeof label === 'string' && label.includes('${'));
    })
  );
}

function labelsOf({ object, template }: { object: ClusterObject; template: readonly string[] }): string {
  const labels = valueAt(object.value, [...template, 'metadata', 'labels']);
  return isPlainMap(labels) ? shown(labels) : 'none';
}

function shown(labels: Readonly<Record<string, unknown>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}

/** Init containers that stay are among them: sidecars have ports too. */
function portNames(spec: unknown): string[] {
  const containers = [...itemsAt(spec, ['containers']), ...itemsAt(spec, ['initContainers'])];
  return containers.flatMap((container) =>
    itemsAt(container, ['ports']).flatMap((port) => textAt(port, ['name']) ?? []),
  );
}
