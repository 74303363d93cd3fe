import type { Model } from '../model/model.ts';
import { readSecret } from '../model/repository-credential.ts';
import { itemsAt, textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization, ClusterObject } from './checked-repository.ts';
import { fluxGroups, indexOf, objectsOf } from './cluster-index.ts';

/** An object that a controller makes of another one; a namespace of undefined means all of them. */
interface Made {
  kind: string;
  namespace: string | undefined;
  name: string;
}

/** What controllers make, by `group/kind` of what they make it of. */
const makers: Readonly<Record<string, (object: ClusterObject) => Made[]>> = {
  // https://external-secrets.io/latest/api/externalsecret/
  'external-secrets.io/ExternalSecret': (object) => [secret(object, ['spec', 'target', 'name'])],
  'external-secrets.io/ClusterExternalSecret': (object) => [
    {
      ...secret(object, ['spec', 'externalSecretSpec', 'target', 'name'], ['spec', 'externalSecretName']),
      namespace: undefined,
    },
  ],
  // https://github.com/bitnami-labs/sealed-secrets#usage
  'bitnami.com/SealedSecret': (object) => [secret(object, ['spec', 'template', 'metadata', 'name'])],
  // https://cert-manager.io/docs/usage/certificate/
  'cert-manager.io/Certificate': (object) => [secret(object, ['spec', 'secretName'])],
  // https://cert-manager.io/docs/trust/trust-manager/
  'trust.cert-manager.io/Bundle': ({ name }) => [
    { kind: 'ConfigMap', namespace: undefined, name },
    { kind: 'Secret', namespace: undefined, name },
  ],
  // https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/api-reference
  'secrets.hashicorp.com/VaultStaticSecret': (object) => [secret(object, ['spec', 'destination', 'name'])],
  'secrets.hashicorp.com/VaultDynamicSecret': (object) => [secret(object, ['spec', 'destination', 'name'])],
  'secrets.hashicorp.com/VaultPKISecret': (object) => [secret(object, ['spec', 'destination', 'name'])],
  // https://developer.1password.com/docs/k8s/operator/
  'onepassword.com/OnePasswordItem': (object) => [secret(object)],
  // https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
  [`${fluxGroups.helm}/HelmRelease`]: ({ namespace, name, value }) => [
    {
      kind: 'HelmChart',
      namespace: textAt(value, ['spec', 'chart', 'spec', 'sourceRef', 'namespace']) ?? namespace,
      name: `${namespace}-${name}`,
    },
  ],
  // https://fluxcd.io/flux/components/source/artifactgenerators/
  [`${fluxGroups.generator}/ArtifactGenerator`]: ({ namespace, value }) =>
    itemsAt(value, ['spec', 'artifacts']).map((artifact) => ({
      kind: 'ExternalArtifact',
      namespace,
      name: textAt(artifact, ['name']) ?? '',
    })),
};

const known = new WeakMap<CheckedCluster, ReadonlySet<string>>();

/**
 * Whether an object that is not in the repository is there all the same: Kubernetes has it, `flux bootstrap` brings it,
 * a controller makes it of another object, or it must be made by hand before Flux can start.
 */
export function isMadeElsewhere(cluster: CheckedCluster, kind: string, namespace: string, name: string): boolean {
  if (isBootstrapped(kind, namespace, name)) return true;
  const made = known.get(cluster) ?? madeIn(cluster);
  known.set(cluster, made);
  return made.has(`${kind}/${namespace}/${name}`) || made.has(`${kind}/*/${name}`);
}

/**
 * Whether objects may come from where we cannot look: remote bases, the templates of ResourceSets, and other repositories.
 * @param model if the repository is ours: what its units take from elsewhere is CRDs and what teams may write
 */
export function hasUnknownObjects(cluster: CheckedCluster, model: Model | undefined): boolean {
  return (
    objectsOf(cluster, 'fluxcd.controlplane.io', 'ResourceSet').length > 0 ||
    cluster.kustomizations.some(
      (each) =>
        (each.build?.notBuilt.length ?? 0) > 0 ||
        (each.outside !== undefined && (model === undefined || isOfPeople(each, model))),
    )
  );
}

/** Neither `<component>-crds` nor what a team has in its namespace, and from a source that is there. */
function isOfPeople(
  { name, namespace, outside, cluster }: CheckedKustomization,
  { components, teams }: Model,
): boolean {
  const component = namespace === 'flux-system' && name.endsWith('-crds') ? name.slice(0, -'-crds'.length) : '';
  if (Object.hasOwn(components, component) || Object.hasOwn(teams, namespace)) return false;
  const [kind = '', ofSource = '', source = ''] = outside?.split('/') ?? [];
  return cluster.find(kind, ofSource, source) !== undefined;
}

/** @param key `group/kind` of what controllers make known objects of */
export function isMaker(key: string): boolean {
  return Object.hasOwn(makers, key);
}

/** Known by their names: https://fluxcd.io/flux/installation/bootstrap/ */
function isBootstrapped(kind: string, namespace: string, name: string): boolean {
  const isFlux = namespace === 'flux-system';
  switch (kind) {
    case 'ServiceAccount':
      return name === 'default' || (isFlux && /-controller$|^source-watcher$/.test(name));
    case 'ConfigMap':
      return name === 'kube-root-ca.crt';
    case 'Secret':
      // keys that decrypt, and ways into other clusters, never are in the repository
      return (isFlux && (name === 'flux-system' || name === readSecret)) || /^sops-|kubeconfig$/.test(name);
    case 'GitRepository':
    case 'OCIRepository':
    case 'Bucket':
    case 'Kustomization':
      return isFlux && name === 'flux-system';
    default:
      return false;
  }
}

function madeIn(cluster: CheckedCluster): Set<string> {
  const made = new Set<string>();
  for (const [key, objects] of indexOf(cluster))
    for (const object of isMaker(key) ? objects : [])
      for (const { kind, namespace, name } of makers[key]?.(object) ?? [])
        made.add(`${kind}/${namespace ?? '*'}/${name}`);
  return made;
}

/** @param paths where its name may be; it is that of the object otherwise */
function secret({ namespace, name, value }: ClusterObject, ...paths: readonly string[][]): Made {
  const told = paths.map((path) => textAt(value, path)).find((text) => text !== undefined && text !== '');
  return { kind: 'Secret', namespace, name: told ?? name };
}
