import type { JsonObject } from '../../yaml/json-value.ts';
import { BuildFailure, type Place } from '../build-failure.ts';
import { attempt, type Building, lineAt, report } from '../building.ts';
import type { PatchEntry } from '../loading/kustomization.ts';
import { type KustomizationFile, placeOf } from '../loading/kustomization-file.ts';
import { kindAt } from '../loading/read-text.ts';
import { resolvePath } from '../loading/resolve-path.ts';
import { idOf, showId } from '../object-id.ts';
import { applyJsonPatch } from '../patches/json-patch.ts';
import { mergeInto, retargeted } from '../patches/merge-into.ts';
import { type PatchContent, patchFile, patchText } from '../patches/patch-text.ts';
import { currentId, type Origin, type Resource, type ResourceMap, rememberId, withAnyId } from '../resource.ts';
import { appendAll, emptyMap } from '../resource-map.ts';
import { selection } from '../selector.ts';
import { unshare } from '../shared-texts.ts';
import type { Transformer } from './transformer.ts';

/** `patchesStrategicMerge`, deprecated: files, or patches themselves. */
export const applyStrategicPatches: Transformer = (building, kustomization, map) => {
  for (const [index, text] of (kustomization.spec.patchesStrategicMerge ?? []).entries()) {
    const file = resolvePath(kustomization.folder, text);
    const isFile = !text.includes('\n') && file !== undefined && kindAt(building.tree, file) !== undefined;
    const entry = isFile ? { path: text } : { patch: text };
    patchOne(building, kustomization, map, entry, placeOf(kustomization, 'patchesStrategicMerge', index));
  }
};

export const applyPatches: Transformer = (building, kustomization, map) => {
  for (const [index, entry] of (kustomization.spec.patches ?? []).entries())
    patchOne(building, kustomization, map, entry, placeOf(kustomization, 'patches', index));
};

/** `patchesJson6902`, deprecated. */
export const applyJson6902Patches: Transformer = (building, kustomization, map) => {
  for (const [index, entry] of (kustomization.spec.patchesJson6902 ?? []).entries())
    patchOne(building, kustomization, map, entry, placeOf(kustomization, 'patchesJson6902', index));
};

function patchOne(
  building: Building,
  kustomization: KustomizationFile,
  map: ResourceMap,
  entry: PatchEntry,
  place: Place,
): void {
  attempt(building, place, () => {
    if (Boolean(entry.path) === Boolean(entry.patch))
      throw new BuildFailure('patch', 'a patch needs either path or patch', 'Give exactly one of the two.');
    const content = contentOf(building, kustomization, entry, place);
    const targets = targetsOf(content, entry, map);
    for (const { resource, patch } of targets) {
      if ('operations' in patch) applyOperations(resource, patch.operations);
      else mergeInto(map, resource, patch.object, entry.options ?? {});
      resource.origins.push(patch.origin);
    }
    map.ids = undefined;
    // Merging makes kustomize build its list anew, and see that two objects have become one.
    if (content.kind === 'objects' && targets.length > 0) appendAll(emptyMap(), map.resources);
    if (targets.length === 0 && entry.target) report(building, selectsNothing(place), 'warning');
  });
}

function contentOf(
  building: Building,
  kustomization: KustomizationFile,
  { path: file, patch = '' }: PatchEntry,
  place: Place,
): PatchContent {
  if (file) return patchFile(building, kustomization, file);
  // The line is looked up when somebody asks where an object comes from; most never do.
  return patchText(patch, {
    file: place.file,
    document: place.document ?? 0,
    get line() {
      return lineAt(building, place);
    },
  });
}

type Operations = Extract<PatchContent, { kind: 'operations' }>['operations'];
type Work = { operations: Operations } | { object: JsonObject };

interface Target {
  resource: Resource;
  patch: Work & { origin: Origin };
}

function targetsOf(content: PatchContent, { target }: PatchEntry, map: ResourceMap): Target[] {
  if (content.kind === 'operations') {
    if (!target) {
      const hint = 'Add target: with kind and name of the objects it is for.';
      throw new BuildFailure('patch', 'a JSON 6902 patch needs a target', hint);
    }
    return map.resources.filter(selection(target)).map((resource) => ({ resource, patch: content }));
  }
  if (target) {
    if (content.objects.length > 1)
      throw new BuildFailure('patch', 'several patches cannot share a target', 'Make each an entry of its own.');
    const chosen = map.resources.filter(selection(target));
    return content.objects.flatMap(({ object, origin }) =>
      chosen.map((resource) => ({ resource, patch: { object: retargeted(object, resource), origin } })),
    );
  }
  return content.objects.map((patch) => ({ resource: onlyOne(map, patch.object, patch.origin), patch }));
}

function onlyOne(map: ResourceMap, patch: JsonObject, origin: Origin): Resource {
  const id = idOf(patch);
  const [first, second] = withAnyId(map, id);
  if (first !== undefined && second === undefined) return first;
  const found = first === undefined ? 'nothing in this build is' : 'more than one object is';
  const hint = 'Compare apiVersion, kind, name and namespace; the namespace must be written as in the object.';
  throw new BuildFailure('no-target', `${found} ${showId(id)}, which this patch is for`, hint, origin);
}

function applyOperations(resource: Resource, operations: Operations): void {
  rememberId(resource);
  applyJsonPatch(resource.value, operations);
  unshare(resource.value);
  const { kind, name } = currentId(resource);
  if (kind === '' || name === '')
    throw new BuildFailure('json-patch', 'the patch takes kind or name away', 'Leave kind and metadata.name in place.');
}

function selectsNothing(place: Place): BuildFailure {
  const hint = 'Correct its target, or remove the patch.';
  return new BuildFailure('patch-selects-nothing', 'this patch selects no object', hint, place);
}
