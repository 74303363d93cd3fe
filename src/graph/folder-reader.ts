import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { walkFiles } from '../tree/walk-files.ts';
import { joinedPath } from './joined-path.ts';
import { kustomizationFileIn, readKustomization } from './kustomization-file.ts';
import { type KustomizationObject, type ManifestFile, readManifestFile } from './manifest-file.ts';
import { type FileProblem, joined, type Met, problemMet } from './met.ts';
import { sourceFilter } from './source-ignore.ts';

/** What Flux reads for one folder. */
export interface FolderContents {
  /** Every file that is read on the way, kustomization.yaml, patches and generators' files included; each once. */
  files: readonly RepoPath[];
  /** Those of them that SOPS has encrypted. */
  encrypted: readonly RepoPath[];
  kustomizations: readonly KustomizationObject[];
  /** Some patch gives `decryption` to Kustomizations. Which, only a build could tell. */
  patchesDecryption: boolean;
  problems: readonly FileProblem[];
}

/** Reads folders as Flux does, each file and each folder once, however many Kustomizations come to it. */
export interface FolderReader {
  /**
   * A Kustomization's folder, with its `spec.components`. Without kustomization.yaml Flux takes every manifest below:
   * https://fluxcd.io/flux/components/kustomize/kustomizations/#generate-kustomizationyaml
   */
  read(folder: RepoPath, components: readonly string[]): FolderContents;
}

/** @param tree what is on disk, or planned */
export function folderReader(tree: Tree): FolderReader {
  const isSent = sourceFilter(tree);
  const manifests = new Map<RepoPath, ManifestFile | undefined>();
  const built = new Map<RepoPath, Met | 'being read'>();
  const folders = new Map<string, FolderContents>();

  function manifest(path: RepoPath): ManifestFile | undefined {
    if (!manifests.has(path)) manifests.set(path, readManifestFile(tree, path));
    return manifests.get(path);
  }

  /** What a folder's kustomization.yaml names, to any depth. */
  function build(folder: RepoPath, file: RepoPath): Met {
    const known = built.get(folder);
    if (known === 'being read') return problemMet(circle(file));
    if (known !== undefined) return known;
    built.set(folder, 'being read');
    const met = readKustomization({ tree, isSent, build }, folder, file);
    built.set(folder, met);
    return met;
  }

  function generated(folder: RepoPath): Met {
    const met: Met[] = [];
    const files = new Set<RepoPath>();
    const enter = (below: RepoPath) => {
      const file = kustomizationFileIn(tree, below);
      if (file !== undefined) met.push(build(below, file));
      return file === undefined;
    };
    for (const path of walkFiles(tree, folder, enter)) if (/\.ya?ml$/.test(path) && isSent(path)) files.add(path);
    return joined([{ files, patchesDecryption: false, problems: [] }, ...met]);
  }

  function contentsOf(folder: RepoPath, components: readonly string[]): FolderContents {
    const file = kustomizationFileIn(tree, folder);
    const own = file === undefined ? generated(folder) : build(folder, file);
    const added = components.flatMap((component) => {
      const path = joinedPath(folder, component);
      const below = path === undefined ? undefined : kustomizationFileIn(tree, path);
      return path === undefined || below === undefined ? [] : [build(path, below)];
    });
    const { files, patchesDecryption, problems } = joined([own, ...added]);
    const read = [...files].map((path) => ({ path, ...manifest(path) }));
    return {
      files: [...files],
      encrypted: read.filter(({ isEncrypted }) => isEncrypted).map(({ path }) => path),
      kustomizations: read.flatMap(({ kustomizations = [] }) => kustomizations),
      patchesDecryption,
      problems: [...problems, ...read.flatMap((each) => each.problems ?? [])],
    };
  }

  return {
    read(folder, components) {
      const key = JSON.stringify([folder, ...components]);
      const contents = folders.get(key) ?? contentsOf(folder, components);
      folders.set(key, contents);
      return contents;
    },
  };
}

function circle(file: RepoPath): Problem {
  const message = 'this kustomization includes itself, over others or directly';
  return { rule: 'reference/circle', severity: 'error', message, file };
}
