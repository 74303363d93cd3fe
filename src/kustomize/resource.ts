import type { RepoPath } from '../tree/repo-path.ts';
import type { JsonObject } from '../yaml/json-value.ts';
import { idKey, idOf, type ObjectId } from './object-id.ts';

/** A document that an object was born in, or a patch that touched it. */
export interface Origin {
  file: RepoPath;
  /** 0-based, among the documents of the file. */
  document: number;
  /** 1-based line on which the document, or the patch, begins. */
  line: number;
}

/** What a generator may do with an object that is there already. */
export type Behavior = 'create' | 'replace' | 'merge';

/** An object on its way through a build; changed in place. */
export interface Resource {
  value: JsonObject;
  origins: Origin[];
  /** What it was called before, oldest first: references to it may still use these names. */
  previous: ObjectId[];
  /** What overlays put before and after its name, innermost first; they tell copies of one base apart. */
  prefixes: string[];
  suffixes: string[];
  needsHash: boolean;
  behavior?: Behavior;
  /** What `buildMetadata` writes into annotations. */
  provenance: Provenance;
}

/** How the annotations of `buildMetadata` describe an object's way; paths are relative to the folder that is built. */
export interface Provenance {
  origin: readonly string[];
}

/** The objects of one kustomization. */
export interface ResourceMap {
  resources: Resource[];
  /** Keys of all ids, while nothing is renamed; absent when they must be looked up again. */
  ids?: Set<string> | undefined;
}

export function currentId(resource: Resource): ObjectId {
  return idOf(resource.value);
}

export function originalId(resource: Resource): ObjectId {
  return resource.previous[0] ?? currentId(resource);
}

/** To be called before a name, namespace or kind changes. */
export function rememberId(resource: Resource): void {
  resource.previous.push(currentId(resource));
}

/** The objects that have, or once had, this id. */
export function withAnyId(map: ResourceMap, wanted: ObjectId): Resource[] {
  const key = idKey(wanted);
  return map.resources.filter(
    (resource) => idKey(currentId(resource)) === key || resource.previous.some((id) => idKey(id) === key),
  );
}
