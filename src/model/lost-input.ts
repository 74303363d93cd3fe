import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';

/**
 * What the validation lets go without a word: valibot's `record` takes a list for a map, and leaves out keys such as
 * `constructor`; setting `__proto__` on an object sets no key at all.
 * @param given what was to be validated
 * @param kept what came out of it
 */
export function lostInput(given: unknown, kept: unknown, path: YamlPath = []): ModelFault[] {
  if (!isMapOrList(given) || !isMapOrList(kept)) return [];
  if (Array.isArray(given) && !Array.isArray(kept))
    return [{ rule: 'model/value', path, message: 'must be a map, not a list' }];
  return Object.entries(given).flatMap(([key, value]) => {
    const at = [...path, Array.isArray(given) ? Number(key) : key];
    const isLost = value !== undefined && !Object.hasOwn(kept, key);
    return isLost || key === '__proto__' ? [unusable(at, key)] : lostInput(value, kept[key], at);
  });
}

function unusable(path: YamlPath, key: string): ModelFault {
  return { rule: 'model/reserved-name', path, message: `"${key}" cannot be a key here: choose another name` };
}

function isMapOrList(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
