import type { RepoPath } from '../../tree/repo-path.ts';
import type { Tree } from '../../tree/tree.ts';
import { type KustomizationFile, kustomizationFilesIn } from '../loading/kustomization-file.ts';
import { readObjects } from '../loading/read-objects.ts';
import type { Origin } from '../resource.ts';

/**
 * The kustomization that Flux writes into a folder without one: every YAML file below it, and folders that have their
 * own as they are. A file that holds no objects fails the build.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#generating-a-kustomizationyaml-file
 *
 * @throws BuildFailure for a YAML file that holds something else
 */
export function generatedKustomization(tree: Tree, folder: RepoPath, owner: Origin): KustomizationFile {
  const prefix = folder === '' ? '' : `${folder}/`;
  const resources = [...manifestsBelow(tree, folder)].map((path) => `./${path.slice(prefix.length)}`);
  // Flux must write something, or kustomize would call the file empty.
  const spec = resources.length === 0 ? { namespace: '_placeholder' } : { resources };
  return { folder, file: owner.file, spec, addedBy: { owner, own: { patches: 0, components: 0 } } };
}

function* manifestsBelow(tree: Tree, folder: RepoPath): Generator<RepoPath> {
  for (const { name, kind } of tree.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kind === 'folder') {
      if (kustomizationFilesIn(tree, path).length > 0) yield path;
      else yield* manifestsBelow(tree, path);
    } else if (/\.ya?ml$/.test(name)) {
      readObjects(tree, path);
      yield path;
    }
  }
}
