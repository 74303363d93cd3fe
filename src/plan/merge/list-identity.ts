import { isPlainMap } from '../../yaml/value-kinds.ts';
import type { YamlMatch } from '../../yaml/yaml-path.ts';
import { stableJson } from '../stable-json.ts';
import { listTable, podLists, podPaths } from './list-table.ts';

/** What makes an item the same in two versions of a list. */
export interface ItemIdentity {
  /** Equal for the same item. */
  id: string;
  /** For showing where it is; undefined when no short condition finds it. */
  match: YamlMatch | undefined;
}

/** The fields that identify an item: `protocol=TCP` has a default, `namespace?` may be missing; `*` is all of it. */
export type Identity = readonly string[];

export type Identify = (item: unknown) => ItemIdentity | undefined;

/**
 * How to recognise the items of a list, by the first way that tells all items of all versions apart.
 * @param keys map keys from the document's root to the list, without list indexes
 * @param versions the same list in up to three versions
 * @returns undefined for a list that is one value as a whole: an unlisted one, or one with items that are alike
 */
export function identityFor(
  kind: string,
  keys: readonly string[],
  versions: readonly (readonly unknown[])[],
): Identify | undefined {
  const tells = (identity: Identity) => versions.every((items) => isUnique(items, identity));
  const identity = identitiesAt(kind, keys.join('.')).find(tells);
  return identity && ((item) => identify(item, identity));
}

function identitiesAt(kind: string, path: string): readonly Identity[] {
  const pod = podPaths[kind];
  const inPod = pod !== undefined && path.startsWith(`${pod}.`) ? podLists[path.slice(pod.length + 1)] : undefined;
  return inPod ?? listTable[kind]?.[path] ?? listTable['*']?.[path] ?? [];
}

function isUnique(items: readonly unknown[], identity: Identity): boolean {
  const ids = new Set(items.map((item) => identify(item, identity)?.id));
  return ids.size === items.length && !ids.has(undefined);
}

function identify(item: unknown, identity: Identity): ItemIdentity | undefined {
  if (identity[0] === '*') return { id: stableJson(item), match: undefined };
  if (!isPlainMap(item)) return undefined;
  const match: Record<string, string | number | boolean> = {};
  const parts: unknown[] = [];
  let isShown = true;
  for (const field of identity) {
    const [, name = '', mark, preset] = /^([^?=]+)([?=]?)(.*)$/.exec(field) ?? [];
    const value = Object.hasOwn(item, name) ? item[name] : undefined;
    if (value === undefined && mark === '') return undefined;
    parts.push(value ?? (mark === '=' ? preset : null));
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') match[name] = value;
    else if (value !== undefined) isShown = false;
  }
  if (parts.every((part) => part === null)) return undefined;
  return { id: stableJson(parts), match: isShown ? match : undefined };
}
