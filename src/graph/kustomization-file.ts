import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { itemsAt, textAt } from '../yaml/value-at.ts';
import { openYaml, type YamlDocument } from '../yaml/yaml-file.ts';
import { joinedPath } from './joined-path.ts';
import { type KustomizeReference, kustomizeReferences } from './kustomize-references.ts';
import { joined, type Met, problemMet } from './met.ts';
import { placeAt } from './place-at.ts';

/** The names kustomize knows, in the order it looks for them. */
const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Its kustomization.yaml, if the folder has one. */
export function kustomizationFileIn(tree: Tree, folder: RepoPath): RepoPath | undefined {
  const paths = names.map((name) => (folder === '' ? name : `${folder}/${name}`));
  return paths.find((path) => isThere(tree.kindOf(path)));
}

interface Reading {
  tree: Tree;
  /** Whether Flux gets the file. */
  isSent(path: RepoPath): boolean;
  build(folder: RepoPath, file: RepoPath): Met;
}

/** Follows one kustomization.yaml. What it names and is not there, or cannot be read, is a problem with its place. */
export function readKustomization(reading: Reading, folder: RepoPath, file: RepoPath): Met {
  const contents = reading.tree.read(file);
  const [document] = openYaml(typeof contents === 'string' ? contents : '', file).documents;
  const parts: Met[] = [{ files: new Set([file]), patchesDecryption: false, problems: [] }];
  try {
    const value = document?.value();
    for (const reference of kustomizeReferences(value)) parts.push(follow(reading, folder, reference, document));
    const inline = itemsAt(value, ['patches']).some((patch) => givesDecryption(textAt(patch, ['patch']) ?? ''));
    if (inline) parts.push({ files: new Set(), patchesDecryption: true, problems: [] });
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    parts.push({ files: new Set(), patchesDecryption: false, problems: error.problems });
  }
  return joined(parts);
}

/** Whether a patch's text gives Kustomizations a key. */
export function givesDecryption(patch: string): boolean {
  return /\bdecryption\b/.test(patch);
}

function follow(
  { tree, isSent, build }: Reading,
  folder: RepoPath,
  { target, kind, at }: KustomizeReference,
  document: YamlDocument | undefined,
): Met {
  const none = { files: new Set<RepoPath>(), patchesDecryption: false, problems: [] };
  const place = document && placeAt(document, at);
  const wrong = (message: string, hint: string, missing?: RepoPath) =>
    problemMet({ rule: 'reference/file', severity: 'error', message, ...place, hint, ...(missing && { missing }) });
  const path = joinedPath(folder, target);
  if (path === undefined)
    return wrong(`${target} leads out of the repository`, 'Name a file or folder of this repository.');
  const found = tree.kindOf(path);
  if (found === 'folder' && kind === 'either') {
    const below = kustomizationFileIn(tree, path);
    if (below !== undefined) return build(path, below);
    return wrong(`${target} has no kustomization.yaml`, `Add ${path}/kustomization.yaml, or name the files in it.`);
  }
  if (isThere(found) && !isSent(path))
    return wrong(`Flux does not get ${path}: .sourceignore leaves it out`, 'Correct .sourceignore, or move the file.');
  if (isThere(found)) {
    const isPatch = String(at[0]).startsWith('patches');
    const text = isPatch ? tree.read(path) : undefined;
    return { ...none, files: new Set([path]), patchesDecryption: typeof text === 'string' && givesDecryption(text) };
  }
  if (kind === 'either' && isAddress(target)) return none;
  return wrong(`${target} is not there`, `Add ${path}, or remove it here.`, path);
}

function isThere(kind: ReturnType<Tree['kindOf']>): boolean {
  return kind === 'file' || kind === 'link';
}

/** `https://…`, `git@host:…`, `github.com/owner/repository//path?ref=…`: kustomize would fetch it. */
function isAddress(target: string): boolean {
  return /^([a-z+]+:\/\/|git@|[\w-]+(\.[\w-]+)+\/.+\/)/i.test(target) || /\?(ref|version)=/.test(target);
}
