import { nearest } from '../../nearest.ts';
import { itemsAt, textAt, valueAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, CheckedRepository, ClusterObject } from '../checked-repository.ts';
import { isClosedNamespace } from '../closed-namespaces.ts';
import { objectsOf } from '../cluster-index.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects } from '../made-objects.ts';
import { hasNamespace } from '../namespaces-made.ts';
import type { Finding, Rule } from '../rule.ts';

const group = 'gateway.networking.k8s.io';
const routes = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'];

export const workloadGateway: Rule = {
  id: 'workload/gateway',
  severity: 'warning',
  why: 'A route that no Gateway takes gets no traffic, and Flux calls it ready all the same.',
  fix: 'Name a Gateway that is there in spec.parentRefs, with its namespace, and a listener that lets the route in.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const gateways = objectsOf(cluster, group, 'Gateway');
      // without any they are made by somebody else
      if (gateways.length === 0 || hasLostObjects(repository, cluster)) continue;
      if (hasUnknownObjects(cluster, repository.model)) continue;
      for (const route of routes.flatMap((kind) => objectsOf(cluster, group, kind)))
        for (const [index, parent] of itemsAt(route.value, ['spec', 'parentRefs']).entries()) {
          const fault = faultOf({ repository, cluster, gateways }, route, parent);
          if (fault === undefined || !hasNamespace(cluster, route.namespace)) continue;
          const { message, field, hint } = fault;
          yield {
            message: `${route.kind} ${route.name} attaches to ${message}`,
            at: route.placeOf(['spec', 'parentRefs', index, field]),
            object: route.id,
            key: `spec.parentRefs ${message}`,
            cluster: cluster.name,
            ...(hint !== undefined && { hint }),
          };
        }
    }
  },
};

/** Where a route looks for its Gateway. */
interface Place {
  repository: CheckedRepository;
  cluster: CheckedCluster;
  /** All of the cluster. */
  gateways: readonly ClusterObject[];
}

interface Fault {
  message: string;
  /** Of the reference. */
  field: string;
  hint?: string;
  /** One of nearly this name is there, in the same namespace. */
  isNear?: true;
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#parentreference */
function faultOf({ repository, cluster, gateways }: Place, route: ClusterObject, parent: unknown): Fault | undefined {
  const isGateway = (textAt(parent, ['kind']) ?? 'Gateway') === 'Gateway';
  if (!isGateway || (textAt(parent, ['group']) ?? group) !== group) return undefined;
  const name = textAt(parent, ['name']) ?? '';
  const namespace = textAt(parent, ['namespace']) ?? route.namespace;
  if (name === '' || `${namespace}/${name}`.includes('${')) return undefined;
  const shown = namespace === route.namespace ? `Gateway ${name}` : `Gateway ${namespace}/${name}`;
  const gateway = cluster.find('Gateway', namespace, name);
  if (gateway === undefined) {
    const fault = notThere(shown, namespace, name, gateways);
    // a chart may bring one of its own beside those of the repository
    const hasSign = fault.isNear || (namespace === route.namespace && fault.field === 'namespace');
    return hasSign || isClosedNamespace(repository, cluster, namespace) ? fault : undefined;
  }
  const listeners = itemsAt(gateway.value, ['spec', 'listeners']);
  const section = textAt(parent, ['sectionName']);
  const names = listeners.flatMap((listener) => textAt(listener, ['name']) ?? []);
  if (section !== undefined && !names.includes(section) && !`${section}${names.join('')}`.includes('${'))
    return {
      message: `listener ${section} of ${shown}, which has ${names.join(', ')}`,
      field: 'sectionName',
      ...(nearest(section, names) !== undefined && { hint: `Did you mean ${nearest(section, names)}?` }),
    };
  const meant = listeners.filter((listener) => section === undefined || textAt(listener, ['name']) === section);
  if (namespace === route.namespace || !meant.every((listener) => isForOwnNamespace(listener))) return undefined;
  return {
    message: `${shown}, which takes routes of its own namespace only`,
    field: 'namespace',
    hint: `Set allowedRoutes.namespaces.from in the listener of ${shown}, or move the route to namespace ${namespace}.`,
  };
}

function notThere(shown: string, namespace: string, name: string, gateways: readonly ClusterObject[]): Fault {
  const here = gateways.filter((gateway) => gateway.namespace === namespace).map((gateway) => gateway.name);
  const likely = nearest(name, here);
  const other = gateways.find((gateway) => gateway.name === name) ?? (gateways.length === 1 ? gateways[0] : undefined);
  const message = `${shown}, which is not there`;
  if (likely !== undefined) return { message, field: 'name', hint: `Did you mean ${likely}?`, isNear: true };
  if (other === undefined) return { message, field: 'name' };
  return {
    message,
    field: other.name === name ? 'namespace' : 'name',
    hint: `There is Gateway ${other.name} in namespace ${other.namespace}.`,
  };
}

/** That is what a listener without `allowedRoutes` does. */
function isForOwnNamespace(listener: unknown): boolean {
  const from = valueAt(listener, ['allowedRoutes', 'namespaces', 'from']) ?? 'Same';
  return from === 'Same';
}
