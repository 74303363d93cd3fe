/** A rule of RBAC, as it is written. */
export interface AccessRule {
  apiGroups: readonly string[];
  resources: readonly string[];
  verbs: readonly string[];
}

const all = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const look = ['get', 'list', 'watch'];

/** One rule for the resources of some API groups. */
const rule = (
  apiGroups: readonly string[],
  resources: readonly string[],
  verbs: readonly string[] = all,
): AccessRule => ({
  apiGroups,
  resources,
  verbs,
});

/**
 * The rights `namespace`: what an application is made of, and nothing that sets the frame for it. Left out are namespaces,
 * quotas, limits, network policies, roles and their bindings. Of what is not installed in a cluster a rule says nothing.
 */
export const namespaceRules: readonly AccessRule[] = [
  rule([''], ['configmaps', 'persistentvolumeclaims', 'pods', 'secrets', 'serviceaccounts', 'services']),
  rule([''], ['endpoints', 'events', 'limitranges', 'pods/log', 'pods/status', 'resourcequotas'], look),
  rule(
    ['apps'],
    ['daemonsets', 'deployments', 'deployments/scale', 'replicasets', 'statefulsets', 'statefulsets/scale'],
  ),
  rule(['batch'], ['cronjobs', 'jobs']),
  rule(['autoscaling'], ['horizontalpodautoscalers']),
  rule(['policy'], ['poddisruptionbudgets']),
  rule(['networking.k8s.io'], ['ingresses']),
  rule(['networking.k8s.io'], ['networkpolicies'], look),
  rule(['gateway.networking.k8s.io'], ['grpcroutes', 'httproutes']),
  rule(['cert-manager.io'], ['certificates']),
  rule(
    ['source.toolkit.fluxcd.io'],
    ['buckets', 'gitrepositories', 'helmcharts', 'helmrepositories', 'ocirepositories'],
  ),
  rule(['kustomize.toolkit.fluxcd.io'], ['kustomizations']),
  rule(['helm.toolkit.fluxcd.io'], ['helmreleases']),
  rule(['notification.toolkit.fluxcd.io'], ['alerts', 'providers', 'receivers']),
];
