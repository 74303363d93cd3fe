import type { YamlAddress, YamlMatch } from './yaml-path.ts';

/**
 * Where a new entry goes among its siblings. `sorted`: at its place by key, or by text in a list of scalars, if the
 * siblings are in order (code units), else at the end. A sibling that is not there means the end.
 */
export type YamlPosition =
  | 'end'
  | 'start'
  | 'sorted'
  | { before: string | number | YamlMatch }
  | { after: string | number | YamlMatch };

/**
 * One change of one document. All of them leave a text alone that already is as they want it. Maps on the way that
 * are missing or empty are made. Values are what JSON can hold; map entries that are undefined are left out.
 *
 * `lines` say how a new entry is to be written, comments included, from column 0 and without line endings: what
 * `entryLines` reads elsewhere. They must say the same as `value`, and are not used where they cannot be (in brackets).
 */
export type YamlChange =
  /** The value at the path becomes equal to this one, with as little change of text as possible. */
  | { op: 'set'; path: YamlAddress; value: unknown; at?: YamlPosition; lines?: readonly string[] }
  /** A new list item; makes the list if there is none. */
  | { op: 'insert-item'; path: YamlAddress; value: unknown; at?: YamlPosition; lines?: readonly string[] }
  /** A list item, unless the list has an equal one. */
  | { op: 'ensure-item'; path: YamlAddress; value: unknown; at?: YamlPosition }
  /** There is a map at the path. */
  | { op: 'ensure-map'; path: YamlAddress; at?: YamlPosition }
  /** The map entry or list item goes, with the comments that belong to it. */
  | { op: 'remove'; path: YamlAddress }
  /** The key at the path's end becomes another one, which must be free. */
  | { op: 'rename'; path: YamlAddress; key: string };

/**
 * What can be done to a file. `document` is the index at the time of the operation, 0 if absent: operations act one
 * after the other.
 */
export type YamlOperation =
  | (YamlChange & { document?: number })
  /** `at` is the index the new document will have; absent: the last. */
  | { op: 'insert-document'; value: unknown; at?: number; lines?: readonly string[] }
  | { op: 'remove-document'; document: number };
