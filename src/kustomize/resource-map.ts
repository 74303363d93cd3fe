import { BuildFailure } from './build-failure.ts';
import { idKey, showId } from './object-id.ts';
import { currentId, type Resource, type ResourceMap } from './resource.ts';

export function emptyMap(): ResourceMap {
  return { resources: [] };
}

/** Adds objects. @throws BuildFailure when one is there already; the others are added all the same */
export function appendAll(map: ResourceMap, added: readonly Resource[]): void {
  map.ids ??= new Set(map.resources.map((resource) => idKey(currentId(resource))));
  let failure: BuildFailure | undefined;
  for (const resource of added) {
    const key = idKey(currentId(resource));
    if (map.ids.has(key)) failure ??= alreadyThere(map, resource, key);
    else map.resources.push(resource);
    map.ids.add(key);
  }
  if (failure) throw failure;
}

function alreadyThere(map: ResourceMap, resource: Resource, key: string): BuildFailure {
  const first = map.resources.find((other) => idKey(currentId(other)) === key)?.origins[0];
  const where = first === undefined ? '' : `, first in ${first.file}:${first.line}`;
  return new BuildFailure(
    'object-twice',
    `${showId(currentId(resource))} is in this build twice${where}`,
    'Remove one of the two, or give one another name or namespace.',
    resource.origins[0],
  );
}
