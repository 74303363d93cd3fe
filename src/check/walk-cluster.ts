import type { Origin } from '../kustomize/resource.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { fieldOf } from '../yaml/json-value.ts';
import { textAt, valueAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization, ClusterObject } from './checked-repository.ts';
import type { ClusterFolder } from './cluster-folders.ts';
import { clusterObject } from './cluster-object.ts';
import {
  dependenciesOf,
  idOf,
  isFluxKustomization,
  isRootOf,
  pathOf,
  rootId,
  rootSource,
  sourceOf,
} from './flux-kustomization.ts';
import type { PlanScope } from './plan-scope.ts';
import type { SharedBuilds } from './shared-builds.ts';
import type { SourceFile } from './source-files.ts';
import { noVariables, variableSources, variablesOf } from './variables.ts';
import { walkOrder } from './walk-order.ts';

/** What clusters are walked with; shared by all of them. */
export interface Walking {
  tree: Tree;
  files: ReadonlyMap<RepoPath, SourceFile>;
  builds: SharedBuilds;
  /** What is built; without it, all. Other Kustomizations are there, without objects. */
  scope?: PlanScope | undefined;
}

/** While it is made. */
type OpenKustomization = { -readonly [Field in keyof CheckedKustomization]: CheckedKustomization[Field] };

/** Follows a cluster's Kustomizations from its folder to any depth. */
export function walkCluster(walking: Walking, { name, folder }: ClusterFolder): CheckedCluster {
  const kustomizations: CheckedKustomization[] = [];
  const objects: ClusterObject[] = [];
  const index = new Map<string, ClusterObject>();
  const byId = new Map<string, OpenKustomization>();
  const cluster: CheckedCluster = {
    name,
    folder,
    kustomizations,
    objects,
    find: (kind, namespace, named) => index.get(`${kind}/${namespace}/${named}`),
    kustomization: (id) => byId.get(id),
  };
  const root = rootOf(walking, cluster);
  const ours = root.object === undefined ? rootSource : sourceOf(root.object);
  const waiting = walkOrder(missingSource);
  waiting.add(root);
  byId.set(root.id, root);
  for (let kustomization = waiting.next(); kustomization !== undefined; kustomization = waiting.next()) {
    apply(walking, kustomization);
    kustomizations.push(kustomization);
    if (kustomization.isRemote) continue;
    for (const object of kustomization.objects) {
      objects.push(object);
      if (!index.has(object.id)) {
        index.set(object.id, object);
        waiting.note(object.id);
      }
      if (!isFluxKustomization(object)) continue;
      const id = idOf(object);
      const known = byId.get(id);
      if (known === root && root.object?.owner === root) root.object = object;
      if (known !== undefined) continue;
      const child = childOf(walking.tree, cluster, object, kustomization, ours);
      byId.set(id, child);
      waiting.add(child);
    }
  }
  return cluster;
}

/** The cluster's own: it applies itself, once Flux is bootstrapped. */
function rootOf({ builds, files }: Walking, cluster: CheckedCluster): OpenKustomization {
  const { folder } = cluster;
  const root: OpenKustomization = {
    ...rootId,
    cluster,
    object: undefined,
    parent: undefined,
    path: folder,
    outside: undefined,
    isRemote: false,
    build: undefined,
    objects: [],
    dependsOn: [],
    variables: noVariables,
    substitutionFaults: [],
  };
  const own = builds.build(folder, undefined, ownerOf(root)).objects.find(({ value }) => isRootOf(value, folder));
  if (own === undefined) return root;
  root.object = clusterObject(files, own, own.value, root, false);
  root.name = root.object.name;
  root.namespace = root.object.namespace;
  root.id = idOf(root.object);
  return root;
}

function childOf(
  tree: Tree,
  cluster: CheckedCluster,
  object: ClusterObject,
  parent: CheckedKustomization,
  ours: string,
): OpenKustomization {
  const source = sourceOf(object);
  const outside = source === ours ? undefined : source;
  const { name, namespace } = object;
  return {
    id: idOf(object),
    name,
    namespace,
    cluster,
    object,
    parent,
    path: outside === undefined ? pathOf(tree, object) : undefined,
    outside,
    isRemote: valueAt(object.value, ['spec', 'kubeConfig']) !== undefined,
    build: undefined,
    objects: [],
    dependsOn: dependenciesOf(object),
    variables: noVariables,
    substitutionFaults: [],
  };
}

/** The id of a ConfigMap or Secret with variables that was not met yet. */
function missingSource({ object, namespace, cluster }: CheckedKustomization): string | undefined {
  const missing = variableSources(object?.value.spec).find(
    ({ kind, name }) => cluster.find(kind, namespace, name) === undefined,
  );
  return missing && `${missing.kind}/${namespace}/${missing.name}`;
}

/** The document a Kustomization is in; for the cluster's own before bootstrap the one that it will be in. */
function ownerOf({ object, cluster }: CheckedKustomization): Origin {
  return object?.origins[0] ?? { file: `${cluster.folder}/flux-system/gotk-sync.yaml`, document: 0, line: 1 };
}

/** Builds and substitutes. */
function apply({ builds, files, scope }: Walking, kustomization: OpenKustomization): void {
  const { object, path, namespace, cluster } = kustomization;
  if (path === undefined) return;
  const isNear = kustomization.parent?.parent === undefined;
  if (scope?.isWanted(path, isNear) === false) return;
  const spec = fieldOf(object?.value, 'spec');
  const build = builds.build(path, spec, ownerOf(kustomization));
  const variables = variablesOf(spec, (kind, name) => cluster.find(kind, namespace, name));
  const isAlways = textAt(spec, ['postBuild', 'substituteStrategy']) === 'Always';
  const { objects, faults } = builds.substituted(build, variables, isAlways);
  kustomization.build = build;
  kustomization.variables = variables;
  kustomization.substitutionFaults = faults;
  kustomization.objects = build.objects.flatMap((built, at) => {
    const made = objects[at];
    return made === undefined ? [] : [clusterObject(files, built, made.value, kustomization, made.hasVariables)];
  });
}
