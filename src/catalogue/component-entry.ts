import * as v from 'valibot';

/** A part is one Flux Kustomization: `release` brings the software, `config` the objects that need its CRDs. */
export const parts = ['release', 'config'] as const;
export type Part = (typeof parts)[number];

export const podSecurityLevels = ['privileged', 'baseline', 'restricted'] as const;

const names = v.optional(v.array(v.string()), []);

/** The shape of `templates/components/<name>/component.yaml`: all that the rest of the code knows of a component. */
export const componentEntrySchema = v.strictObject({
  title: v.string(),
  /** One line: what it is for. */
  purpose: v.string(),
  docs: v.pipe(v.string(), v.url()),
  /** Part of a repository when nobody chose components. */
  byDefault: v.optional(v.boolean(), false),
  /** The `infrastructure` Kustomization is not ready before it is. */
  required: v.optional(v.boolean(), false),
  /** Absent for a component that brings no workload of its own. */
  namespace: v.optional(v.string()),
  /** Pod Security level its pods need; https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
  podSecurity: v.optional(v.picklist(podSecurityLevels)),
  /** Where its Helm chart is, and the range of versions that the templates were written for. */
  chart: v.optional(
    v.strictObject({
      url: v.string(),
      /** The chart's name, when `url` is a Helm repository. */
      name: v.optional(v.string()),
      version: v.string(),
      /** Which tags of an OCI registry are versions, as a regular expression. */
      versionFilter: v.optional(v.string()),
    }),
  ),
  /** CRDs from a git repository, installed before the release; its chart's own copy is then switched off. */
  crds: v.optional(v.strictObject({ url: v.string(), tag: v.string(), path: v.string() })),
  /** Chart values; a user's own are merged over them. */
  values: v.optional(v.record(v.string(), v.unknown()), {}),
  /** Chart values for when another component is there too. */
  valuesWith: v.optional(v.record(v.string(), v.record(v.string(), v.unknown())), {}),
  parts: v.pipe(v.array(v.picklist(parts)), v.nonEmpty()),
  /** Components that must be in the repository (or provided by the cluster), and ready before this one. */
  dependsOn: names,
  /** Components to wait for when they are there. */
  after: names,
  /** API groups whose CRDs it brings; nothing else may bring them. */
  crdGroups: names,
  /** A part that must never be pruned, since its CRDs take every custom resource with them. */
  neverPrune: v.optional(v.array(v.picklist(parts)), []),
  /** What others may rely on without knowing its name. */
  offers: v.optional(
    v.strictObject({
      /** A Gateway that accepts routes of every namespace. */
      gateway: v.optional(v.strictObject({ name: v.string(), namespace: v.string() })),
      /** The CRD HTTPRoute, so that apps get one. */
      routes: v.optional(v.boolean()),
      /** A ClusterIssuer that is always ready. */
      clusterIssuer: v.optional(v.string()),
      /** The strategy for secrets that it carries out; its `config` is there with this strategy only. */
      secretStrategy: v.optional(v.string()),
    }),
    {},
  ),
  /** Text that a user may give in `components.<name>.settings`. */
  settings: v.optional(
    v.record(
      v.string(),
      v.strictObject({
        purpose: v.string(),
        pattern: v.string(),
        /** Variables that clusters of the environment `production` get with it, unless they say otherwise. */
        productionVariables: v.optional(v.record(v.string(), v.string()), {}),
      }),
    ),
    {},
  ),
  /** Cluster variables its manifests use, each with a default there. */
  variables: names,
});

export type ComponentEntry = v.InferOutput<typeof componentEntrySchema>;
