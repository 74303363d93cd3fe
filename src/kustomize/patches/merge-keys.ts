import kustomize from '../data/merge-keys.json';

/** How a field is merged: nothing special below it, a map or atomic list of a known type, or a list merged by keys. */
export interface MergeType {
  field(name: string): MergeEntry;
}

export interface MergeEntry {
  /** Of the map, or of the list's items. */
  type?: MergeType | undefined;
  /** Set for merged lists: what makes two items one; empty for a set of scalars. */
  keys?: readonly string[];
}

type Types = Readonly<Record<string, number | readonly (number | string | null)[]>>[];

const types = kustomize.types as unknown as Types;
const kinds: Readonly<Record<string, Readonly<Record<string, number>>>> = kustomize.kinds;

/** @returns undefined for kinds kustomize has no schema for: their lists are atomic */
export function mergeTypeOf(apiVersion: string, kind: string): MergeType | undefined {
  return mergeType(kinds[apiVersion]?.[kind]);
}

function mergeType(index: number | undefined | null): MergeType | undefined {
  const fields = typeof index === 'number' ? types[index] : undefined;
  if (fields === undefined) return undefined;
  return {
    field(name) {
      const entry = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (entry === undefined || typeof entry === 'number') return { type: mergeType(entry) };
      const [items, ...keys] = entry;
      return { type: mergeType(typeof items === 'number' ? items : undefined), keys: keys.map(String) };
    },
  };
}
