import type { Schema, SchemaFile } from './schema.ts';

const text: Schema = { type: 'string' };
const flag: Schema = { type: 'boolean' };
const texts: Schema = { type: 'array', items: text };
const textByName: Schema = { type: 'object', additionalProperties: text };
const anything: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

const listOf = (items: Schema): Schema => ({ type: 'array', items });
const fields = (properties: Record<string, Schema>, required: readonly string[] = []): Schema =>
  required.length > 0 ? { type: 'object', properties, required } : { type: 'object', properties };

const id = { group: text, version: text, kind: text, name: text, namespace: text };
const selector = fields({ ...id, annotationSelector: text, labelSelector: text });
const fieldSpec = fields({ group: text, version: text, kind: text, path: text, create: flag });
const patchOptions = fields({ allowNameChange: flag, allowKindChange: flag });
const patch = fields({ path: text, patch: text, target: selector, options: patchOptions });

const generatorOptions = fields({
  labels: textByName,
  annotations: textByName,
  disableNameSuffixHash: flag,
  immutable: flag,
});
const generator = {
  name: text,
  namespace: text,
  behavior: { type: 'string', enum: ['create', 'replace', 'merge'] },
  literals: texts,
  files: texts,
  envs: texts,
  env: text,
  options: generatorOptions,
} satisfies Record<string, Schema>;

const replacementOptions = fields({ delimiter: text, index: { type: 'integer' }, encoding: text, create: flag });
const replacement = fields({
  path: text,
  source: fields({ ...id, fieldPath: text, options: replacementOptions }),
  sourceValue: text,
  targets: listOf(
    fields({ select: selector, reject: listOf(selector), fieldPaths: texts, options: replacementOptions }, ['select']),
  ),
});

const helmChart = fields({
  name: text,
  version: text,
  repo: text,
  releaseName: text,
  namespace: text,
  additionalValuesFiles: texts,
  valuesFile: text,
  valuesInline: anything,
  valuesMerge: text,
  includeCRDs: flag,
  skipHooks: flag,
  apiVersions: texts,
  kubeVersion: text,
  nameTemplate: text,
  skipTests: flag,
  debug: flag,
  devel: flag,
});

const variable = fields(
  {
    name: text,
    objref: fields({ apiVersion: text, ...id }),
    fieldref: fields({ fieldpath: text, fieldPath: text }),
  },
  ['name', 'objref'],
);

const kustomization = fields({
  apiVersion: text,
  kind: text,
  metadata: fields({ name: text, namespace: text, labels: textByName, annotations: textByName }),
  resources: texts,
  bases: texts,
  components: texts,
  crds: texts,
  namespace: text,
  namePrefix: text,
  nameSuffix: text,
  commonLabels: textByName,
  commonAnnotations: textByName,
  labels: listOf(
    fields({ pairs: textByName, includeSelectors: flag, includeTemplates: flag, fields: listOf(fieldSpec) }),
  ),
  images: listOf(fields({ name: text, newName: text, newTag: text, tagSuffix: text, digest: text })),
  imageTags: listOf(fields({ name: text, newName: text, newTag: text, tagSuffix: text, digest: text })),
  replicas: listOf(fields({ name: text, count: { type: 'integer' } }, ['name', 'count'])),
  patches: listOf(patch),
  patchesStrategicMerge: texts,
  patchesJson6902: listOf(patch),
  replacements: listOf(replacement),
  vars: listOf(variable),
  configMapGenerator: listOf(fields(generator)),
  secretGenerator: listOf(fields({ ...generator, type: text })),
  generatorOptions,
  generators: texts,
  transformers: texts,
  validators: texts,
  configurations: texts,
  openapi: textByName,
  helmGlobals: fields({ chartHome: text, configHome: text }),
  helmCharts: listOf(helmChart),
  helmChartInflationGenerator: listOf(anything),
  buildMetadata: listOf({ type: 'string', enum: ['managedByLabel', 'originAnnotations', 'transformerAnnotations'] }),
  sortOptions: fields({
    order: { type: 'string', enum: ['legacy', 'fifo'] },
    legacySortOptions: fields({ orderFirst: texts, orderLast: texts }),
  }),
});

/**
 * kustomize publishes no schema; these are the fields of its Go type `types.Kustomization`, which it decodes strictly.
 *
 * @see https://pkg.go.dev/sigs.k8s.io/kustomize/api@v0.21.1/types#Kustomization
 */
export const kustomizationSchemas: SchemaFile = {
  kinds: {
    'kustomize.config.k8s.io/v1alpha1': { Component: kustomization },
    'kustomize.config.k8s.io/v1beta1': { Kustomization: kustomization },
  },
  $defs: {},
};
