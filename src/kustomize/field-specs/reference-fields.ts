import type { FieldSpec } from './field-spec.ts';
import { podTemplates } from './pod-owners.ts';

/** The fields in which the name of one kind of object stands. */
export interface ReferenceSpec {
  group?: string;
  version?: string;
  kind: string;
  fields: readonly FieldSpec[];
}

const rbac = 'rbac.authorization.k8s.io';
const admission = 'admissionregistration.k8s.io';
const webhooks = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];

/** One field in the pods of several kinds. */
function inPods(path: string, kinds: readonly string[]): FieldSpec[] {
  return kinds.map((kind) => ({
    kind,
    path: `${podTemplates[kind] ?? ''}spec/${path}`,
  }));
}

const configured = [
  'Pod',
  'PodTemplate',
  'Deployment',
  'ReplicaSet',
  'DaemonSet',
  'StatefulSet',
  'Job',
  'CronJob',
] as const;
const accounted = ['Pod', 'StatefulSet', 'Deployment', 'ReplicationController', 'CronJob', 'Job', 'DaemonSet'] as const;

/** `kind` of a Pod counts in version v1 only. */
function inContainers(source: 'configMap' | 'secret'): FieldSpec[] {
  return ['containers', 'initContainers']
    .flatMap((list) => [`${list}/env/valueFrom/${source}KeyRef/name`, `${list}/envFrom/${source}Ref/name`])
    .concat(`volumes/projected/sources/${source}/name`)
    .flatMap((path) => inPods(path, configured));
}

function at(kind: string, paths: readonly string[], group?: string): FieldSpec[] {
  return paths.map((path) => ({ kind, path, ...(group ? { group } : {}) }));
}

const scaled: readonly ReferenceSpec[] = ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(
  (kind) => ({ kind, fields: at('HorizontalPodAutoscaler', ['spec/scaleTargetRef/name']) }),
);

const rules = [...at('Role', ['rules/resourceNames']), ...at('ClusterRole', ['rules/resourceNames'])];

/** What kustomize renames by default: https://github.com/kubernetes-sigs/kustomize/tree/master/api/internal/konfig */
export const referenceFields: readonly ReferenceSpec[] = [
  ...scaled,
  {
    kind: 'ConfigMap',
    version: 'v1',
    fields: [
      ...inPods('volumes/configMap/name', configured),
      ...inContainers('configMap'),
      ...at('Node', ['spec/configSource/configMap']),
      ...rules,
      ...at('Ingress', ['metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap']),
    ],
  },
  {
    kind: 'Secret',
    version: 'v1',
    fields: [
      ...inPods('volumes/secret/secretName', configured),
      ...inContainers('secret'),
      ...inPods('imagePullSecrets/name', configured),
      ...at('Ingress', [
        'spec/tls/secretName',
        'metadata/annotations/ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret',
        'metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret',
      ]),
      ...at('ServiceAccount', ['imagePullSecrets/name']),
      ...at('StorageClass', [
        'parameters/secretName',
        'parameters/adminSecretName',
        'parameters/userSecretName',
        'parameters/secretRef',
      ]),
      ...rules,
      {
        group: 'serving.knative.dev',
        version: 'v1',
        kind: 'Service',
        path: 'spec/template/spec/containers/env/valueFrom/secretKeyRef/name',
      },
      ...at('PersistentVolume', ['spec/azureFile/secretName']),
    ],
  },
  {
    kind: 'Service',
    version: 'v1',
    fields: [
      ...at('StatefulSet', ['spec/serviceName'], 'apps'),
      ...at('Ingress', [
        'spec/rules/http/paths/backend/serviceName',
        'spec/backend/serviceName',
        'spec/rules/http/paths/backend/service/name',
        'spec/defaultBackend/service/name',
      ]),
      ...at('APIService', ['spec/service/name'], 'apiregistration.k8s.io'),
      ...webhooks.flatMap((kind) => at(kind, ['webhooks/clientConfig/service'], admission)),
    ],
  },
  { kind: 'Role', group: rbac, fields: at('RoleBinding', ['roleRef/name'], rbac) },
  {
    kind: 'ClusterRole',
    group: rbac,
    fields: [...at('RoleBinding', ['roleRef/name'], rbac), ...at('ClusterRoleBinding', ['roleRef/name'], rbac)],
  },
  {
    kind: 'ServiceAccount',
    version: 'v1',
    fields: [
      ...at('RoleBinding', ['subjects'], rbac),
      ...at('ClusterRoleBinding', ['subjects'], rbac),
      ...inPods('serviceAccountName', accounted),
    ],
  },
  {
    kind: 'PersistentVolumeClaim',
    version: 'v1',
    fields: inPods('volumes/persistentVolumeClaim/claimName', accounted),
  },
  {
    kind: 'PersistentVolume',
    version: 'v1',
    fields: [...at('PersistentVolumeClaim', ['spec/volumeName']), ...at('ClusterRole', ['rules/resourceNames'])],
  },
  {
    kind: 'StorageClass',
    version: 'v1',
    group: 'storage.k8s.io',
    fields: [
      ...at('PersistentVolume', ['spec/storageClassName']),
      ...at('PersistentVolumeClaim', ['spec/storageClassName']),
      ...at('StatefulSet', ['spec/volumeClaimTemplates/spec/storageClassName']),
    ],
  },
  { kind: 'PriorityClass', version: 'v1', group: 'scheduling.k8s.io', fields: inPods('priorityClassName', accounted) },
  // The group is written so in kustomize, and so no IngressClass is ever found.
  {
    kind: 'IngressClass',
    version: 'v1',
    group: 'networking.k8s.io/v1',
    fields: at('Ingress', ['spec/ingressClassName']),
  },
  {
    kind: 'ValidatingAdmissionPolicy',
    group: admission,
    fields: at('ValidatingAdmissionPolicyBinding', ['spec/policyName'], admission),
  },
];
