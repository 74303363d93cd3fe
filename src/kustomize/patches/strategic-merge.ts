import { cloneJson, fieldOf, isJsonObject, type JsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { textOf } from '../object-id.ts';
import { dropShared, setShared } from '../shared-texts.ts';
import { type MergeEntry, mergeTypeOf } from './merge-keys.ts';
import { mergeList } from './merge-list.ts';

/**
 * Merges a strategic merge patch into an object, as kustomize does, which is not in all as the API server does:
 * `$setElementOrder`, `$retainKeys` and `$deleteFromPrimitiveList` are fields like any other.
 *
 * @param object changed in place
 * @returns undefined when the patch deletes the object
 * @throws BuildFailure when a map meets a list or a scalar, or for an unknown `$patch`
 */
export function strategicMerge(object: JsonObject, patch: JsonObject): JsonObject | undefined {
  const type = mergeTypeOf(textOf(object.apiVersion), textOf(object.kind));
  const merged = mergeValue(object, patch, { type });
  return isJsonObject(merged) ? merged : undefined;
}

/** @param into undefined when the object has no such value; @returns undefined when it shall have none */
function mergeValue(
  into: JsonValue | undefined,
  patch: JsonValue | undefined,
  entry: MergeEntry,
): JsonValue | undefined {
  if (patch === undefined) return into;
  if (patch === null) return undefined;
  const present = into === null ? undefined : into;
  refuseOtherShape(present, patch);
  if (isJsonObject(patch)) return mergeMap(isJsonObject(present) ? present : undefined, patch, entry);
  if (!Array.isArray(patch)) return patch;
  if (entry.keys === undefined) return cloneJson(patch);
  return mergeList(Array.isArray(present) ? present : undefined, patch, entry.keys, (item, change) =>
    mergeValue(item, change, { type: entry.type }),
  );
}

function mergeMap(into: JsonObject | undefined, patch: JsonObject, entry: MergeEntry): JsonObject | undefined {
  const directive = fieldOf(patch, '$patch');
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return withoutDirective(patch);
  if (directive !== undefined && directive !== 'merge')
    throw new BuildFailure('patch', `unknown $patch: ${textOf(directive)}`, 'Write delete, replace or merge.');
  const target: JsonObject = into ?? {};
  for (const [name, value] of sortedEntries(patch)) {
    if (name === '$patch') continue;
    const merged = mergeValue(fieldOf(target, name), value, entry.type?.field(name) ?? {});
    if (merged === undefined) dropShared(target, name);
    else setShared(target, name, merged);
  }
  return target;
}

/** In kustomize's order, which tells where two places of a patch set one shared value. */
function sortedEntries(patch: JsonObject): [string, JsonValue][] {
  return Object.entries(patch).sort(([one], [other]) => (one < other ? -1 : 1));
}

function withoutDirective(patch: JsonObject): JsonObject {
  const copy = cloneJson(patch);
  delete copy.$patch;
  return copy;
}

function refuseOtherShape(into: JsonValue | undefined, patch: JsonValue): void {
  if (into === undefined || shapeOf(into) === shapeOf(patch)) return;
  const hint = 'Give the patch the same shape, or remove the field first with a JSON 6902 patch.';
  throw new BuildFailure('patch', `the patch puts ${shapeOf(patch)} where the object has ${shapeOf(into)}`, hint);
}

function shapeOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  return isJsonObject(value) ? 'a map' : 'a single value';
}
