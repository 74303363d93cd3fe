import type { FieldSpec } from '../field-specs/field-spec.ts';
import type { Behavior } from '../resource.ts';
import type { Selector } from '../selector.ts';

type Texts = Readonly<Record<string, string>>;

export interface PatchEntry {
  path?: string;
  patch?: string;
  target?: Selector;
  options?: { allowNameChange?: boolean; allowKindChange?: boolean };
}

export interface LabelEntry {
  pairs?: Texts;
  includeSelectors?: boolean;
  includeTemplates?: boolean;
  fields?: readonly FieldSpec[];
}

export interface ImageEntry {
  name?: string;
  newName?: string;
  newTag?: string;
  tagSuffix?: string;
  digest?: string;
}

export interface GeneratorOptions {
  labels?: Texts;
  annotations?: Texts;
  disableNameSuffixHash?: boolean;
  immutable?: boolean;
}

export interface GeneratorEntry {
  name?: string;
  namespace?: string;
  behavior?: Behavior;
  literals?: readonly string[];
  files?: readonly string[];
  envs?: readonly string[];
  env?: string;
  options?: GeneratorOptions;
  /** Of a Secret. */
  type?: string;
}

export interface ReplacementOptions {
  delimiter?: string;
  index?: number;
  encoding?: string;
  create?: boolean;
}

export interface ReplacementEntry {
  path?: string;
  source?: Selector & { fieldPath?: string; options?: ReplacementOptions };
  sourceValue?: string;
  targets?: readonly {
    select?: Selector;
    reject?: readonly Selector[];
    fieldPaths?: readonly string[];
    options?: ReplacementOptions;
  }[];
}

/** A kustomization file: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
export interface Kustomization {
  apiVersion?: string;
  kind?: string;
  resources?: readonly string[];
  bases?: readonly string[];
  components?: readonly string[];
  namespace?: string;
  namePrefix?: string;
  nameSuffix?: string;
  commonLabels?: Texts;
  commonAnnotations?: Texts;
  labels?: readonly LabelEntry[];
  images?: readonly ImageEntry[];
  imageTags?: readonly ImageEntry[];
  replicas?: readonly { name?: string; count?: number }[];
  patches?: readonly PatchEntry[];
  patchesStrategicMerge?: readonly string[];
  patchesJson6902?: readonly PatchEntry[];
  replacements?: readonly ReplacementEntry[];
  configMapGenerator?: readonly GeneratorEntry[];
  secretGenerator?: readonly GeneratorEntry[];
  generatorOptions?: GeneratorOptions;
  buildMetadata?: readonly string[];
  sortOptions?: {
    order?: string;
    legacySortOptions?: { orderFirst?: readonly string[]; orderLast?: readonly string[] };
  };
  configurations?: readonly string[];
  crds?: readonly string[];
  openapi?: Texts;
  generators?: readonly string[];
  transformers?: readonly string[];
  validators?: readonly string[];
  helmCharts?: readonly { name?: string }[];
  helmChartInflationGenerator?: readonly unknown[];
  vars?: readonly { name?: string }[];
}
