import { isPlainMap } from './value-kinds.ts';
import type { YamlPath } from './yaml-path.ts';

/** What stands at a path of a parsed value; undefined when nothing does. */
export function valueAt(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>((found, step) => {
    if (typeof step === 'number') return Array.isArray(found) ? found[step] : undefined;
    return isPlainMap(found) && Object.hasOwn(found, step) ? found[step] : undefined;
  }, value);
}

/** The text at a path; undefined when nothing, or something else, is there. */
export function textAt(value: unknown, path: YamlPath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The items of the list at a path; none when there is no list. */
export function itemsAt(value: unknown, path: YamlPath): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}
