import { isDeepStrictEqual } from 'node:util';
import { isPlainMap } from '../../yaml/value-kinds.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';

/** Paths from a node to what belongs to the user below it; an empty one says that the node itself does. */
export type UserPaths = readonly YamlPath[];

/** @param step map key, or the list index in what is generated */
export function userPathsBelow(paths: UserPaths, step: string | number): UserPaths {
  if (isUsers(paths)) return [[]];
  return paths.filter((path) => String(path[0]) === String(step)).map((path) => path.slice(1));
}

export function isUsers(paths: UserPaths): boolean {
  return paths.some((path) => path.length === 0);
}

/** Whether two values differ at most where they belong to the user. */
export function isEqualForUs(one: unknown, other: unknown, paths: UserPaths): boolean {
  return isDeepStrictEqual(withoutUsers(one, paths), withoutUsers(other, paths));
}

function withoutUsers(value: unknown, paths: UserPaths): unknown {
  if (paths.length === 0) return value;
  if (isUsers(paths)) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => withoutUsers(item, userPathsBelow(paths, index)));
  if (!isPlainMap(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, withoutUsers(part, userPathsBelow(paths, key))]);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}
