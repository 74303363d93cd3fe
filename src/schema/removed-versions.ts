import { groupOf } from './scope-of.ts';

/** Group -> version that Flux 2.9 no longer serves -> the Flux release that dropped it. */
const flux: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'source.toolkit.fluxcd.io': { v1beta1: '2.7', v1beta2: '2.8' },
  'kustomize.toolkit.fluxcd.io': { v1beta1: '2.7', v1beta2: '2.8' },
  'helm.toolkit.fluxcd.io': { v2beta1: '2.7', v2beta2: '2.8' },
  'notification.toolkit.fluxcd.io': { v1beta1: '2.7', v1beta2: '2.9' },
  'image.toolkit.fluxcd.io': { v1alpha1: '2.7', v1alpha2: '2.7', v1beta1: '2.7', v1beta2: '2.9' },
};

/** apiVersion -> kinds -> the Kubernetes release that dropped them. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const kubernetes: Readonly<Record<string, readonly [release: string, ...kinds: string[]]>> = {
  'admissionregistration.k8s.io/v1beta1': ['1.22', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
  'apiextensions.k8s.io/v1beta1': ['1.22', 'CustomResourceDefinition'],
  'apiregistration.k8s.io/v1beta1': ['1.22', 'APIService'],
  'apps/v1beta1': ['1.16', 'Deployment', 'StatefulSet', 'ControllerRevision'],
  'apps/v1beta2': ['1.16', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet', 'ControllerRevision'],
  'autoscaling/v2beta1': ['1.25', 'HorizontalPodAutoscaler'],
  'autoscaling/v2beta2': ['1.26', 'HorizontalPodAutoscaler'],
  'batch/v1beta1': ['1.25', 'CronJob'],
  'certificates.k8s.io/v1beta1': ['1.22', 'CertificateSigningRequest'],
  'coordination.k8s.io/v1beta1': ['1.22', 'Lease'],
  'discovery.k8s.io/v1beta1': ['1.25', 'EndpointSlice'],
  'extensions/v1beta1': ['1.22', 'DaemonSet', 'Deployment', 'Ingress', 'NetworkPolicy', 'ReplicaSet'],
  'networking.k8s.io/v1beta1': ['1.22', 'Ingress', 'IngressClass'],
  'node.k8s.io/v1beta1': ['1.25', 'RuntimeClass'],
  'policy/v1beta1': ['1.25', 'PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1beta1': ['1.22', 'ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
  'scheduling.k8s.io/v1beta1': ['1.22', 'PriorityClass'],
  'storage.k8s.io/v1beta1': ['1.22', 'CSIDriver', 'StorageClass'],
};

/**
 * The release that stopped serving a kind in this API version: `Flux 2.8`, `Kubernetes 1.25`.
 *
 * @returns undefined when it was never served, or still is
 */
export function removedIn(apiVersion: string, kind: string): string | undefined {
  const group = groupOf(apiVersion);
  const release = flux[group]?.[apiVersion.slice(group.length + 1)];
  if (release) return `Flux ${release}`;
  const [kubernetesRelease, ...kinds] = kubernetes[apiVersion] ?? [];
  return kubernetesRelease && kinds.includes(kind) ? `Kubernetes ${kubernetesRelease}` : undefined;
}
