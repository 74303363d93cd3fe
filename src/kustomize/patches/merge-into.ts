import { cloneJson, fieldOf, isJsonObject, type JsonObject, type JsonValue, setField } from '../../yaml/json-value.ts';
import type { PatchEntry } from '../loading/kustomization.ts';
import { type Resource, type ResourceMap, rememberId } from '../resource.ts';
import { strategicMerge } from './strategic-merge.ts';

/**
 * Merges a patch into an object of the map, or removes it for `$patch: delete`. Kind, name and namespace stay as they
 * are unless the options allow otherwise.
 */
export function mergeInto(
  map: ResourceMap,
  resource: Resource,
  patch: JsonObject,
  options: NonNullable<PatchEntry['options']>,
): void {
  const { kind } = resource.value;
  const name = fieldOf(resource.value.metadata, 'name');
  const namespace = fieldOf(resource.value.metadata, 'namespace');
  if (options.allowNameChange || options.allowKindChange) rememberId(resource);
  const merged = strategicMerge(resource.value, cloneJson(patch));
  if (merged === undefined || Object.keys(merged).length === 0) {
    map.resources.splice(map.resources.indexOf(resource), 1);
    return;
  }
  resource.value = merged;
  if (!options.allowKindChange) restore(merged, 'kind', kind);
  if (!isJsonObject(merged.metadata)) merged.metadata = {};
  if (!options.allowNameChange) restore(merged.metadata, 'name', name);
  restore(merged.metadata, 'namespace', namespace);
}

/**
 * A patch that a target gives to an object: it takes over the object's apiVersion. Its labels and annotations become
 * text on the way, so that a null there deletes nothing and is written.
 */
export function retargeted(patch: JsonObject, resource: Resource): JsonObject {
  const copy = cloneJson(patch);
  restore(copy, 'apiVersion', resource.value.apiVersion);
  for (const field of ['labels', 'annotations']) {
    const texts = fieldOf(copy.metadata, field);
    if (!isJsonObject(texts)) continue;
    for (const [name, value] of Object.entries(texts))
      if (typeof value !== 'object' || value === null) setField(texts, name, String(value));
    if (Object.keys(texts).length === 0 && isJsonObject(copy.metadata)) delete copy.metadata[field];
  }
  return copy;
}

function restore(object: JsonObject, field: string, value: JsonValue | undefined): void {
  if (value === undefined) delete object[field];
  else object[field] = value;
}
