import type { Build } from '../kustomize/build-kustomization.ts';
import type { Origin } from '../kustomize/resource.ts';
import type { Model } from '../model/model.ts';
import type { Problem } from '../problem.ts';
import type { SchemaLookup } from '../schema/schema.ts';
import type { ScanReport } from '../secrets/scan/scan-files.ts';
import type { CommandWriter } from '../secrets/scan/scan-rule.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { JsonObject } from '../yaml/json-value.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { Place, SourceFile } from './source-files.ts';
import type { SubstitutionFault } from './substitution-fault.ts';

/** Everything rules look at. Values are shared between clusters and files: never to be changed. */
export interface CheckedRepository {
  tree: Tree;
  /** Every file, in code unit order, whatever it holds. */
  paths: readonly RepoPath[];
  /** The YAML files, and JSON files, that are not bookkeeping or templates; in the same order. */
  files: ReadonlyMap<RepoPath, SourceFile>;
  /** Files that some cluster's build reads: manifests, kustomization files, patches, what generators take in. */
  built: ReadonlySet<RepoPath>;
  /** Whether Flux gets a file: `.sourceignore` and Flux' own exclusions. */
  isSent(path: RepoPath): boolean;
  /** Undefined in repositories that are not ours, and where `flux-repo.yaml` cannot be read. */
  model: Model | undefined;
  /** Why `flux-repo.yaml` cannot be read. */
  modelFaults: readonly Problem[];
  /** Of all kinds that files and builds have. */
  schemas: SchemaLookup;
  clusters: readonly CheckedCluster[];
  /** Builds of kustomization files that no cluster comes to, as the generated CI makes them: it builds every one. */
  unreached: readonly Build[];
  /** What the scan for secrets says of all files. */
  exposed: ScanReport;
  /** Undefined where nobody said who checks: what depends on the running version is then not told. */
  tool: CheckingTool | undefined;
}

/** The program that checks, as generated files and printed commands name it. */
export interface CheckingTool {
  /** The exact version. */
  version: string;
  /** Writes commands for hints. */
  write: CommandWriter;
}

/** One cluster: all that Flux does there, starting with one folder. */
export interface CheckedCluster {
  name: string;
  /** What Flux is bootstrapped with: `clusters/<cluster>`. */
  folder: RepoPath;
  /** The cluster's own first, then as they are met. Of two with one id only the first is followed. */
  kustomizations: readonly CheckedKustomization[];
  /** Of all Kustomizations that apply to this cluster, in their order; an object that two of them have is there twice. */
  objects: readonly ClusterObject[];
  /**
   * @param kind with the API group only where needed: `Secret`, `Kustomization` (Flux'), `HelmRelease`
   * @param namespace empty for what has none
   */
  find(kind: string, namespace: string, name: string): ClusterObject | undefined;
  /** By `namespace/name`. */
  kustomization(id: string): CheckedKustomization | undefined;
}

/** A Kustomization of Flux on one cluster. */
export interface CheckedKustomization {
  /** `namespace/name`. */
  id: string;
  name: string;
  namespace: string;
  cluster: CheckedCluster;
  /** Undefined for the cluster's own before bootstrap: gotk-sync.yaml is empty then. */
  object: ClusterObject | undefined;
  /** The one that applies it; undefined for the cluster's own. */
  parent: CheckedKustomization | undefined;
  /** What it reconciles; undefined when that is not of this repository, is not there, or hangs on an unknown value. */
  path: RepoPath | undefined;
  /** Its source when that is another one than this repository: `OCIRepository/flux-system/apps`. */
  outside: string | undefined;
  /** It applies to another cluster, by `spec.kubeConfig`: its objects are not among this cluster's. */
  isRemote: boolean;
  /** Before substitution. Undefined without a path. Shared with Kustomizations that say the same. */
  build: Build | undefined;
  /** What it applies: built and substituted. */
  objects: readonly ClusterObject[];
  /** Ids of `spec.dependsOn`. */
  dependsOn: readonly string[];
  variables: Variables;
  /** Why post-build substitution fails. */
  substitutionFaults: readonly SubstitutionFault[];
}

/** What post-build substitution knows. */
export interface Variables {
  /** Values by name; undefined where the name is set, and its value is in a Secret. */
  values: ReadonlyMap<string, string | undefined>;
  /** A ConfigMap or Secret that is not in this repository may set more of them. */
  isOpen: boolean;
}

/** An object as the cluster gets it. */
export interface ClusterObject {
  /** `Kind/namespace/name`; the namespace is empty for kinds without one, and where none is written. */
  id: string;
  apiVersion: string;
  kind: string;
  namespace: string;
  name: string;
  /** Built, patched, substituted. The same object for all clusters that share it. */
  value: JsonObject;
  /** Some texts still hold `${…}`: their values are not known here. */
  hasVariables: boolean;
  owner: CheckedKustomization;
  /** Where it was born, then the patches that touched it. */
  origins: readonly Origin[];
  /** The best place for a path: the last patch that has it, else the document it was born in. */
  placeOf(path: YamlPath): Required<Place>;
}

/** One object for each different value: what is true of one cluster's copy is true of all that share it. */
export function distinctObjects({ clusters }: CheckedRepository): readonly ClusterObject[] {
  const first = new Map<JsonObject, ClusterObject>();
  for (const { objects } of clusters)
    for (const object of objects) if (!first.has(object.value)) first.set(object.value, object);
  return [...first.values()];
}
