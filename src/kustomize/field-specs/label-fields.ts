import type { FieldSpec } from './field-spec.ts';

const workloads: readonly Pick<FieldSpec, 'kind' | 'group' | 'version'>[] = [
  { kind: 'ReplicationController', version: 'v1' },
  { kind: 'Deployment' },
  { kind: 'ReplicaSet' },
  { kind: 'DaemonSet' },
];

const onlyMetadata: FieldSpec = { path: 'metadata/labels', create: true };

/** `labels` without more: metadata only. */
export const metadataLabelFields: readonly FieldSpec[] = [onlyMetadata];

/** `includeTemplates`: metadata of the object and of what it makes. */
export const templateLabelFields: readonly FieldSpec[] = [
  onlyMetadata,
  ...workloads.map((kind) => ({ ...kind, path: 'spec/template/metadata/labels', create: true })),
  { group: 'apps', kind: 'StatefulSet', path: 'spec/template/metadata/labels', create: true },
  { group: 'apps', kind: 'StatefulSet', path: 'spec/volumeClaimTemplates[]/metadata/labels', create: true },
  { group: 'batch', kind: 'Job', path: 'spec/template/metadata/labels', create: true },
  { group: 'batch', kind: 'CronJob', path: 'spec/jobTemplate/metadata/labels', create: true },
  { group: 'batch', kind: 'CronJob', path: 'spec/jobTemplate/spec/template/metadata/labels', create: true },
];

const required = 'requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels';

const schedulingSelectors: readonly FieldSpec[] = ['Deployment', 'StatefulSet'].flatMap((kind) =>
  [
    `affinity/podAffinity/${preferred}`,
    `affinity/podAffinity/${required}`,
    `affinity/podAntiAffinity/${preferred}`,
    `affinity/podAntiAffinity/${required}`,
    'topologySpreadConstraints/labelSelector/matchLabels',
  ].map((path) => ({ group: 'apps', kind, path: `spec/template/spec/${path}` })),
);

/** `includeSelectors` and `commonLabels`: selectors too. */
export const selectorLabelFields: readonly FieldSpec[] = [
  { version: 'v1', kind: 'Service', path: 'spec/selector', create: true },
  { version: 'v1', kind: 'ReplicationController', path: 'spec/selector', create: true },
  { kind: 'Deployment', path: 'spec/selector/matchLabels', create: true },
  { kind: 'ReplicaSet', path: 'spec/selector/matchLabels', create: true },
  { kind: 'DaemonSet', path: 'spec/selector/matchLabels', create: true },
  { group: 'apps', kind: 'StatefulSet', path: 'spec/selector/matchLabels', create: true },
  ...schedulingSelectors,
  { group: 'batch', kind: 'Job', path: 'spec/selector/matchLabels' },
  { group: 'batch', kind: 'CronJob', path: 'spec/jobTemplate/spec/selector/matchLabels' },
  { group: 'policy', kind: 'PodDisruptionBudget', path: 'spec/selector/matchLabels' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', path: 'spec/podSelector/matchLabels' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', path: 'spec/ingress/from/podSelector/matchLabels' },
  { group: 'networking.k8s.io', kind: 'NetworkPolicy', path: 'spec/egress/to/podSelector/matchLabels' },
  ...templateLabelFields,
];
