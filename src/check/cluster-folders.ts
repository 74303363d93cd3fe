import { joinedPath } from '../graph/joined-path.ts';
import type { Model } from '../model/model.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { textAt } from '../yaml/value-at.ts';
import type { SourceFile } from './source-files.ts';

/** A cluster's name, and the folder that Flux is bootstrapped with there. */
export interface ClusterFolder {
  name: string;
  folder: RepoPath;
}

/**
 * The clusters of a repository: those of the model; else the folders that `flux bootstrap` names in a gotk-sync.yaml and
 * the folders in `clusters/`; else the topmost folders with Kustomizations of Flux that no other one comes to.
 */
export function clusterFolders(
  model: Model | undefined,
  paths: readonly RepoPath[],
  files: ReadonlyMap<RepoPath, SourceFile>,
): ClusterFolder[] {
  if (model !== undefined)
    return Object.keys(model.clusters)
      .sort()
      .map((name) => ({ name, folder: `clusters/${name}` }));
  const found = [...fluxKustomizations(files)];
  const synced = found.filter(({ isRoot }) => isRoot).flatMap(({ path }) => (path === undefined ? [] : [path]));
  const listed = paths.flatMap((path) => /^((?:.*\/)?clusters\/[^/]+)\/.+\.ya?ml$/.exec(path)?.[1] ?? []);
  const chosen = outermost([...synced, ...listed.filter((folder) => !synced.some((root) => isIn(folder, root)))]);
  if (chosen.length > 0) return named(chosen);
  const reconciled = found.flatMap(({ path }) => path ?? []);
  const free = found.map(({ folder }) => folder).filter((folder) => !reconciled.some((path) => isIn(folder, path)));
  return named(outermost(free));
}

interface Found {
  folder: RepoPath;
  path: RepoPath | undefined;
  isRoot: boolean;
}

function* fluxKustomizations(files: ReadonlyMap<RepoPath, SourceFile>): Generator<Found> {
  for (const file of files.values()) {
    if (!file.text.includes('kustomize.toolkit.fluxcd.io/')) continue;
    for (const { value } of file.documents) {
      if (!textAt(value, ['apiVersion'])?.startsWith('kustomize.toolkit.fluxcd.io/')) continue;
      if (textAt(value, ['kind']) !== 'Kustomization') continue;
      const isFlux = (field: string) => textAt(value, ['metadata', field]) === 'flux-system';
      yield {
        folder: file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))),
        path: joinedPath('', textAt(value, ['spec', 'path']) ?? ''),
        isRoot: isFlux('name') && isFlux('namespace'),
      };
    }
  }
}

function isIn(folder: RepoPath, above: RepoPath): boolean {
  return above === '' || folder === above || folder.startsWith(`${above}/`);
}

function outermost(folders: readonly RepoPath[]): RepoPath[] {
  const all = [...new Set(folders)].sort();
  return all.filter((folder) => !all.some((other) => other !== folder && isIn(folder, other)));
}

/** Named after their last part; in full where two have the same one. */
function named(folders: readonly RepoPath[]): ClusterFolder[] {
  const last = (folder: RepoPath) => folder.slice(folder.lastIndexOf('/') + 1) || '.';
  return folders.map((folder) => {
    const isAlone = folders.filter((other) => last(other) === last(folder)).length === 1;
    return { name: isAlone ? last(folder) : folder, folder };
  });
}
