import type { RepoPath } from '../../tree/repo-path.ts';
import type { Tree } from '../../tree/tree.ts';
import { isJsonObject } from '../../yaml/json-value.ts';
import { BuildFailure, type Place } from '../build-failure.ts';
import type { Building } from '../building.ts';
import type { Origin } from '../resource.ts';
import { decodeKustomization } from './decode-kustomization.ts';
import type { Kustomization } from './kustomization.ts';
import { parsedFile } from './parsed-files.ts';
import { kindAt } from './read-text.ts';

/** A kustomization, where it is, and what is in it after old spellings are brought to today's. */
export interface KustomizationFile {
  folder: RepoPath;
  file: RepoPath;
  spec: Kustomization;
  /** Set when a Flux Kustomization has added patches and components behind the file's own, of which there are so many. */
  addedBy?: { owner: Origin; own: { patches: number; components: number } };
}

/** Where an entry of a list stands. @param index 0-based */
export function placeOf({ file, addedBy }: KustomizationFile, field: keyof Kustomization, index: number): Place {
  if (addedBy === undefined) return { file, path: [field, index] };
  const { owner, own } = addedBy;
  const before = field === 'patches' || field === 'components' ? own[field] : Number.POSITIVE_INFINITY;
  if (index < before && owner.file !== file) return { file, path: [field, index] };
  if (index < before) return { file, line: owner.line };
  return { file: owner.file, document: owner.document, path: ['spec', field, index - before] };
}

/** The names kustomize looks for, in this order. */
const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The kustomization files of a folder; more than one is an error to kustomize. */
export function kustomizationFilesIn(tree: Tree, folder: RepoPath): RepoPath[] {
  return names
    .map((name) => (folder === '' ? name : `${folder}/${name}`))
    .filter((path) => ['file', 'link'].includes(kindAt(tree, path) ?? ''));
}

/**
 * @param isStrict false where Flux has rewritten the file, which drops fields it does not know
 * @returns undefined when the folder has none
 * @throws BuildFailure when it cannot be understood
 */
export function readKustomization(
  building: Building,
  folder: RepoPath,
  isStrict = true,
): KustomizationFile | undefined {
  const [file, second] = kustomizationFilesIn(building.tree, folder);
  if (file === undefined) return undefined;
  if (second !== undefined && isStrict) {
    const message = `${folder || 'the folder'} has more than one kustomization file`;
    throw new BuildFailure('two-kustomizations', message, `Remove one of ${file} and ${second}.`, {
      file: second,
      line: 1,
    });
  }
  const value =
    parsedFile(building.tree, file, 'kustomization').find((document) => document.value !== null)?.value ?? {};
  if (!isJsonObject(value)) {
    const hint = 'Write fields such as `resources:` with a list below.';
    throw new BuildFailure('wrong-type', `${file} is no map`, hint, { file, line: 1 });
  }
  const spec = decodeKustomization(value, file, isStrict);
  refuseOtherKind(spec, file);
  refuseOtherOrder(spec, file);
  if (isStrict) refuseEmpty(spec, file);
  return { folder, file, spec: inTodaysSpelling(spec) };
}

function refuseOtherKind({ kind, apiVersion }: Kustomization, file: RepoPath): void {
  const hint = 'Write kind: Kustomization, or Component with apiVersion: kustomize.config.k8s.io/v1alpha1.';
  if (kind !== undefined && kind !== '' && kind !== 'Kustomization' && kind !== 'Component')
    throw new BuildFailure('wrong-kind', `kustomize cannot build a ${kind}`, hint, { file, path: ['kind'] });
  const wanted = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (apiVersion && apiVersion !== wanted)
    throw new BuildFailure('wrong-kind', `apiVersion of a ${kind ?? 'Kustomization'} must be ${wanted}`, hint, {
      file,
      path: ['apiVersion'],
    });
}

function refuseOtherOrder({ sortOptions }: Kustomization, file: RepoPath): void {
  const order = sortOptions?.order ?? 'fifo';
  if (order === 'fifo' || order === 'legacy') return;
  const place = { file, path: ['sortOptions', 'order'] };
  throw new BuildFailure('sort-order', `there is no order ${order}`, 'Write fifo or legacy.', place);
}

/** A file that says nothing is refused; `resources: []` says something. */
function refuseEmpty(spec: Kustomization, file: RepoPath): void {
  const meaningful = Object.entries(spec).filter(
    ([field, value]) => !['apiVersion', 'kind'].includes(field) && value !== '',
  );
  if (meaningful.length > 0) return;
  throw new BuildFailure('empty', `${file} is empty`, 'Write `resources: []` if nothing shall be built.', {
    file,
    line: 1,
  });
}

function inTodaysSpelling(spec: Kustomization): Kustomization {
  return {
    ...spec,
    resources: [...(spec.resources ?? []), ...(spec.bases ?? [])],
    images: [...(spec.images ?? []), ...(spec.imageTags ?? [])],
  };
}
