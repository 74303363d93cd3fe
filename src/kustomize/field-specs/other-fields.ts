import type { FieldSpec } from './field-spec.ts';

const podMakers: readonly Omit<FieldSpec, 'path'>[] = [
  { version: 'v1', kind: 'ReplicationController' },
  { kind: 'Deployment' },
  { kind: 'ReplicaSet' },
  { kind: 'DaemonSet' },
  { kind: 'StatefulSet' },
  { group: 'batch', kind: 'Job' },
];

export const annotationFields: readonly FieldSpec[] = [
  { path: 'metadata/annotations', create: true },
  ...podMakers.map((kind) => ({ ...kind, path: 'spec/template/metadata/annotations', create: true })),
  { group: 'batch', kind: 'CronJob', path: 'spec/jobTemplate/metadata/annotations', create: true },
  { group: 'batch', kind: 'CronJob', path: 'spec/jobTemplate/spec/template/metadata/annotations', create: true },
];

/** Besides metadata.namespace of every kind that has one, and the subjects of role bindings. */
export const namespaceFields: readonly FieldSpec[] = [
  { kind: 'Namespace', path: 'metadata/name', create: true },
  { group: 'apiregistration.k8s.io', kind: 'APIService', path: 'spec/service/namespace', create: true },
  {
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
  },
];

export const imageFields: readonly FieldSpec[] = ['spec', 'spec/template/spec'].flatMap((spec) => [
  { path: `${spec}/containers[]/image`, create: true },
  { path: `${spec}/initContainers[]/image`, create: true },
  { path: `${spec}/volumes[]/image/reference`, create: true },
]);

export const replicaFields: readonly FieldSpec[] = [
  'Deployment',
  'ReplicationController',
  'ReplicaSet',
  'StatefulSet',
].map((kind) => ({ kind, path: 'spec/replicas', create: true }));
