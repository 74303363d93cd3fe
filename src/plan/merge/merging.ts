import type { YamlChange, YamlOperation } from '../../yaml/yaml-operation.ts';
import type { YamlAddress, YamlPath } from '../../yaml/yaml-path.ts';
import type { MergeConflict, Side } from './merge-result.ts';
import type { UserPaths } from './user-paths.ts';

/** Stands for a base that nobody knows: then every difference is a conflict. */
export const unknownBase: unique symbol = Symbol('unknown base');

/** A node in three versions, as JavaScript; undefined where it is absent. */
export interface Versions {
  base: unknown;
  ours: unknown;
  theirs: unknown;
}

/** One document while it is merged; what is found out is collected here. */
export interface Merging {
  kind: string;
  /** Its index in ours. */
  document: number;
  /** In a file of several documents. */
  name: string | undefined;
  prefer: Side | undefined;
  /** Theirs is wanted also where the value belongs to the user. */
  takesUsers: boolean;
  /** That make ours the merged document, one after the other. */
  operations: YamlOperation[];
  /** How theirs writes what is at this path of theirs, if it has comments. */
  linesOf(path: YamlPath, value: unknown): readonly string[] | undefined;
  conflicts: MergeConflict[];
  /** What belongs to the user and both changed: ours stays. */
  yielded: MergeConflict[];
}

/** Where a node is. */
export interface Spot {
  /** In ours. */
  path: YamlPath;
  /** In theirs, as far as it is there. */
  theirs: YamlPath;
  /** For people. */
  at: YamlAddress;
  /** Map keys from the root, without list indexes. */
  keys: readonly string[];
  users: UserPaths;
}

/** `theirs`: the value is to be written in place of ours, by the caller. `inside`: what has to change below is noted. */
export interface Merged {
  from: 'ours' | 'theirs' | 'inside';
  value: unknown;
}

export type MergeNode = (merging: Merging, spot: Spot, versions: Versions) => Merged;

export function note(merging: Merging, change: YamlChange): void {
  merging.operations.push({ ...change, document: merging.document });
}

/** New things are written as theirs writes them, if that has comments. @param path in theirs */
export function asTheirs(merging: Merging, path: YamlPath, value: unknown): { lines?: readonly string[] } {
  const lines = merging.linesOf(path, value);
  return lines === undefined ? {} : { lines };
}

/**
 * Where something new goes: beside its nearest neighbour in theirs that is there.
 * @param order of theirs
 */
export function placeAmong(
  order: readonly string[],
  key: string,
  isThere: (key: string) => boolean,
): 'end' | { after: string } | { before: string } {
  const index = order.indexOf(key);
  const after = order.slice(0, index).findLast(isThere);
  if (after !== undefined) return { after };
  const before = order.slice(index + 1).find(isThere);
  return before === undefined ? 'end' : { before };
}

/** The same as an index into those that are there. */
export function indexAmong(order: readonly string[], key: string, there: readonly string[]): number {
  const place = placeAmong(order, key, (other) => there.includes(other));
  if (place === 'end') return there.length;
  return 'after' in place ? there.indexOf(place.after) + 1 : there.indexOf(place.before);
}
