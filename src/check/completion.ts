import { itemsAt, textAt, valueAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization } from './checked-repository.ts';
import { childrenOf } from './cluster-index.ts';

/** What a Kustomization waits for before it is ready: all that it applies, or those whose health it checks. */
export function awaitedBy(kustomization: CheckedKustomization): readonly CheckedKustomization[] {
  const { object, cluster } = kustomization;
  if (object === undefined) return [];
  if (valueAt(object.value, ['spec', 'wait']) === true) return childrenOf(kustomization);
  return itemsAt(object.value, ['spec', 'healthChecks']).flatMap((check) => {
    const id = `${textAt(check, ['namespace']) ?? ''}/${textAt(check, ['name']) ?? ''}`;
    return textAt(check, ['kind']) === 'Kustomization' ? (cluster.kustomization(id) ?? []) : [];
  });
}

const waiters = new WeakMap<CheckedCluster, ReadonlyMap<CheckedKustomization, readonly CheckedKustomization[]>>();

/** The Kustomizations that are ready only when this one is. */
function waitersFor(awaited: CheckedKustomization): readonly CheckedKustomization[] {
  const { cluster } = awaited;
  const known = waiters.get(cluster) ?? waitersIn(cluster);
  waiters.set(cluster, known);
  return known.get(awaited) ?? [];
}

function waitersIn({ kustomizations }: CheckedCluster): Map<CheckedKustomization, CheckedKustomization[]> {
  const found = new Map<CheckedKustomization, CheckedKustomization[]>();
  for (const waiter of kustomizations)
    for (const awaited of awaitedBy(waiter)) {
      const others = found.get(awaited);
      if (others === undefined) found.set(awaited, [waiter]);
      else others.push(waiter);
    }
  return found;
}

const dependents = new WeakMap<CheckedCluster, ReadonlyMap<string, readonly CheckedKustomization[]>>();
const followers = new WeakMap<CheckedKustomization, ReadonlySet<CheckedKustomization>>();

/**
 * The Kustomizations that begin only after this one is ready: those that depend on it, or on one that is not ready before
 * it is, and whatever they apply.
 */
function followersOf(first: CheckedKustomization): ReadonlySet<CheckedKustomization> {
  const found = followers.get(first) ?? follow(first);
  followers.set(first, found);
  return found;
}

function follow(first: CheckedKustomization): Set<CheckedKustomization> {
  const waiting = dependentsIn(first.cluster);
  const after = new Set<CheckedKustomization>();
  // ready only when `first` is ready
  const ready = new Set([first]);
  for (const each of ready) {
    for (const waiter of waitersFor(each)) ready.add(waiter);
    const begun = [...(waiting.get(each.id) ?? []), ...(after.has(each) ? childrenOf(each) : [])];
    for (const follower of begun) {
      if (after.has(follower)) continue;
      after.add(follower);
      // it may be there already as one that waits for its child: then it is looked at once more
      ready.delete(follower);
      ready.add(follower);
    }
  }
  return after;
}

/** Id -> the Kustomizations that name it in `spec.dependsOn`. */
function dependentsIn(cluster: CheckedCluster): ReadonlyMap<string, readonly CheckedKustomization[]> {
  const known = dependents.get(cluster);
  if (known !== undefined) return known;
  const found = new Map<string, CheckedKustomization[]>();
  for (const kustomization of cluster.kustomizations)
    for (const id of kustomization.dependsOn) {
      const others = found.get(id);
      if (others === undefined) found.set(id, [kustomization]);
      else others.push(kustomization);
    }
  dependents.set(cluster, found);
  return found;
}

/** How one Kustomization stands to another that makes what it needs. */
export type Order = 'after' | 'unordered' | 'before';

/**
 * @param maker makes what `user` needs, and is another Kustomization
 * @returns `before` when the maker cannot even begin before the user is applied: neither ever is
 */
export function orderOf(user: CheckedKustomization, maker: CheckedKustomization): Order {
  if (followersOf(maker).has(user)) return 'after';
  return followersOf(user).has(maker) || isBelow(maker, user) ? 'before' : 'unordered';
}

/** Whether one Kustomization is applied by the other, at any depth. */
export function isBelow(kustomization: CheckedKustomization, above: CheckedKustomization): boolean {
  const { parent } = kustomization;
  return parent !== undefined && parent !== kustomization && (parent === above || isBelow(parent, above));
}
