import { cloneJson, fieldOf, isJsonObject, type JsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { textOf } from '../object-id.ts';
import type { MergeType } from './merge-keys.ts';
import { mergeValue } from './strategic-merge.ts';

/** The texts of an item's keys, empty where it has none. */
type Values = readonly string[];

/**
 * Merges two lists whose items are told apart by keys; what the patch names comes first.
 * @param into undefined when the object has no such list
 * @param keys none for a set of scalars
 */
export function mergeList(
  into: JsonValue[] | undefined,
  patch: JsonValue[],
  type: MergeType | undefined,
  keys: readonly string[],
): JsonValue[] {
  if (into !== undefined && patch.some((item) => fieldOf(item, '$patch') === 'replace'))
    return cloneJson(patch.filter((item) => fieldOf(item, '$patch') !== 'replace'));
  if (keys.length === 0) return union(into ?? [], patch);
  const present = into ?? cloneJson(patch).filter((item) => fieldOf(item, '$patch') !== 'delete');
  const known = usedKeys([...patch, ...present], keys);
  const items: JsonValue[] = [];
  for (const values of distinctValues([...patch, ...present], keys)) {
    const wanted = known.map((key) => values[keys.indexOf(key)] ?? '');
    if (known.length === 1 && wanted[0] === '') {
      takeAway(present, known);
      takeAway(items, known);
      continue;
    }
    const at = present.findIndex((item) => isItem(item, known, wanted));
    const own = at === -1 ? undefined : present[at];
    const merged = mergeValue(
      own,
      patch.find((item) => isItem(item, known, wanted)),
      { type },
    );
    if (at !== -1 && merged !== undefined) present[at] = merged;
    if (at !== -1 && merged === undefined) present.splice(at, 1);
    put(items, merged, known, wanted);
  }
  for (const item of present) putBack(items, item, known);
  return items;
}

/** An item without the key makes kustomize lose those that have it. */
function takeAway(items: JsonValue[], keys: readonly string[]): void {
  put(items, undefined, keys, ['']);
}

function union(into: readonly JsonValue[], patch: readonly JsonValue[]): JsonValue[] {
  const all = new Map([...patch, ...into].map((item) => [textOf(item), item]));
  return [...all.values()];
}

/** A second key counts only where some item has it: `protocol` of ports is mostly left out. */
function usedKeys(items: readonly JsonValue[], keys: readonly string[]): readonly string[] {
  const used = keys.filter((key) => items.some((item) => textOf(fieldOf(item, key)) !== ''));
  return used.length === 0 ? keys : used;
}

function distinctValues(items: readonly JsonValue[], keys: readonly string[]): Values[] {
  const values = items.map((item) => keys.map((key) => textOf(fieldOf(item, key))));
  return [...new Map(values.map((one) => [one.join('\0'), one])).values()];
}

/** An empty value fits an item that has the key at all. */
function isItem(item: JsonValue, keys: readonly string[], values: Values): item is JsonObject {
  if (!isJsonObject(item)) return false;
  return keys.every((key, index) => {
    const value = fieldOf(item, key);
    return value !== undefined && (values[index] === '' || textOf(value) === values[index]);
  });
}

/** Replaces the items that fit, or adds one; undefined takes them away. */
function put(items: JsonValue[], item: JsonValue | undefined, keys: readonly string[], values: Values): void {
  let isThere = false;
  for (let index = items.length - 1; index >= 0; index--) {
    if (!isItem(items[index] ?? null, keys, values)) continue;
    isThere = true;
    if (item === undefined) items.splice(index, 1);
    else items[index] = item;
  }
  if (!isThere && item !== undefined) items.push(item);
}

/**
 * Adds what the object's own list had, once. An item without all of several keys takes the place of those that share
 * the keys it has: so does kustomize, and a patch for such an item is lost.
 */
function putBack(items: JsonValue[], item: JsonValue, keys: readonly string[]): void {
  const has = keys.filter((key) => fieldOf(item, key) !== undefined);
  const values = has.map((key) => textOf(fieldOf(item, key)));
  if (has.length === keys.length) return put(items, item, keys, values);
  put(items, undefined, has, values);
  items.push(item);
}
