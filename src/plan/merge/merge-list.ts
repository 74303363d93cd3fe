import { isDeepStrictEqual } from 'node:util';
import type { Identify, ItemIdentity } from './list-identity.ts';
import {
  asTheirs,
  indexAmong,
  type Merged,
  type MergeNode,
  type Merging,
  note,
  type Spot,
  unknownBase,
} from './merging.ts';
import { userPathsBelow } from './user-paths.ts';

/** An item with its index in its own version. */
interface Item extends ItemIdentity {
  value: unknown;
  index: number;
}

type Items = ReadonlyMap<string, Item>;

/** Merges two lists item by item. Ours keeps its order; new items stand beside their neighbours in theirs. */
export function mergeList(
  merging: Merging,
  spot: Spot,
  lists: { base: readonly unknown[] | typeof unknownBase; ours: readonly unknown[]; theirs: readonly unknown[] },
  { identify, mergeNode }: { identify: Identify; mergeNode: MergeNode },
): Merged {
  const base = lists.base === unknownBase ? undefined : itemsById(lists.base, identify);
  const [ours, theirs] = [itemsById(lists.ours, identify), itemsById(lists.theirs, identify)];
  if (base !== undefined && isDeepStrictEqual(lists.base, lists.ours) && isReordered(base, theirs))
    return { from: 'theirs', value: lists.theirs };
  const values = new Map<string, unknown>();
  const rewritten: string[] = [];
  for (const id of new Set([...ours.keys(), ...theirs.keys()])) {
    const items = { base: base?.get(id), ours: ours.get(id), theirs: theirs.get(id) };
    const versions = {
      base: base === undefined ? unknownBase : items.base?.value,
      ours: items.ours?.value,
      theirs: items.theirs?.value,
    };
    const below = childSpot(spot, items);
    const { from, value } = mergeNode(merging, below, versions);
    if (value !== undefined) values.set(id, value);
    if (from === 'theirs' && items.ours !== undefined && value !== undefined)
      note(merging, { op: 'set', path: below.path, value });
    else if (from === 'theirs') rewritten.push(id);
  }
  return { from: 'inside', value: rearrange(merging, spot, { ours, theirs, values, changed: rewritten }) };
}

/** Takes items away and puts new ones in, in the list as it is after each step. */
function rearrange(
  merging: Merging,
  spot: Spot,
  { ours, theirs, values, changed }: { ours: Items; theirs: Items; values: Map<string, unknown>; changed: string[] },
): unknown[] {
  const { path } = spot;
  const ids = [...ours.keys()];
  const order = [...theirs.keys()];
  const [gone, added] = [changed.filter((id) => !values.has(id)), changed.filter((id) => values.has(id))];
  for (const id of gone) {
    const index = ids.indexOf(id);
    note(merging, { op: 'remove', path: [...path, index] });
    ids.splice(index, 1);
  }
  for (const id of added.sort((one, other) => order.indexOf(one) - order.indexOf(other))) {
    const index = indexAmong(order, id, ids);
    const at = index === ids.length ? 'end' : { before: index };
    const value = values.get(id);
    const written = asTheirs(merging, [...spot.theirs, theirs.get(id)?.index ?? -1], value);
    note(merging, { op: 'insert-item', path, value, at, ...written });
    ids.splice(index, 0, id);
  }
  return ids.filter((id) => values.has(id)).map((id) => values.get(id));
}

function itemsById(items: readonly unknown[], identify: Identify): Items {
  const found = new Map<string, Item>();
  for (const [index, value] of items.entries()) {
    const identity = identify(value);
    if (identity !== undefined) found.set(identity.id, { ...identity, value, index });
  }
  return found;
}

/** The items that both have are in another order. */
function isReordered(base: Items, theirs: Items): boolean {
  const [before, after] = [[...base.keys()].filter((id) => theirs.has(id)), [...theirs.keys()]];
  return !isDeepStrictEqual(
    before,
    after.filter((id) => base.has(id)),
  );
}

function childSpot(
  spot: Spot,
  { base, ours, theirs }: { base: Item | undefined; ours: Item | undefined; theirs: Item | undefined },
): Spot {
  const item = ours ?? theirs ?? base;
  const index = item?.index ?? 0;
  return {
    path: [...spot.path, index],
    theirs: [...spot.theirs, theirs?.index ?? -1],
    at: [...spot.at, item?.match ?? index],
    keys: spot.keys,
    users: userPathsBelow(spot.users, (theirs ?? base)?.index ?? -1),
  };
}
