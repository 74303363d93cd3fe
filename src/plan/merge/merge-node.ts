import { isDeepStrictEqual } from 'node:util';
import { isPlainMap } from '../../yaml/value-kinds.ts';
import { identityFor } from './list-identity.ts';
import { mergeList } from './merge-list.ts';
import { mergeMap } from './merge-map.ts';
import { type Merged, type Merging, type Spot, unknownBase, type Versions } from './merging.ts';
import { isEqualForUs, isUsers } from './user-paths.ts';

/** Maps of which one key excludes another, so that a mixture of two versions would be neither. */
const alternatives = new Set(['spec.ref', 'spec.strategy', 'spec.updateStrategy']);

/** Merges one node, and notes the operations and conflicts for everything below it. */
export function mergeNode(merging: Merging, spot: Spot, versions: Versions): Merged {
  const { base, ours, theirs } = versions;
  const takesUsers = merging.takesUsers && spot.users.length > 0;
  const isSettled = isDeepStrictEqual(base, theirs);
  if (isDeepStrictEqual(ours, theirs) || (isSettled && !takesUsers)) return { from: 'ours', value: ours };
  // a list of texts is asked for as it is; of maps what only ours has stays
  if (takesUsers && isUsers(spot.users) && isPlainList(ours) && isPlainList(theirs))
    return { from: 'theirs', value: theirs };
  const inside = mergeInside(merging, spot, versions);
  if (inside !== undefined) return inside;
  if (isDeepStrictEqual(base, ours)) return { from: 'theirs', value: theirs };
  if (takesUsers && isUsers(spot.users) && theirs !== undefined) return { from: 'theirs', value: theirs };
  if (isSettled) return { from: 'ours', value: ours };
  if (ours === undefined && base !== unknownBase && isEqualForUs(base, theirs, spot.users))
    return { from: 'ours', value: ours };
  return besidesRemoved(merging, spot, versions) ?? settle(merging, spot, versions);
}

/** Maps of the model that hold entries by name: at its top the units, within a unit these. */
const maps = new Set(['clusters', 'environments', 'components', 'apps', 'teams', 'notifications']);
const namedEntries = new Set(['secrets', 'environments', 'variables']);

/**
 * One took all entries out of a map of the model, and with the last one the map; the other added some and changed none. Then
 * what is new stays. Of any other map a part would be neither version.
 */
function besidesRemoved({ kind }: Merging, { keys }: Spot, { base, ours, theirs }: Versions): Merged | undefined {
  const [map = '', , field = ''] = keys;
  const isNamed = maps.has(map) && (keys.length === 1 || (keys.length === 3 && namedEntries.has(field)));
  const left = ours ?? theirs;
  if (kind !== '' || !isNamed || !isPlainMap(base) || !isPlainMap(left)) return undefined;
  if (ours !== undefined && theirs !== undefined) return undefined;
  const entries = Object.entries(left);
  if (entries.some(([key, value]) => Object.hasOwn(base, key) && !isDeepStrictEqual(base[key], value)))
    return undefined;
  const added = entries.filter(([key]) => !Object.hasOwn(base, key));
  return { from: 'theirs', value: added.length === 0 ? undefined : Object.fromEntries(added) };
}

/** Two maps, or two lists whose items can be told apart; undefined for what is one value as a whole. */
function mergeInside(merging: Merging, spot: Spot, { base, ours, theirs }: Versions): Merged | undefined {
  if (isPlainMap(ours) && isPlainMap(theirs)) {
    const before = base ?? {};
    if (alternatives.has(spot.keys.join('.')) || !(before === unknownBase || isPlainMap(before))) return undefined;
    return mergeMap(merging, spot, { base: before, ours, theirs }, mergeNode);
  }
  const before = base ?? [];
  if (!isList(ours) || !isList(theirs) || !(before === unknownBase || isList(before))) return undefined;
  const all = before === unknownBase ? [ours, theirs] : [before, ours, theirs];
  const identify = identityFor(merging.kind, spot.keys, all);
  return identify && mergeList(merging, spot, { base: before, ours, theirs }, { identify, mergeNode });
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isPlainList(value: unknown): boolean {
  return isList(value) && !value.some((item) => typeof item === 'object' && item !== null);
}

/** Both changed it, differently. */
function settle(merging: Merging, { at, users }: Spot, versions: Versions): Merged {
  const isTheUsers = isUsers(users);
  if (!isTheUsers && merging.prefer !== undefined) return { from: merging.prefer, value: versions[merging.prefer] };
  const base = versions.base === unknownBase ? undefined : versions.base;
  const document = merging.name === undefined ? {} : { document: merging.name };
  const both = { ...document, at, base, ours: versions.ours, theirs: versions.theirs };
  (isTheUsers ? merging.yielded : merging.conflicts).push(both);
  return { from: 'ours', value: versions.ours };
}
