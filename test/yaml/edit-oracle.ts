import { isDeepStrictEqual } from 'node:util';
import type { YamlChange, YamlPosition } from '../../src/yaml/yaml-operation.ts';
import type { YamlAddress } from '../../src/yaml/yaml-path.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What an operation does to a plain JavaScript value; written without the code under test. */
export function applyToValue(root: Json, change: YamlChange): Json {
  const holder: Json[] = [structuredClone(root)];
  applyInPlace(holder, change);
  return holder[0] ?? null;
}

function applyInPlace(holder: Json[], change: YamlChange): void {
  const path: YamlAddress = [0, ...change.path];
  const parent = parentOf(holder, path, change.op !== 'remove');
  const key = path.at(-1);
  if (parent === undefined || typeof key === 'object' || key === undefined) return;
  if (change.op === 'remove') {
    if (Array.isArray(parent) && typeof key === 'number') parent.splice(key, 1);
    else if (isMap(parent)) delete parent[key];
  } else if (change.op === 'rename' && isMap(parent)) {
    const value = parent[key] ?? null;
    delete parent[key];
    parent[change.key] = value;
  } else if (change.op === 'set') put(parent, key, structuredClone(change.value) as Json);
  else if (change.op === 'ensure-map') {
    if (!isMap(get(parent, key))) put(parent, key, {});
  } else if (change.op === 'insert-item' || change.op === 'ensure-item') {
    if (!Array.isArray(get(parent, key))) put(parent, key, []);
    const list = get(parent, key) as Json[];
    const value = structuredClone(change.value) as Json;
    if (change.op === 'ensure-item' && list.some((item) => isDeepStrictEqual(item, value))) return;
    list.splice(position(list, change.at ?? 'end'), 0, value);
  }
}

function position(list: Json[], at: YamlPosition): number {
  if (at === 'start') return 0;
  if (typeof at === 'object') {
    const index = 'before' in at ? at.before : at.after;
    if (typeof index === 'number' && index < list.length) return index + ('after' in at ? 1 : 0);
  }
  return list.length;
}

function parentOf(holder: Json[], path: YamlAddress, make: boolean): Json[] | { [key: string]: Json } | undefined {
  let at: Json = holder;
  for (const [index, step] of path.slice(0, -1).entries()) {
    if (typeof step === 'object') return undefined;
    let next: Json | undefined = get(at, step);
    if (next === null || next === undefined) {
      if (!make || typeof path[index + 1] !== 'string') return undefined;
      next = {};
      put(at, step, next);
    }
    at = next;
  }
  return typeof at === 'object' && at !== null ? at : undefined;
}

export function isMap(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function get(parent: Json, key: string | number): Json | undefined {
  if (Array.isArray(parent)) return parent[Number(key)];
  return isMap(parent) ? parent[key] : undefined;
}

function put(parent: Json, key: string | number, value: Json): void {
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else if (isMap(parent)) parent[key] = value;
}

/** Every path of a value, the root's (`[]`) first. */
export function pathsOf(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (!isMap(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

export function valueAt(value: Json, path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>((at, step) => (at === undefined ? undefined : get(at, step)), value);
}
