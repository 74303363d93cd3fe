import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { itemsAt, textAt, valueAt } from '../yaml/value-at.ts';
import type { Decryption, FluxKustomization } from './flux-kustomization.ts';
import { type FolderContents, type FolderReader, folderReader } from './folder-reader.ts';
import { joinedPath } from './joined-path.ts';
import { givesDecryption } from './kustomization-file.ts';
import type { KustomizationObject } from './manifest-file.ts';
import type { FileProblem } from './met.ts';

/** What Flux does on one cluster, as far as this repository tells. */
export interface Reconciliation {
  /** The cluster's own first, then as they are met; each name once. */
  kustomizations: FluxKustomization[];
  /** What is missing or unreadable on the way; beyond it nothing is known. */
  problems: FileProblem[];
}

/** Answers for one cluster after the other; what they share is read once. */
export interface FluxGraph {
  /** @param clusterFolder what Flux is bootstrapped with: `clusters/<cluster>` */
  reconciledBy(clusterFolder: RepoPath): Reconciliation;
}

/** The Kustomization that `flux bootstrap` makes, and the source it is made with. */
const flux = 'flux-system';

const nothing: FolderContents = {
  files: [],
  encrypted: [],
  kustomizations: [],
  patchesDecryption: false,
  problems: [],
};

/**
 * Follows Flux' Kustomizations from a cluster's folder to any depth, without building: patches are not applied to them
 * and no variables are put in. Time grows with the files and with the Kustomizations of all clusters together.
 */
export function fluxGraph(tree: Tree): FluxGraph {
  const reader = folderReader(tree);
  return { reconciledBy: (clusterFolder) => reconciled(tree, reader, clusterFolder) };
}

function reconciled(tree: Tree, reader: FolderReader, clusterFolder: RepoPath): Reconciliation {
  const first = reader.read(clusterFolder, []);
  const own = first.kustomizations.find((object) => nameOf(object) === flux && namespaceOf(object) === flux);
  const root: FluxKustomization = {
    name: flux,
    namespace: flux,
    object: own,
    parent: undefined,
    path: clusterFolder,
    outside: undefined,
    decryption: own && decryptionOf(own),
    contents: first,
  };
  const met = new Map([[`${flux}/${flux}`, root]]);
  const problems = [...first.problems];
  // a Map gives what is set while it is walked
  for (const parent of met.values()) {
    const patched = parent.contents.patchesDecryption || patchesDecryption(parent.object);
    for (const object of parent.contents.kustomizations) {
      const id = `${namespaceOf(object)}/${nameOf(object)}`;
      if (met.has(id)) continue;
      const child = kustomizationOf(tree, reader, object, parent, problems);
      if (patched) child.decryption ??= { provider: 'sops', secretName: undefined };
      met.set(id, child);
    }
  }
  return { kustomizations: [...met.values()], problems: distinct(problems) };
}

function kustomizationOf(
  tree: Tree,
  reader: FolderReader,
  object: KustomizationObject,
  parent: FluxKustomization,
  problems: FileProblem[],
): FluxKustomization {
  const outside = outsideSource(object);
  const path = outside === undefined ? pathOf(tree, object, problems) : undefined;
  const components = itemsAt(object.value, ['spec', 'components']).filter((item) => typeof item === 'string');
  const contents = path === undefined ? nothing : reader.read(path, components);
  problems.push(...contents.problems);
  return {
    name: nameOf(object),
    namespace: namespaceOf(object),
    object,
    parent,
    path,
    outside,
    decryption: decryptionOf(object),
    contents,
  };
}

function pathOf(tree: Tree, object: KustomizationObject, problems: FileProblem[]): RepoPath | undefined {
  const told = textAt(object.value, ['spec', 'path']) ?? '';
  const path = joinedPath('', told.replace(/^\/+/, ''));
  const isVariable = told.includes('${');
  if (path !== undefined && !isVariable && (path === '' || isFolder(tree, path))) return path;
  const what = `Kustomization ${nameOf(object)} reconciles ${told}, which`;
  problems.push({
    rule: 'reference/path',
    severity: isVariable ? 'warning' : 'error',
    message: isVariable ? `${what} depends on a variable and is not followed` : `${what} is not there`,
    ...object.placeOf(['spec', 'path']),
    hint: isVariable ? 'Write the path out.' : 'Correct spec.path, or remove the Kustomization.',
  });
  return undefined;
}

function isFolder(tree: Tree, path: RepoPath): boolean {
  const kind = tree.kindOf(path);
  return kind === 'folder' || (kind === 'link' && tree.list(path).length > 0);
}

/** Only the source that Flux was bootstrapped with is this repository. */
function outsideSource(object: KustomizationObject): string | undefined {
  const source = valueAt(object.value, ['spec', 'sourceRef']);
  const kind = textAt(source, ['kind']) ?? 'GitRepository';
  const name = textAt(source, ['name']) ?? '';
  const namespace = textAt(source, ['namespace']) ?? namespaceOf(object);
  const isOurs = kind === 'GitRepository' && name === flux && namespace === flux;
  return isOurs ? undefined : `${kind}/${namespace}/${name}`;
}

function decryptionOf(object: KustomizationObject): Decryption | undefined {
  const decryption = valueAt(object.value, ['spec', 'decryption']);
  const provider = textAt(decryption, ['provider']);
  return provider === undefined ? undefined : { provider, secretName: textAt(decryption, ['secretRef', 'name']) };
}

function patchesDecryption(object: KustomizationObject | undefined): boolean {
  const patches = itemsAt(object?.value, ['spec', 'patches']);
  return patches.some((patch) => givesDecryption(textAt(patch, ['patch']) ?? ''));
}

function nameOf({ value }: KustomizationObject): string {
  return textAt(value, ['metadata', 'name']) ?? '';
}

function namespaceOf({ value }: KustomizationObject): string {
  return textAt(value, ['metadata', 'namespace']) ?? flux;
}

function distinct(problems: readonly FileProblem[]): FileProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
