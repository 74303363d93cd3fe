import type { RepoPath } from '../../tree/repo-path.ts';
import { BuildFailure } from '../build-failure.ts';
import type { Building } from '../building.ts';
import type { KustomizationFile } from './kustomization-file.ts';
import { isBelow, relativeTo, resolvePath } from './resolve-path.ts';

/** @throws BuildFailure when a path leaves the repository, or the kustomization's folder where that is refused */
export function localFile(building: Building, kustomization: KustomizationFile, path: string): RepoPath {
  const { folder } = kustomization;
  const file = resolvePath(folder, path);
  if (file === undefined)
    throw new BuildFailure('outside', `${path} leads out of the repository`, 'Keep what is built in one repository.');
  if (!building.anyFile && !isBelow(folder, file)) {
    const message = `${path} is not in or below ${folder || 'the root'}, where kustomize lets files be`;
    const hint = `Make the folder of the file a base with a kustomization.yaml, and list ${relativeTo(folder, file.slice(0, Math.max(0, file.lastIndexOf('/')))) || '.'} instead.`;
    throw new BuildFailure('outside', message, hint);
  }
  return file;
}
