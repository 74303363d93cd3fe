import { textAt, valueAt } from '../yaml/value-at.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { CheckedCluster, ClusterObject } from './checked-repository.ts';
import { objectsOf } from './cluster-index.ts';

/** A field of a kind that names another object. */
export interface ReferenceField {
  /** Of the API. */
  group: string;
  kind: string;
  /** The way to the map with the name, or to the name itself; `*` stands for every item of a list. */
  path: readonly string[];
  /** What is named: a kind, or undefined when the map says it. */
  to?: string;
  /** What the object does with it, as in `takes its chart from`. */
  does: string;
  /** The map may name another namespace. */
  crossesNamespaces?: true;
  /** A field of spec with which another cluster is meant. */
  unless?: string;
}

/** One object that names another. */
export interface Reference {
  from: ClusterObject;
  /** Of the name. */
  path: YamlPath;
  kind: string;
  namespace: string;
  name: string;
  does: string;
}

/**
 * Every reference of a cluster in these fields, without those that are optional, mean any object (`*`), or hang on unknown
 * variables.
 */
export function* referencesIn(cluster: CheckedCluster, fields: readonly ReferenceField[]): Generator<Reference> {
  for (const field of fields)
    for (const from of objectsOf(cluster, field.group, field.kind))
      for (const path of pathsOf(from, field)) {
        const reference = referenceAt(from, path, field);
        if (reference === undefined || reference.name === '*') continue;
        if (!`${reference.namespace}/${reference.name}`.includes('${')) yield reference;
      }
}

function pathsOf({ value }: ClusterObject, { path, unless }: ReferenceField): YamlPath[] {
  return unless !== undefined && valueAt(value, ['spec', unless]) !== undefined ? [] : pathsIn(value, path);
}

/** The paths that a pattern means in a value; none where something on the way is missing. */
function pathsIn(value: unknown, pattern: readonly string[]): YamlPath[] {
  let paths: YamlPath[] = [[]];
  for (const step of pattern)
    paths = paths.flatMap((path) => {
      const found = valueAt(value, path);
      if (step !== '*') return [[...path, step]];
      return Array.isArray(found) ? found.map((_, index) => [...path, index]) : [];
    });
  return paths.filter((path) => valueAt(value, path) !== undefined);
}

function referenceAt(from: ClusterObject, path: YamlPath, field: ReferenceField): Reference | undefined {
  const { does, to } = field;
  const found = valueAt(from.value, path);
  if (typeof found === 'string' && valueAt(from.value, [...path.slice(0, -1), 'optional']) === true) return undefined;
  if (typeof found === 'string')
    return found === '' ? undefined : { from, path, kind: to ?? '', namespace: from.namespace, name: found, does };
  const name = textAt(found, ['name']);
  const kind = to ?? textAt(found, ['kind']);
  if (name === undefined || name === '' || kind === undefined || valueAt(found, ['optional']) === true)
    return undefined;
  const told = field.crossesNamespaces ? textAt(found, ['namespace']) : undefined;
  return { from, path: [...path, 'name'], kind, namespace: told || from.namespace, name, does };
}
