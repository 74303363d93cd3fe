import { fieldOf, isJsonObject, type JsonObject } from '../yaml/json-value.ts';
import { attempt, type Building } from './building.ts';
import { contentHash } from './content-hash.ts';
import type { KustomizationFile } from './loading/kustomization-file.ts';
import { relativeTo } from './loading/resolve-path.ts';
import { fixNameReferences } from './names/name-references.ts';
import { textOf } from './object-id.ts';
import { type Resource, type ResourceMap, rememberId } from './resource.ts';
import { appendAll, emptyMap } from './resource-map.ts';
import { legacyOrder } from './sort-order.ts';

/** What happens once, at the end of a whole build: hashes, references, order. */
export function finish(building: Building, { spec, file, folder }: KustomizationFile, map: ResourceMap): Resource[] {
  for (const resource of map.resources) if (resource.needsHash) appendHash(resource);
  attempt(building, { file }, () => fixNameReferences(map));
  const kept = map.resources.filter(({ value }) => !isLocal(value));
  for (const { value } of kept) writeAnnotationsAsText(value);
  for (const resource of kept) note(resource, spec.buildMetadata ?? [], folder);
  if (spec.sortOptions?.order !== 'legacy') return kept;
  const sorted = legacyOrder(kept, spec.sortOptions.legacySortOptions);
  // Only here does kustomize see that a rename has made two objects one.
  attempt(building, { file, path: ['sortOptions'] }, () => appendAll(emptyMap(), sorted));
  return sorted;
}

function appendHash(resource: Resource): void {
  const { metadata } = resource.value;
  if (!isJsonObject(metadata)) return;
  const hash = contentHash(resource.value);
  rememberId(resource);
  metadata.name = `${textOf(metadata.name)}-${hash}`;
}

/** Objects for tools only are not put out. */
function isLocal(value: JsonObject): boolean {
  const mark = fieldOf(fieldOf(value.metadata, 'annotations'), 'config.kubernetes.io/local-config');
  return mark !== undefined && mark !== 'false';
}

/** What patches put there may be numbers; the API server takes text only, and kustomize makes it so. */
function writeAnnotationsAsText({ metadata }: JsonObject): void {
  const annotations = fieldOf(metadata, 'annotations');
  if (!isJsonObject(annotations)) return;
  if (Object.keys(annotations).length === 0 && isJsonObject(metadata)) delete metadata.annotations;
  for (const [name, value] of Object.entries(annotations))
    if (typeof value === 'number' || typeof value === 'boolean') annotations[name] = String(value);
}

function note(resource: Resource, wanted: readonly string[], folder: string): void {
  const { metadata } = resource.value;
  if (!isJsonObject(metadata)) return;
  if (wanted.includes('managedByLabel'))
    metadata.labels = { ...mapOf(metadata, 'labels'), 'app.kubernetes.io/managed-by': 'kustomize-v5.8.1' };
  if (!wanted.includes('originAnnotations')) return;
  const lines = resource.provenance.origin.map((line) =>
    line.replace(/^(path|configuredIn): (.*)$/, (_, field, path) => `${field}: ${relativeTo(folder, path)}`),
  );
  metadata.annotations = { ...mapOf(metadata, 'annotations'), 'config.kubernetes.io/origin': `${lines.join('\n')}\n` };
}

function mapOf(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return isJsonObject(value) ? value : {};
}
