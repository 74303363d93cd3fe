import type { Build } from '../kustomize/build-kustomization.ts';
import { buildFluxKustomization } from '../kustomize/flux/build-flux-kustomization.ts';
import { refusedByKustomize } from '../kustomize/refused-by-kustomize.ts';
import type { Origin } from '../kustomize/resource.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../yaml/json-value.ts';
import type { Variables } from './checked-repository.ts';
import { type Substitution, substitute } from './substitute.ts';
import { usedVariables } from './substitution/used-variables.ts';

/** Builds and substitutions, each made once: clusters share overlays, and few objects have variables. */
export interface SharedBuilds {
  /**
   * @param spec of the Kustomization, whose own patches, images, components … count
   * @param owner the document it is in
   */
  build(folder: RepoPath, spec: JsonValue | undefined, owner: Origin): Build;
  substituted(build: Build, variables: Variables, isAlways: boolean): Substitution;
}

/** Fields of a Kustomization that decide what is built, besides its path. */
const buildFields = [
  ...['targetNamespace', 'namePrefix', 'nameSuffix', 'commonMetadata', 'buildMetadata'],
  ...['components', 'ignoreMissingComponents', 'patches', 'images'],
];

/** @param tree only with what Flux gets */
export function sharedBuilds(tree: Tree): SharedBuilds {
  const builds = new Map<string, Build>();
  const substitutions = new Map<Build, Map<string, Substitution>>();
  return {
    build(folder, spec, owner) {
      const own = isJsonObject(spec) ? Object.entries(spec).filter(([field]) => buildFields.includes(field)) : [];
      // problems of patches stand where the patches do
      const key = JSON.stringify([folder, own, ...(own.length === 0 ? [] : [owner.file, owner.document])]);
      const build = builds.get(key) ?? strictBuild(tree, folder, Object.fromEntries(own), owner);
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

/** As Flux builds, with what it does not mind and kustomize does. */
function strictBuild(tree: Tree, folder: RepoPath, own: JsonObject, owner: Origin): Build {
  const build = buildFluxKustomization(tree, { ...own, path: folder }, owner);
  const told = new Set(build.problems.map(({ rule, file }) => `${rule} ${file}`));
  const more = refusedByKustomize(tree, folder).filter(({ rule, file }) => !told.has(`${rule} ${file}`));
  return { ...build, problems: [...build.problems, ...more] };
}

/** The same for clusters that differ only in variables that this build does not use. */
function substitutionKey(build: Build, { values, isOpen }: Variables, isAlways: boolean): string {
  if (values.size === 0 && !isOpen && !isAlways) return 'off';
  const used = usedVariables(build).map((name) => [name, values.has(name) ? (values.get(name) ?? null) : 0]);
  const odd = [...values.keys()].filter((name) => !/^\w+$/.test(name));
  return JSON.stringify([isOpen, used, odd]);
}
