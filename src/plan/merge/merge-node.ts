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
  return settle(merging, spot, versions);
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
