import { at, type Fields, isFields, itemsAt, textAt } from '../support/manifest.ts';
import type { RealCluster } from './real-cluster.ts';

/** A field that names another object. `soft`: nothing of Flux fails where it leads nowhere. */
interface NameField {
  from: string;
  path: readonly string[];
  /** The kind; without it the field says it. */
  to?: string;
  soft?: true;
}

/** By the documentation of each kind: https://fluxcd.io/flux/components/ */
const fields: readonly NameField[] = [
  { from: 'Kustomization', path: ['spec', 'dependsOn', '*'], to: 'Kustomization' },
  { from: 'Kustomization', path: ['spec', 'sourceRef'] },
  { from: 'Kustomization', path: ['spec', 'serviceAccountName'], to: 'ServiceAccount' },
  { from: 'Kustomization', path: ['spec', 'postBuild', 'substituteFrom', '*'] },
  { from: 'Kustomization', path: ['spec', 'decryption', 'secretRef'], to: 'Secret' },
  { from: 'Kustomization', path: ['spec', 'healthChecks', '*'] },
  { from: 'HelmRelease', path: ['spec', 'dependsOn', '*'], to: 'HelmRelease' },
  { from: 'HelmRelease', path: ['spec', 'chartRef'] },
  { from: 'HelmRelease', path: ['spec', 'chart', 'spec', 'sourceRef'] },
  { from: 'HelmRelease', path: ['spec', 'serviceAccountName'], to: 'ServiceAccount' },
  { from: 'HelmRelease', path: ['spec', 'valuesFrom', '*'] },
  { from: 'GitRepository', path: ['spec', 'secretRef'], to: 'Secret' },
  { from: 'OCIRepository', path: ['spec', 'secretRef'], to: 'Secret' },
  { from: 'ExternalSecret', path: ['spec', 'secretStoreRef'], soft: true },
  { from: 'HTTPRoute', path: ['spec', 'parentRefs', '*'], to: 'Gateway', soft: true },
  { from: 'HTTPRoute', path: ['spec', 'rules', '*', 'backendRefs', '*'], to: 'Service', soft: true },
  { from: 'Gateway', path: ['spec', 'gatewayClassName'], to: 'GatewayClass', soft: true },
];

/** What `flux bootstrap` brings. */
const bootstrapped = [
  'GitRepository/flux-system/flux-system',
  'Kustomization/flux-system/flux-system',
  'ServiceAccount/flux-system/kustomize-controller',
  'ServiceAccount/flux-system/helm-controller',
];

/** Names that lead nowhere, and references out of a namespace where that is forbidden. */
export function judgeNames(cluster: RealCluster, isLockedDown: boolean): void {
  const known = new Set(bootstrapped);
  for (const { value } of cluster.objects) for (const id of idsMadeBy(value)) known.add(id);
  for (const { value } of cluster.objects)
    for (const field of fields)
      if (value.kind === field.from)
        for (const target of targetsIn(value, field.path)) judge(cluster, value, field, target, known, isLockedDown);
}

function idsMadeBy(value: Fields): string[] {
  const [kind, namespace, name] = [
    textAt(value, 'kind'),
    textAt(value, 'metadata', 'namespace'),
    textAt(value, 'metadata', 'name'),
  ];
  const makesSecret = kind === 'SealedSecret' || kind === 'ExternalSecret';
  return [`${kind}/${namespace}/${name}`, ...(makesSecret ? [`Secret/${namespace}/${name}`] : [])];
}

function targetsIn(value: unknown, path: readonly string[]): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined || value === null ? [] : [value];
  if (step === '*') return (Array.isArray(value) ? value : []).flatMap((item) => targetsIn(item, rest));
  return targetsIn(at(value, step), rest);
}

function judge(
  cluster: RealCluster,
  from: Fields,
  { to, soft }: NameField,
  target: unknown,
  known: ReadonlySet<string>,
  isLockedDown: boolean,
): void {
  const kind = to ?? textAt(target, 'kind');
  const own = textAt(from, 'metadata', 'namespace');
  const isPlain = typeof target === 'string';
  const name = isPlain ? target : textAt(target, 'name');
  const namespace = (isPlain ? '' : textAt(target, 'namespace')) || own;
  if (at(target, 'optional') === true) return;
  const id = `${kind}/${namespace}/${name}`;
  const isKnown = known.has(id) || known.has(`${kind}//${name}`);
  const what = `${textAt(from, 'kind')} ${textAt(from, 'metadata', 'name')} names ${id}`;
  if (isKnown && namespace !== own && isLockedDown && soft === undefined)
    cluster.broken.push(`${what} of another namespace`);
  if (isKnown) return;
  // people make Secrets by hand
  if (soft === true || kind === 'Secret') cluster.unknown.push(what);
  else cluster.broken.push(`${what}, which is not there`);
}

/** Accounts that Flux acts as and that nothing gives a right. */
export function judgeRights(cluster: RealCluster, isLockedDown: boolean): void {
  const values = cluster.objects.map(({ value }) => value);
  const roles = new Set(['cluster-admin', 'admin', 'edit', 'view'].map((name) => `ClusterRole//${name}`));
  for (const value of values) for (const id of idsMadeBy(value)) roles.add(id);
  const able = new Set(['flux-system/kustomize-controller', 'flux-system/helm-controller']);
  for (const value of values) {
    if (!/^(Cluster)?RoleBinding$/.test(textAt(value, 'kind'))) continue;
    const role = at(value, 'roleRef');
    const namespace = textAt(role, 'kind') === 'Role' ? textAt(value, 'metadata', 'namespace') : '';
    const isThere = roles.has(`${textAt(role, 'kind')}/${namespace}/${textAt(role, 'name')}`);
    // charts bring roles of the whole cluster
    if (!isThere && textAt(role, 'kind') === 'ClusterRole')
      cluster.unknown.push(`${identityText(value)} may bind to nothing`);
    else if (!isThere) continue;
    for (const subject of itemsAt(value, 'subjects').filter(isFields))
      if (subject.kind === 'ServiceAccount') able.add(`${textAt(subject, 'namespace')}/${textAt(subject, 'name')}`);
  }
  for (const value of values.filter(({ kind }) => kind === 'Kustomization' || kind === 'HelmRelease')) {
    const account = textAt(value, 'spec', 'serviceAccountName');
    if (account === '' && !isLockedDown) continue;
    const id = `${textAt(value, 'metadata', 'namespace')}/${account || 'default'}`;
    if (!able.has(id)) cluster.broken.push(`${identityText(value)} acts as ${id}, which has no rights`);
  }
}

function identityText(value: Fields): string {
  return `${textAt(value, 'kind')} ${textAt(value, 'metadata', 'name')}`;
}
