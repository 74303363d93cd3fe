import type { Problem } from '../problem.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { JsonObject } from '../yaml/json-value.ts';
import { accumulate } from './accumulate.ts';
import { BuildFailure } from './build-failure.ts';
import { attempt, type Building, type NotBuilt } from './building.ts';
import { finish } from './finish.ts';
import { type KustomizationFile, readKustomization } from './loading/kustomization-file.ts';
import { resolvePath } from './loading/resolve-path.ts';
import type { Origin } from './resource.ts';
import { emptyMap } from './resource-map.ts';

/** An object as a cluster would get it. */
export interface BuiltObject {
  value: JsonObject;
  /** Where it was born, then each patch that touched it, in their order. Lines of patches are looked up when read. */
  origins: readonly Origin[];
}

/** What a build gives. With an error among the problems kustomize itself gives nothing; `objects` is then what can be told. */
export interface Build {
  /** In kustomize's order. */
  objects: readonly BuiltObject[];
  /** What makes kustomize fail, as errors; patches that select nothing as warnings. */
  problems: readonly Problem[];
  /** What is left out because it needs a network or a program. */
  notBuilt: readonly NotBuilt[];
}

export interface BuildOptions {
  /**
   * Whether files may lie outside the folder of the kustomization that names them: `none` as Flux builds,
   * `root-only` as `kustomize build` does unless told otherwise.
   */
  loadRestrictor?: 'root-only' | 'none';
}

/**
 * Builds a folder with a kustomization file as `kustomize build` v5.8 does, without network, programs or plugins.
 *
 * @param path of the folder, relative to the root of the tree, `''` for the root
 */
export function buildKustomization(tree: Tree, path: RepoPath, options: BuildOptions = {}): Build {
  const folder = resolvePath('', path) ?? path;
  const building = newBuilding(tree, options.loadRestrictor === 'none');
  let objects: readonly BuiltObject[] = [];
  attempt(building, { file: folder || '.', line: 1 }, () => {
    const kustomization = readKustomization(building, folder);
    if (kustomization === undefined)
      throw new BuildFailure(
        'no-kustomization',
        `${folder || 'the root'} has no kustomization file`,
        'Add kustomization.yaml.',
      );
    objects = buildFrom(building, kustomization);
  });
  return { objects, problems: building.problems, notBuilt: building.notBuilt };
}

export function newBuilding(tree: Tree, anyFile: boolean): Building {
  return { tree, anyFile, problems: [], notBuilt: [], known: new Map(), steps: 0 };
}

/** Builds from a kustomization that is read already. */
export function buildFrom(building: Building, kustomization: KustomizationFile): readonly BuiltObject[] {
  const map = accumulate(building, kustomization, emptyMap(), []);
  return finish(building, kustomization, map).map(({ value, origins }) => ({ value, origins }));
}
