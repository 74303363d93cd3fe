import { groupOf } from '../../schema/scope-of.ts';
import { valueAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, ClusterObject } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';

/** More names than this are counted. */
const mostNamed = 3;

export const graphTwoOwners: Rule = {
  id: 'graph/two-owners',
  severity: 'error',
  why: 'Two Kustomizations that apply one object undo each other, and when one of them goes, the object goes with it.',
  fix: 'Leave the object to one of the two.',
  *find({ clusters }): Generator<Finding> {
    for (const cluster of clusters) for (const shared of sharedObjects(cluster)) yield findingOf(cluster, shared);
  },
};

/** Objects of which the same two Kustomizations are the owners. */
interface Shared {
  /** One of them, as each of the two has it. */
  one: ClusterObject;
  other: ClusterObject;
  /** All of them. */
  objects: ClusterObject[];
}

/** By the pair of owners: a folder that two Kustomizations reconcile is one mistake. */
function sharedObjects({ objects }: CheckedCluster): Iterable<Shared> {
  const owned = new Map<string, ClusterObject>();
  const pairs = new Map<string, Shared>();
  for (const object of objects) {
    const key = `${groupOf(object.apiVersion)} ${object.id}`;
    const first = owned.get(key);
    if (first === undefined) owned.set(key, object);
    if (first === undefined || isShared(first) || isShared(object) || object.name.includes('${')) continue;
    if (first.owner === object.owner && isRefused(object)) continue;
    const pair = `${first.owner.id} ${object.owner.id}`;
    const known = pairs.get(pair);
    if (known === undefined) pairs.set(pair, { one: first, other: object, objects: [object] });
    else known.objects.push(object);
  }
  return pairs.values();
}

/** https://fluxcd.io/flux/components/kustomize/kustomizations/#controlling-the-apply-behavior-of-resources */
function isShared({ value }: ClusterObject): boolean {
  const said = valueAt(value, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/ssa']);
  return said === 'Merge' || said === 'IfNotPresent' || said === 'Ignore';
}

/** The build itself says that something is there twice. */
function isRefused({ owner }: ClusterObject): boolean {
  return owner.build?.problems.some(({ rule }) => rule === 'kustomize/object-twice') === true;
}

function findingOf(cluster: CheckedCluster, { one, other, objects }: Shared): Finding {
  const names = objects.slice(0, mostNamed).map(({ kind, name }) => `${kind} ${name}`);
  const more = objects.length > mostNamed ? [`${objects.length - mostNamed} more`] : [];
  const what = [...names, ...more].join(', ').replace(/, ([^,]*)$/, ' and $1');
  const verb = objects.length === 1 ? 'is' : 'are';
  const place = one.placeOf(['metadata', 'name']);
  const isSamePlace = one.origins[0]?.file === other.origins[0]?.file;
  const reconciles = isSamePlace ? (other.owner.object?.placeOf(['spec', 'path']) ?? place) : undefined;
  const owners =
    one.owner === other.owner
      ? `twice in Kustomization ${one.owner.name}`
      : `by Kustomizations ${one.owner.name} and ${other.owner.name}`;
  const also = reconciles === undefined ? `, also from ${place.file}:${place.line}` : '';
  return {
    message: `${what} ${verb} applied ${owners}${also}`,
    at: reconciles ?? other.placeOf(['metadata', 'name']),
    object: reconciles === undefined ? other.id : (other.owner.object?.id ?? other.id),
    key: `${one.owner.id} ${other.owner.id} ${reconciles === undefined ? other.id : ''}`,
    cluster: cluster.name,
  };
}
