import type { YamlPath } from '../yaml/yaml-path.ts';

/**
 * Keys of a map that JavaScript objects cannot hold safely: the validation leaves some of them out without a word
 * (valibot's `record` does so with `constructor`), and setting `__proto__` sets no key at all.
 * @param given what was to be validated
 * @param kept what came out of it
 */
export function lostKeys(given: unknown, kept: unknown, path: YamlPath = []): YamlPath[] {
  if (!isMapOrList(given)) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const at = [...path, Array.isArray(given) ? Number(key) : key];
    if (key === '__proto__') return [at];
    if (!isMapOrList(kept) || !Object.hasOwn(kept, key)) return value === undefined ? [] : [at];
    return lostKeys(value, kept[key], at);
  });
}

function isMapOrList(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
