import { cloneJson, fieldOf, isJsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { textOf } from '../object-id.ts';

/** The texts of an item's keys, empty where it has none. */
type Values = readonly string[];

/**
 * Merges two lists whose items are told apart by keys; what the patch names comes first.
 * @param into undefined when the object has no such list
 * @param written the list in the patch
 * @param keys none for a set of scalars
 * @param mergeItem what becomes of one item; undefined takes it away
 */
export function mergeList(
  into: JsonValue[] | undefined,
  written: JsonValue[],
  keys: readonly string[],
  mergeItem: MergeItem,
): JsonValue[] | undefined {
  const forList = into === undefined ? undefined : written.find((item) => isForList(item, keys));
  const patch = written.filter((item) => item !== forList);
  const directive = fieldOf(forList, '$patch');
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return cloneJson(patch);
  if (keys.length === 0) return union(into ?? [], patch);
  const present = into ?? cloneJson(patch).filter((item) => fieldOf(item, '$patch') !== 'delete');
  const known = usedKeys([...patch, ...present], keys);
  const items: JsonValue[] = [];
  for (const values of distinctValues([...patch, ...present], keys)) {
    const wanted = known.map((key) => values[keys.indexOf(key)] ?? '');
    if (known.length === 1 && wanted[0] === '') {
      // An item without the key makes kustomize lose those that have it.
      takeAway(present, known);
      takeAway(items, known);
    } else if (isShadowed([...patch, ...present], known, wanted)) {
      spendDirective(patch, known, wanted);
    } else {
      mergeOne({ items, present, patch }, known, wanted, mergeItem);
    }
  }
  for (const item of present) putBack(items, item, known);
  return items;
}

/** An item with a directive and without a key says what to do with the whole list. */
function isForList(item: JsonValue, keys: readonly string[]): boolean {
  return fieldOf(item, '$patch') !== undefined && keys.every((key) => fieldOf(item, key) === undefined);
}

type MergeItem = (item: JsonValue | undefined, patch: JsonValue | undefined) => JsonValue | undefined;

interface Lists {
  items: JsonValue[];
  present: JsonValue[];
  patch: readonly JsonValue[];
}

function mergeOne(lists: Lists, keys: readonly string[], values: Values, mergeItem: MergeItem): void {
  const { items, present, patch } = lists;
  const at = present.findIndex((item) => isItem(item, keys, values));
  const change = patch.find((item) => isItem(item, keys, values));
  const merged = mergeItem(at === -1 ? undefined : present[at], change);
  if (merged !== undefined) {
    // One that is replaced stays in the object's own list as it was, and that is put back.
    items.push(merged);
  } else if (at !== -1 && !values.includes('')) present.splice(at, 1);
}

/**
 * An item without a second key is left alone where another has the same first key and that second one: kustomize finds
 * neither of the two then, and a patch for such an item is lost.
 */
function isShadowed(items: readonly JsonValue[], keys: readonly string[], values: Values): boolean {
  return values.includes('') && findShadow(items, keys, values) !== undefined;
}

/** Looking at the other item in vain, kustomize takes its directive for done: what was to be deleted is merged. */
function spendDirective(patch: JsonValue[], keys: readonly string[], values: Values): void {
  const other = findShadow(patch, keys, values);
  const at = other === undefined ? -1 : patch.indexOf(other);
  if (isJsonObject(other)) {
    const { $patch: _done, ...rest } = other;
    patch[at] = rest;
  }
}

function findShadow(items: readonly JsonValue[], keys: readonly string[], values: Values): JsonValue | undefined {
  return items.find(
    (item) =>
      isJsonObject(item) &&
      keys.every((key, index) =>
        values[index] === '' ? fieldOf(item, key) !== undefined : textOf(fieldOf(item, key)) === values[index],
      ),
  );
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

function isItem(item: JsonValue, keys: readonly string[], values: Values): boolean {
  return isJsonObject(item) && keys.every((key, index) => textOf(fieldOf(item, key)) === values[index]);
}

/** Takes away the items that have these values. */
function takeAway(items: JsonValue[], keys: readonly string[], values?: Values): void {
  const kept = items.filter((item) =>
    keys.some((key, index) => {
      const value = fieldOf(item, key);
      return value === undefined || (values !== undefined && textOf(value) !== values[index]);
    }),
  );
  items.splice(0, items.length, ...kept);
}

/**
 * Puts back what the object's own list had. With one key an item takes the place it has got; with several it goes to
 * the end, and without all of them takes the place of those that share the keys it has.
 */
function putBack(items: JsonValue[], item: JsonValue, keys: readonly string[]): void {
  const has = keys.filter((key) => fieldOf(item, key) !== undefined);
  const values = has.map((key) => textOf(fieldOf(item, key)));
  const at = keys.length === 1 ? items.findIndex((other) => isItem(other, has, values)) : -1;
  if (at !== -1 && has.length === 1) items[at] = item;
  else {
    if (keys.length > 1) takeAway(items, has, values);
    items.push(item);
  }
}
