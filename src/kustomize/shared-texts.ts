import { isJsonObject, type JsonObject, type JsonValue, setField } from '../yaml/json-value.ts';

/**
 * A label or annotation that kustomize puts into several maps of an object at once is one value to it: whatever writes
 * over it later in one place, changes it in all. `labels` of an overlay so reach selectors of its base.
 */
const shared = new WeakMap<JsonObject, Map<string, ReadonlySet<JsonObject>>>();

/** Makes the value that these maps have under a name one. */
export function shareText(maps: ReadonlySet<JsonObject>, name: string): void {
  if (maps.size < 2) return;
  for (const map of maps) {
    const names = shared.get(map) ?? new Map<string, ReadonlySet<JsonObject>>();
    shared.set(map, names.set(name, maps));
  }
}

/** Sets a field, in all maps that share it. */
export function setShared(map: JsonObject, name: string, value: JsonValue): void {
  const names = Object.hasOwn(map, name) ? shared.get(map) : undefined;
  const maps = names?.get(name);
  if (maps === undefined || typeof value === 'object') {
    setField(map, name, value);
    names?.delete(name);
  } else for (const other of maps) if (shared.get(other)?.get(name) === maps) setField(other, name, value);
}

/** Removes a field here, and leaves it where it was shared. */
export function dropShared(map: JsonObject, name: string): void {
  delete map[name];
  shared.get(map)?.delete(name);
}

/** Ends all sharing within an object: a JSON patch writes it anew. */
export function unshare(node: JsonValue): void {
  if (Array.isArray(node)) for (const item of node) unshare(item);
  if (!isJsonObject(node)) return;
  shared.delete(node);
  for (const value of Object.values(node)) unshare(value);
}
