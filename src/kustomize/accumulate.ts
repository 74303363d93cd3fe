import type { RepoPath } from '../tree/repo-path.ts';
import { BuildFailure, type Place } from './build-failure.ts';
import { attempt, type Building, leaveOut } from './building.ts';
import { generateObjects } from './generating/generate-objects.ts';
import {
  type KustomizationFile,
  kustomizationFilesIn,
  placeOf,
  readKustomization,
} from './loading/kustomization-file.ts';
import { localFile } from './loading/local-file.ts';
import { readObjects } from './loading/read-objects.ts';
import { kindAt } from './loading/read-text.ts';
import { isRemote } from './loading/remote.ts';
import { resolvePath } from './loading/resolve-path.ts';
import { leaveOutUnbuildable } from './loading/unbuildable.ts';
import type { ResourceMap } from './resource.ts';
import { appendAll, emptyMap } from './resource-map.ts';
import { transformers } from './transformers/transformers.ts';

/** Objects and folders of one build: bases that include each other twice multiply without end otherwise. */
const mostSteps = 30_000;
/** Folders that include each other: links can lead down for ever. */
const deepest = 64;

/**
 * Builds one kustomization and what it includes, names and references not yet final.
 *
 * @param map what is there already: a component works on the objects of the kustomization that includes it
 * @param above the folders that lead here, outermost first
 */
export function accumulate(
  building: Building,
  kustomization: KustomizationFile,
  map: ResourceMap,
  above: readonly RepoPath[],
): ResourceMap {
  const { spec, file, folder } = kustomization;
  const folders = [...above, folder];
  for (const [index, entry] of (spec.resources ?? []).entries()) {
    const place = placeOf(kustomization, 'resources', index);
    attempt(building, place, () => addResource(building, kustomization, entry, map, folders, place));
  }
  attempt(building, { file }, () => generateObjects(building, kustomization, map));
  for (const [index, entry] of (spec.components ?? []).entries()) {
    const place = placeOf(kustomization, 'components', index);
    attempt(building, place, () => addComponent(building, kustomization, entry, map, folders, place));
  }
  for (const transform of transformers) attempt(building, { file }, () => transform(building, kustomization, map));
  leaveOutUnbuildable(building, kustomization);
  return map;
}

function addResource(
  building: Building,
  kustomization: KustomizationFile,
  entry: string,
  map: ResourceMap,
  folders: readonly RepoPath[],
  place: Place,
): void {
  const path = resolvePath(kustomization.folder, entry);
  const kind = path === undefined ? undefined : kindAt(building.tree, path);
  if (path === undefined || (path !== '' && kind === undefined)) {
    if (!isRemote(entry)) throw notThere(entry, path);
    leaveOut(building, `the remote base ${entry}`, place);
    return;
  }
  if (path === '' || kind === 'folder' || kustomizationFilesIn(building.tree, path).length > 0) {
    appendAll(map, folderObjects(building, path, folders, 'Kustomization').resources);
    return;
  }
  const file = localFile(building, kustomization, entry);
  const objects = readObjects(building.tree, file);
  takeSteps(building, objects.length);
  appendAll(map, objects);
}

function takeSteps(building: Building, count: number): void {
  building.steps += count;
  if (building.steps <= mostSteps) return;
  const hint = 'Let fewer bases include each other.';
  throw new BuildFailure('too-large', `this build includes more than ${mostSteps} objects and folders`, hint);
}

function folderObjects(
  building: Building,
  path: RepoPath,
  folders: readonly RepoPath[],
  wanted: 'Kustomization' | 'Component',
  map = emptyMap(),
): ResourceMap {
  if (folders.includes(path) || folders.length >= deepest) {
    const way = [...folders, path].map((folder) => folder || '.').join(' -> ');
    throw new BuildFailure('cycle', `kustomizations include each other: ${way}`, 'Remove one of these steps.');
  }
  if (
    wanted === 'Kustomization' &&
    folders.some((folder) => folder === path || folder.startsWith(`${path}/`) || path === '')
  ) {
    const way = [...folders, path].map((folder) => folder || '.').join(' -> ');
    throw new BuildFailure(
      'cycle',
      `a kustomization includes a folder it is in: ${way}`,
      'List files, or move the base beside it.',
    );
  }
  takeSteps(building, 1);
  const kustomization = building.known.get(path) ?? readKustomization(building, path);
  if (kustomization) building.known.set(path, kustomization);
  if (kustomization === undefined) {
    const hint = 'Add a kustomization.yaml to it, or list its files one by one.';
    throw new BuildFailure('no-kustomization', `${path || 'the root'} has no kustomization file`, hint);
  }
  const kind = kustomization.spec.kind || 'Kustomization';
  if (kind === wanted) return accumulate(building, kustomization, map, folders);
  const where = kind === 'Component' ? 'components' : 'resources';
  throw new BuildFailure('wrong-kind', `${path} is a ${kind}, not a ${wanted}`, `List it under ${where}.`);
}

function addComponent(
  building: Building,
  kustomization: KustomizationFile,
  entry: string,
  map: ResourceMap,
  folders: readonly RepoPath[],
  place: Place,
): void {
  const path = resolvePath(kustomization.folder, entry);
  const isThere = path !== undefined && (path === '' || kindAt(building.tree, path) !== undefined);
  if (path !== undefined && isThere) folderObjects(building, path, folders, 'Component', map);
  else if (isRemote(entry)) leaveOut(building, `the remote component ${entry}`, place);
  else throw notThere(entry, path);
}

function notThere(entry: string, path: RepoPath | undefined): BuildFailure {
  if (path === undefined)
    return new BuildFailure('outside', `${entry} leads out of the repository`, 'Keep what is built in one repository.');
  const hint = 'Add the file or folder, or remove the line that names it.';
  return new BuildFailure('missing-file', `${path} does not exist`, hint);
}
