import type { Identity } from './list-identity.ts';

const named: readonly Identity[] = [['name']];
/** A set: what an item says is what it is. */
const set: readonly Identity[] = [['*']];
const object: readonly Identity[] = [['kind', 'namespace?', 'name']];

type ListTable = Readonly<Record<string, Readonly<Record<string, readonly Identity[]>>>>;

/** Where the pod of each kind is. https://kubernetes.io/docs/concepts/workloads/controllers/ */
export const podPaths: Readonly<Record<string, string>> = {
  Pod: 'spec',
  CronJob: 'spec.jobTemplate.spec.template.spec',
  ...Object.fromEntries(
    ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'StatefulSet'].map((kind) => [kind, 'spec.template.spec']),
  ),
};

const container: Readonly<Record<string, readonly Identity[]>> = {
  '': named,
  '.env': named,
  '.envFrom': set,
  // Two protocols may share a port, and the default may be left out.
  '.ports': [['name'], ['containerPort', 'protocol=TCP']],
  '.volumeMounts': [['mountPath']],
  '.volumeDevices': [['devicePath']],
};

/** Lists of a pod, below the paths above; the keys are those of strategic merge where it has one. */
export const podLists: Readonly<Record<string, readonly Identity[]>> = {
  ...Object.fromEntries(
    ['containers', 'initContainers', 'ephemeralContainers'].flatMap((list) =>
      Object.entries(container).map(([path, identity]) => [`${list}${path}`, identity]),
    ),
  ),
  volumes: named,
  imagePullSecrets: named,
  hostAliases: [['ip']],
  tolerations: set,
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
};

/**
 * How the items of lists are recognised, by kind and path; the first way that tells all items apart. A list that is
 * not here, or whose items are alike, is one value. `*` is every kind.
 */
export const listTable: ListTable = {
  '*': { 'metadata.finalizers': set },
  // Of kustomize (at the root) and of Flux (below `spec`).
  Kustomization: {
    ...kustomizeLists(),
    'spec.dependsOn': [['name', 'namespace?']],
    'spec.healthChecks': object,
    'spec.healthCheckExprs': [['apiVersion', 'kind']],
    'spec.postBuild.substituteFrom': [['kind', 'name']],
    'spec.patches': [['target?', 'path?']],
    'spec.components': set,
    'spec.images': named,
  },
  Component: kustomizeLists(),
  HelmRelease: {
    'spec.dependsOn': [['name', 'namespace?']],
    'spec.valuesFrom': [['kind', 'name', 'valuesKey?', 'targetPath?']],
  },
  GitRepository: { 'spec.include': [['repository']] },
  Alert: { 'spec.eventSources': object, 'spec.inclusionList': set, 'spec.exclusionList': set },
  Receiver: { 'spec.resources': object, 'spec.events': set },
  Service: { 'spec.ports': [['name'], ['port', 'protocol=TCP']], 'spec.externalIPs': set },
  ServiceAccount: { imagePullSecrets: named, secrets: named },
  RoleBinding: { subjects: object },
  ClusterRoleBinding: { subjects: object },
  NetworkPolicy: { 'spec.policyTypes': set },
  LimitRange: { 'spec.limits': [['type']] },
  PersistentVolumeClaim: { 'spec.accessModes': set },
  Ingress: { 'spec.tls': [['secretName']], 'spec.rules': [['host']] },
  Gateway: { 'spec.listeners': named },
  HTTPRoute: routeLists(),
  GRPCRoute: routeLists(),
  TLSRoute: routeLists(),
  TCPRoute: routeLists(),
  Certificate: { 'spec.dnsNames': set, 'spec.ipAddresses': set, 'spec.usages': set },
};

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
function kustomizeLists(): Record<string, readonly Identity[]> {
  return {
    ...Object.fromEntries(
      ['resources', 'components', 'bases', 'crds', 'configurations', 'generators', 'transformers', 'validators'].map(
        (list) => [list, set],
      ),
    ),
    patches: [['target?', 'path?']],
    patchesStrategicMerge: set,
    images: named,
    replicas: named,
    ...Object.fromEntries(
      ['configMapGenerator', 'secretGenerator'].flatMap((list) => [
        [list, named],
        ...['literals', 'files', 'envs'].map((part) => [`${list}.${part}`, set]),
      ]),
    ),
  };
}

/** https://gateway-api.sigs.k8s.io/reference/spec/ */
function routeLists(): Record<string, readonly Identity[]> {
  return {
    'spec.hostnames': set,
    'spec.parentRefs': [['name', 'namespace?', 'sectionName?', 'port?', 'kind?']],
    'spec.rules': named,
  };
}
