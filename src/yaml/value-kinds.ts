/** A list or a map that has something in it, which block style can hold. */
export function isFilled(value: unknown): value is Record<string, unknown> | readonly unknown[] {
  if (Array.isArray(value)) return value.length > 0;
  return isPlainMap(value) && Object.keys(value).length > 0;
}

export function isPlainMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy that later changes of the original do not reach; map entries that are undefined are left out, as in JSON. */
export function jsonCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => jsonCopy(item));
  if (!isPlainMap(value)) return value ?? null;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, jsonCopy(part)]));
}
