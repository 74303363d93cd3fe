/** What JSON can hold: what is left of YAML once Kubernetes' tools have read it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy that shares nothing with the original. */
export function cloneJson<Value extends JsonValue>(value: Value): Value;
export function cloneJson(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => cloneJson(item));
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) setField(copy, key, cloneJson(value[key] ?? null));
  return copy;
}

/** Assigns a field whatever its name: plain assignment of `__proto__` would change the object's prototype. */
export function setField(target: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

/** A field the object itself has; undefined otherwise. */
export function fieldOf(target: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(target) && Object.hasOwn(target, key) ? target[key] : undefined;
}
