import type { Tree } from '../../tree/tree.ts';
import { fieldOf, isJsonObject, type JsonObject } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { type Build, type BuiltObject, buildFrom, newBuilding } from '../build-kustomization.ts';
import { attempt, type Building } from '../building.ts';
import { type KustomizationFile, kustomizationFilesIn, readKustomization } from '../loading/kustomization-file.ts';
import { kindAt } from '../loading/read-text.ts';
import { resolvePath } from '../loading/resolve-path.ts';
import type { Origin } from '../resource.ts';
import { withFluxSpec } from './flux-spec.ts';
import { generatedKustomization } from './generated-kustomization.ts';

/**
 * Builds what a Flux Kustomization applies, before variables are substituted: the folder of its path with its own
 * patches, images, components, names and namespace, as kustomize-controller 1.9 does; see
 * https://fluxcd.io/flux/components/kustomize/kustomizations/
 *
 * @param spec of the Flux Kustomization
 * @param owner the document it is in: place of its own patches
 */
export function buildFluxKustomization(tree: Tree, spec: JsonObject, owner: Origin): Build {
  // Flux lets files be anywhere in the artifact.
  const building = newBuilding(tree, true);
  let objects: readonly BuiltObject[] = [];
  attempt(building, { file: owner.file, line: owner.line }, () => {
    const kustomization = rootOf(building, spec, owner);
    objects = buildFrom(building, withFluxSpec(building, kustomization, spec, owner));
  });
  for (const { value } of objects) addCommonMetadata(value, spec);
  return { objects, problems: building.problems, notBuilt: building.notBuilt };
}

function rootOf(building: Building, spec: JsonObject, owner: Origin): KustomizationFile {
  const path = typeof spec.path === 'string' ? spec.path : '';
  const folder = resolvePath('', path.replace(/^\/+/, ''));
  const place = { file: owner.file, document: owner.document, path: ['spec', 'path'] };
  if (folder === undefined)
    throw new BuildFailure('outside', `spec.path ${path} leads out of the repository`, 'Correct spec.path.', place);
  const isFolder = folder === '' || building.tree.list(folder).length > 0 || kindAt(building.tree, folder) === 'folder';
  if (!isFolder)
    throw new BuildFailure(
      'missing-path',
      `spec.path ${path} is no folder here`,
      'Add it, or correct spec.path.',
      place,
    );
  if (kustomizationFilesIn(building.tree, folder).length === 0)
    return generatedKustomization(building.tree, folder, owner);
  const found = readKustomization(building, folder, false);
  if (found === undefined)
    throw new BuildFailure('no-kustomization', `${folder} has none`, 'Correct spec.path.', place);
  const isEmpty = (found.spec.resources ?? []).length === 0;
  return isEmpty ? { ...found, spec: { ...found.spec, buildMetadata: ['originAnnotations'] } } : found;
}

/** Set last, over everything: `spec.commonMetadata`. */
function addCommonMetadata(object: JsonObject, spec: JsonObject): void {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return;
  for (const field of ['labels', 'annotations']) {
    const added = fieldOf(spec.commonMetadata, field);
    if (!isJsonObject(added) || Object.keys(added).length === 0) continue;
    const present = fieldOf(metadata, field);
    metadata[field] = { ...(isJsonObject(present) ? present : {}), ...added };
  }
}
