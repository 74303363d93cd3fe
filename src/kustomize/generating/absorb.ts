import { fieldOf, isJsonObject, type JsonObject } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { showId } from '../object-id.ts';
import { currentId, type Resource, type ResourceMap, withAnyId } from '../resource.ts';
import { appendAll } from '../resource-map.ts';

/** Adds a generated object, or brings it together with the one that is there, as its behavior says. */
export function absorb(map: ResourceMap, made: Resource): void {
  const id = currentId(made);
  const [old, second] = withAnyId(map, id);
  const behavior = made.behavior ?? 'create';
  if (second !== undefined)
    throw new BuildFailure('generator', `more than one object is ${showId(id)}`, 'Rename one of them.');
  if (old === undefined) {
    if (behavior === 'create') {
      appendAll(map, [made]);
      return;
    }
    const hint = 'Use behavior: create, or add the base that has it to resources.';
    throw new BuildFailure('generator', `${showId(id)} is not there to ${behavior}`, hint);
  }
  if (behavior === 'create') {
    const hint = 'Use behavior: merge or replace, or another name.';
    throw new BuildFailure('generator', `${showId(id)} is there already`, hint, made.origins[0]);
  }
  bringTogether(old, made, behavior);
}

function bringTogether(old: Resource, made: Resource, behavior: 'merge' | 'replace'): void {
  const metadata: JsonObject = isJsonObject(old.value.metadata) ? old.value.metadata : {};
  const fresh = isJsonObject(made.value.metadata) ? made.value.metadata : {};
  const joined: JsonObject = { ...metadata };
  for (const field of ['labels', 'annotations']) {
    const texts = { ...mapOf(metadata, field), ...mapOf(fresh, field) };
    if (Object.keys(texts).length > 0) joined[field] = texts;
  }
  const value: JsonObject = { ...made.value, metadata: joined };
  if (behavior === 'merge')
    for (const field of ['data', 'binaryData']) {
      const data = { ...mapOf(old.value, field), ...mapOf(made.value, field) };
      if (Object.keys(data).length > 0) value[field] = data;
    }
  old.value = value;
  old.origins.push(...made.origins);
  old.needsHash = old.needsHash && made.needsHash;
}

function mapOf(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isJsonObject(value) ? value : {};
}
