import { scopeOf } from '../../src/schema/scope-of.ts';
import { at, type Fields, isFields, textAt } from '../support/manifest.ts';
import type { RepositoryTree } from '../support/repository-tree.ts';
import { hasCelBetween, hasFieldLeftOut, isOfKnownGroup, refusal } from './admission-oracle.ts';
import type { BuildSite } from './flux-builds.ts';
import { judgeNames, judgeRights } from './name-oracle.ts';
import { earlierThan, judgeOrder } from './order-oracle.ts';
import { type RealCluster, realCluster } from './real-cluster.ts';

/** What a change does to the clusters, as far as these means can tell. */
export type Truth = 'broken' | 'harmless' | 'unknown';

export interface Verdict {
  truth: Truth;
  reasons: readonly string[];
}

/** All clusters of a tree, by real builds. */
export type RealClusters = ReadonlyMap<string, RealCluster>;

/** Builds and judges every cluster. @param folders those of the clusters, as they were generated */
export async function realClusters(
  site: BuildSite,
  tree: RepositoryTree,
  folders: readonly string[],
): Promise<RealClusters> {
  site.become(tree);
  const clusters = new Map<string, RealCluster>();
  for (const folder of folders) {
    const cluster = await realCluster(site, folder);
    const isLockedDown = /--no-cross-namespace-refs=true/.test(
      tree.get(`${folder}/flux-system/kustomization.yaml`) ?? '',
    );
    judgeAdmission(cluster);
    judgeOwners(cluster);
    judgeSecrets(cluster);
    judgeNames(cluster, isLockedDown);
    judgeRights(cluster, isLockedDown);
    judgeOrder(cluster);
    clusters.set(folder, cluster);
  }
  return clusters;
}

/** @param original of the tree before it was changed, in which nothing is broken */
export function verdict(original: RealClusters, changed: RealClusters): Verdict {
  const broken = [...changed].flatMap(([folder, cluster]) => cluster.broken.map((reason) => `${folder}: ${reason}`));
  if (broken.length > 0) return { truth: 'broken', reasons: broken };
  const unknown = [...changed].flatMap(([folder, cluster]) => {
    const before = original.get(folder);
    return [...cluster.unknown, ...(before === undefined ? [] : unjudged(before, cluster))];
  });
  return unknown.length > 0 ? { truth: 'unknown', reasons: unknown } : { truth: 'harmless', reasons: [] };
}

function judgeAdmission(cluster: RealCluster): void {
  for (const { value, id } of cluster.objects) {
    const reason = refusal(value);
    if (hasFieldLeftOut(value)) cluster.unknown.push(`${id} has a field that is left out, or refused`);
    if (reason !== undefined) cluster.broken.push(`${id}: ${reason}`);
    const scope = scopeOf(textAt(value, 'apiVersion'), textAt(value, 'kind'));
    if (scope === 'Namespaced' && textAt(value, 'metadata', 'namespace') === '')
      cluster.broken.push(`${id} has no namespace`);
  }
}

function judgeOwners(cluster: RealCluster): void {
  const owners = new Map<string, string>();
  for (const { id, owner } of cluster.objects) {
    const other = owners.get(id);
    if (other !== undefined) cluster.broken.push(`${id} is applied by ${other} and ${owner}`);
    owners.set(id, owner);
  }
}

function judgeSecrets(cluster: RealCluster): void {
  for (const { value, owner, id } of cluster.objects) {
    if (value.kind !== 'Secret') continue;
    const hasValues = [value.data, value.stringData].some((part) => isFields(part) && Object.keys(part).length > 0);
    const isDecrypting = at(cluster.kustomizations.get(owner)?.value, 'spec', 'decryption') !== undefined;
    if (hasValues && !('sops' in value)) cluster.broken.push(`${id} is plain`);
    if ('sops' in value && !isDecrypting) cluster.broken.push(`${id} is not decrypted by ${owner}`);
  }
}

/** Changes whose effect only a cluster shows. */
function unjudged(before: RealCluster, after: RealCluster): string[] {
  const known = new Map(before.objects.map(({ id, value, owner }) => [id, { value, owner }]));
  const outside = [...after.kustomizations.values()].filter(
    ({ id, isOutside }) => isOutside && before.kustomizations.get(id)?.isOutside === false,
  );
  const changed = after.objects.filter(
    ({ id, value }) => known.has(id) && JSON.stringify(known.get(id)?.value) !== JSON.stringify(value),
  );
  return [
    ...outside.map(({ id }) => `${id} has another source`),
    ...changed.filter(({ value }) => isOfRights(value)).map(({ id }) => `the rights of ${id} changed`),
    ...changed
      .filter(({ id, value }) => hasCelBetween(known.get(id)?.value ?? {}, value))
      .map(({ id }) => `a rule of ${id} in CEL`),
    ...after.objects.filter((object) => isEarly(before, after, object)).map(({ id }) => `${id} may be too early`),
  ];
}

function isOfRights({ kind }: Fields): boolean {
  return /^(Cluster)?Role(Binding)?$/.test(String(kind));
}

/** A custom resource whose Kustomization no longer waits for all that it did. */
function isEarly(
  before: RealCluster,
  after: RealCluster,
  { id, value, owner }: RealCluster['objects'][number],
): boolean {
  if (isOfKnownGroup(value) && !/cert-manager|gateway\.networking|bitnami/.test(textAt(value, 'apiVersion')))
    return false;
  const old = before.objects.find((object) => object.id === id);
  const needed = earlierThan(before, old?.owner ?? owner);
  const given = earlierThan(after, owner);
  return [...needed].some((each) => !given.has(each));
}
