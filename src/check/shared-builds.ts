import type { Build } from '../kustomize/build-kustomization.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { valueAt } from '../yaml/value-at.ts';
import type { Variables } from './checked-repository.ts';
import { fluxBuild } from './flux-build.ts';
import { type Substitution, substitute } from './substitute.ts';
import { usedVariables } from './substitution/used-variables.ts';

/** Builds and substitutions, each made once: clusters share overlays, and few objects have variables. */
export interface SharedBuilds {
  /** @param spec of the Kustomization, whose own patches, images, components … count */
  build(folder: RepoPath, spec: unknown): Build;
  substituted(build: Build, variables: Variables, isAlways: boolean): Substitution;
}

/** Fields of a Kustomization that a build depends on. */
const buildFields = [
  'targetNamespace',
  'namePrefix',
  'nameSuffix',
  'commonMetadata',
  'components',
  'patches',
  'images',
];

export function sharedBuilds(tree: Tree, isSent: (path: RepoPath) => boolean): SharedBuilds {
  const builds = new Map<string, Build>();
  const substitutions = new Map<Build, Map<string, Substitution>>();
  return {
    build(folder, spec) {
      const key = JSON.stringify([folder, ...buildFields.map((field) => valueAt(spec, [field]) ?? null)]);
      const build = builds.get(key) ?? fluxBuild(tree, folder, spec, isSent);
      builds.set(key, build);
      return build;
    },
    substituted(build, variables, isAlways) {
      const known = substitutions.get(build) ?? new Map<string, Substitution>();
      substitutions.set(build, known);
      const key = substitutionKey(build, variables, isAlways);
      const made = known.get(key) ?? substitute(build.objects, variables, isAlways);
      known.set(key, made);
      return made;
    },
  };
}

/** The same for clusters that differ only in variables that this build does not use. */
function substitutionKey(build: Build, { values, isOpen }: Variables, isAlways: boolean): string {
  if (values.size === 0 && !isOpen && !isAlways) return 'off';
  const used = usedVariables(build).map((name) => [name, values.has(name) ? (values.get(name) ?? null) : undefined]);
  const names = [...values.keys()].filter((name) => !/^[A-Za-z_]\w*$/.test(name));
  return JSON.stringify([isOpen, used, names]);
}
