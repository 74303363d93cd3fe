import { readFileSync } from 'node:fs';

/**
 * What kustomize knows of Kubernetes' kinds: how it merges their lists, and which have no namespace.
 * It has the schemas of one old release built in, and takes every kind it does not know for namespaced, its lists for
 * atomic: https://github.com/kubernetes-sigs/kustomize/tree/kyaml/v0.21.1/kyaml/openapi/kubernetesapi
 *
 * @param {string} file `api/openapi-spec/swagger.json` of that release
 * @returns {{
 *   clusterKinds: Record<string, string[]>,
 *   kinds: Record<string, Record<string, number>>,
 *   types: Record<string, number | [number | null, ...string[]]>[],
 * }} `kinds` and fields point into `types`; a list that is merged is `[type of its items, ...keys]`, without keys a set
 */
export function readKustomizeSchemas(file) {
  const { definitions, paths } = JSON.parse(readFileSync(file, 'utf8'));
  const merging = typesThatMerge(definitions);
  const types = [];
  const known = new Map();
  const typeOf = (name) => {
    if (known.has(name)) return known.get(name);
    const type = {};
    known.set(name, types.push(type) - 1);
    for (const [field, schema] of Object.entries(definitions[name].properties ?? {}).sort()) {
      const entry = entryOf(schema, merging, typeOf);
      if (entry !== undefined) type[field] = entry;
    }
    return known.get(name);
  };
  const kinds = {};
  for (const [name, definition] of Object.entries(definitions).sort())
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      if (!merging.has(name) || definition['x-kubernetes-group-version-kind'].length > 1) continue;
      const apiVersion = group ? `${group}/${version}` : version;
      kinds[apiVersion] ??= {};
      kinds[apiVersion][kind] = typeOf(name);
    }
  return { clusterKinds: clusterKindsIn(paths), kinds, types };
}

/** The definitions that hold a merged list, at any depth. */
function typesThatMerge(definitions) {
  const merging = new Set();
  for (let before = -1; before !== merging.size; ) {
    before = merging.size;
    for (const [name, { properties = {} }] of Object.entries(definitions))
      if (Object.values(properties).some((schema) => isMerged(schema) || merging.has(refOf(schema)))) merging.add(name);
  }
  return merging;
}

function entryOf(schema, merging, typeOf) {
  const ref = refOf(schema);
  const type = merging.has(ref) ? typeOf(ref) : null;
  if (!isMerged(schema)) return schema.type === 'array' ? undefined : (type ?? undefined);
  const key = schema['x-kubernetes-patch-merge-key'];
  return [type, ...(schema['x-kubernetes-list-map-keys'] ?? (key === undefined ? [] : [key]))];
}

function isMerged(schema) {
  return schema.type === 'array' && (schema['x-kubernetes-patch-strategy'] ?? '').split(',').includes('merge');
}

function refOf(schema) {
  return (schema.$ref ?? schema.items?.$ref)?.slice('#/definitions/'.length);
}

/** @returns apiVersion -> kinds whose paths never name a namespace */
function clusterKindsIn(paths) {
  const isNamespaced = new Map();
  for (const [path, operations] of Object.entries(paths))
    for (const operation of Object.values(operations)) {
      const { group, version, kind } = operation['x-kubernetes-group-version-kind'] ?? {};
      if (kind === undefined || path.includes('/watch/')) continue;
      const id = `${group ? `${group}/` : ''}${version} ${kind}`;
      isNamespaced.set(id, isNamespaced.get(id) || path.includes('/namespaces/{namespace}/'));
    }
  const result = {};
  for (const [id, namespaced] of [...isNamespaced].sort()) {
    const [apiVersion, kind] = id.split(' ');
    if (!namespaced) result[apiVersion] = [...(result[apiVersion] ?? []), kind];
  }
  return result;
}
