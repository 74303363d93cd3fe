import {
  asTheirs,
  type Merged,
  type MergeNode,
  type Merging,
  note,
  placeAmong,
  type Spot,
  unknownBase,
} from './merging.ts';
import { userPathsBelow } from './user-paths.ts';

type YamlMap = Record<string, unknown>;

/** Merges two maps key by key. New keys stand where theirs has them; where both are sorted, the result is too. */
export function mergeMap(
  merging: Merging,
  spot: Spot,
  { base, ours, theirs }: { base: YamlMap | typeof unknownBase; ours: YamlMap; theirs: YamlMap },
  mergeNode: MergeNode,
): Merged {
  const merged = new Map<string, unknown>();
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  const order = isSorted(Object.keys(ours)) && isSorted(Object.keys(theirs)) ? keys.toSorted() : Object.keys(theirs);
  for (const key of keys) {
    const below = childSpot(spot, key);
    const before = base === unknownBase ? base : own(base, key);
    const { from, value } = mergeNode(merging, below, { base: before, ours: own(ours, key), theirs: own(theirs, key) });
    if (from === 'theirs') {
      const isNew = !Object.hasOwn(ours, key);
      if (value === undefined) note(merging, { op: 'remove', path: below.path });
      else if (isNew)
        note(merging, {
          ...{ op: 'set', path: below.path, value },
          at: placeAmong(order, key, (other) => merged.has(other)),
          ...asTheirs(merging, below.theirs, value),
        });
      else note(merging, { op: 'set', path: below.path, value });
    }
    if (value !== undefined) merged.set(key, value);
  }
  return { from: 'inside', value: Object.fromEntries(merged) };
}

function isSorted(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
}

function own(map: YamlMap, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function childSpot({ path, theirs, at, keys, users }: Spot, key: string): Spot {
  return {
    path: [...path, key],
    theirs: [...theirs, key],
    at: [...at, key],
    keys: [...keys, key],
    users: userPathsBelow(users, key),
  };
}
