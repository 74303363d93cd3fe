import { isMap } from 'yaml';

/** The text at a key of a map; undefined for anything else. */
export function textAt(node: unknown, key: string): string | undefined {
  const value: unknown = isMap(node) ? node.get(key) : undefined;
  return typeof value === 'string' ? value : undefined;
}
