import { isMap, isScalar, isSeq } from 'yaml';
import { isPlainMap } from './value-kinds.ts';
import type { YamlNode } from './yaml-node.ts';

/**
 * Whether a value can stand behind the tag that is there. Tags that are not YAML's own (`!secret`) are taken to
 * say what a text, a map or a list is about.
 */
export function fitsTag(node: YamlNode | null, value: unknown): boolean {
  const tag = isScalar(node) || isMap(node) || isSeq(node) ? node.tag : undefined;
  if (tag === undefined) return true;
  switch (tag.replace('tag:yaml.org,2002:', '')) {
    case 'int':
      return Number.isInteger(value);
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'map':
      return isPlainMap(value);
    case 'seq':
      return Array.isArray(value);
    default:
      if (isScalar(node)) return typeof value === 'string' && !/:(binary|timestamp)$/.test(tag);
      return isMap(node) ? isPlainMap(value) : Array.isArray(value);
  }
}
