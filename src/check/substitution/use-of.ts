import type { JsonValue } from '../../yaml/json-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/** The way to the first text, or key, in which a variable is used; undefined when none is. */
export function useOf(value: JsonValue, use: RegExp, path: YamlPath): YamlPath | undefined {
  if (typeof value === 'string') return use.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const entries: [string | number, JsonValue][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [step, below] of entries) {
    if (typeof step === 'string' && use.test(step)) return [...path, step];
    const found = useOf(below, use, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}
