import { groupOf } from '../../schema/scope-of.ts';
import type { CheckedCluster, CheckedKustomization, CheckedRepository, ClusterObject } from '../checked-repository.ts';
import { indexOf } from '../cluster-index.ts';
import { isBelow, orderOf } from '../completion.ts';
import { type CrdMaker, crdMakers } from '../crd-makers.ts';
import { hasLostObjects } from '../lost-objects.ts';
import type { Finding, Rule } from '../rule.ts';

export const orderCrd: Rule = {
  id: 'order/crd',
  severity: 'error',
  why: 'The API server refuses an object whose CRD is not there yet, and with it the whole Kustomization.',
  fix: 'Move the object to a Kustomization that depends on the one that brings the CRD.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const makers = crdMakers(repository, cluster);
      const told = new Set<string>();
      for (const [key, objects] of indexOf(cluster)) {
        const found = makers.get(key) ?? makers.get(key.slice(0, key.lastIndexOf('/')));
        for (const object of found === undefined ? [] : objects) {
          const once = `${object.owner.id} ${groupOf(object.apiVersion)}`;
          if (found === undefined || told.has(once)) continue;
          told.add(once);
          if (found.length > 0) yield* outOfOrder(repository, cluster, object, found);
          else if (!hasLostObjects(repository, cluster)) yield neverMade(cluster, object);
        }
      }
    }
  },
};

function neverMade(cluster: CheckedCluster, object: ClusterObject): Finding {
  const { kind, name, apiVersion } = object;
  return {
    message: `${kind} ${name} needs the CRDs of ${groupOf(apiVersion)}, which nothing on this cluster brings`,
    at: object.placeOf(['kind']),
    object: object.id,
    key: `crd ${groupOf(apiVersion)}/${kind}`,
    cluster: cluster.name,
    hint: 'Add the component that brings them, or mark it provided: true in flux-repo.yaml if the cluster has them.',
  };
}

function* outOfOrder(
  repository: CheckedRepository,
  cluster: CheckedCluster,
  object: ClusterObject,
  makers: readonly CrdMaker[],
): Generator<Finding> {
  const user = object.owner;
  const judged = makers.map((maker) => ({ maker, order: orderTo(user, maker) }));
  const [first] = judged;
  if (first === undefined || judged.some(({ order }) => order === 'after')) return;
  const { maker, order } = judged.find((each) => each.order === 'unordered') ?? first;
  const { name } = maker.kustomization;
  const kind = `${object.kind} (${groupOf(object.apiVersion)})`;
  yield {
    message: messageOf(kind, object, user, maker, order),
    at: object.placeOf(['kind']),
    object: object.id,
    key: `crd ${groupOf(object.apiVersion)}/${object.kind}`,
    cluster: cluster.name,
    ...(order === 'unordered' && {
      severity: 'warning',
      hint: `Let Kustomization ${user.name} depend on ${name}${repository.model === undefined ? '' : ', directly'}.`,
    }),
  };
}

type Order = 'same' | ReturnType<typeof orderOf>;

/** A CRD that Flux itself applies is there before the rest of its Kustomization, and before what that applies. */
function orderTo(user: CheckedKustomization, maker: CrdMaker): Order {
  const { kustomization, isApplied } = maker;
  if (kustomization === user) return isApplied ? 'after' : 'same';
  if (isApplied && isBelow(user, kustomization)) return 'after';
  const order = orderOf(user, kustomization);
  const { parent } = user;
  const isAbove = parent !== undefined && parent !== user && parent !== kustomization;
  return order === 'unordered' && isAbove && orderTo(parent, maker) === 'after' ? 'after' : order;
}

function messageOf(
  kind: string,
  { name }: ClusterObject,
  user: CheckedKustomization,
  { kustomization, by }: CrdMaker,
  order: Order,
): string {
  const needs = `${kind} ${name} needs a CRD that ${by} brings`;
  switch (order) {
    case 'same':
      return `${needs} in the same Kustomization ${user.name}: neither is ever applied`;
    case 'before':
      return `${needs} in Kustomization ${kustomization.name}, which comes after ${user.name}: neither is ever applied`;
    default:
      return `${needs} in Kustomization ${kustomization.name}, for which ${user.name} does not wait`;
  }
}
