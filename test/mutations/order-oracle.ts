import { scopeOf } from '../../src/schema/scope-of.ts';
import { at, type Fields, itemsAt, textAt } from '../support/manifest.ts';
import { type RealCluster, rootId } from './real-cluster.ts';

/** What must have happened before: `applied <id>` and `ready <id>` of Kustomizations, `release <id>` of HelmReleases. */
type Before = Map<string, Set<string>>;

const alwaysThere = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system'];

/** Deadlocks, namespaces that never come, and those that may come too late. */
export function judgeOrder(cluster: RealCluster): void {
  const before = orderOf(cluster);
  for (const step of before.keys()) if (reaches(before, step, step)) cluster.broken.push(`${step} waits for itself`);
  const makers = new Map<string, string[]>();
  for (const { value, owner } of cluster.objects)
    if (value.kind === 'Namespace') {
      const name = textAt(value, 'metadata', 'name');
      makers.set(name, [...(makers.get(name) ?? []), owner]);
    }
  for (const { value, owner } of cluster.objects) {
    if (scopeOf(textAt(value, 'apiVersion'), textAt(value, 'kind')) === 'Cluster') continue;
    if (value.kind === 'ClusterSecretStore') continue;
    const namespace = textAt(value, 'metadata', 'namespace');
    const name = `${textAt(value, 'kind')} ${namespace}/${textAt(value, 'metadata', 'name')}`;
    const by = makers.get(namespace) ?? [];
    if (alwaysThere.includes(namespace)) continue;
    if (by.length === 0) cluster.broken.push(`${name} is in a namespace that is never made`);
    else if (by.some((maker) => maker === owner || reaches(before, `applied ${owner}`, `applied ${maker}`))) continue;
    else if (by.every((maker) => reaches(before, `applied ${maker}`, `applied ${owner}`)))
      cluster.broken.push(`${name} comes before its namespace`);
    else cluster.unknown.push(`${name} may come before its namespace`);
  }
}

/** Kustomizations that are applied before this one. */
export function earlierThan(cluster: RealCluster, owner: string): ReadonlySet<string> {
  const before = orderOf(cluster);
  return new Set(
    [...cluster.kustomizations.keys()].filter((id) => reaches(before, `applied ${owner}`, `applied ${id}`)),
  );
}

const orders = new WeakMap<RealCluster, Before>();

function orderOf(cluster: RealCluster): Before {
  const known = orders.get(cluster);
  if (known !== undefined) return known;
  const before: Before = new Map();
  const add = (step: string, ...earlier: string[]) => {
    const all = before.get(step) ?? new Set<string>();
    for (const each of earlier) all.add(each);
    before.set(step, all);
  };
  for (const { id, value, parent } of cluster.kustomizations.values()) {
    add(`ready ${id}`, `applied ${id}`);
    if (parent !== undefined) add(`applied ${id}`, `applied ${parent}`);
    for (const dependency of dependencies(value)) add(`applied ${id}`, `ready ${dependency}`);
    for (const check of itemsAt(value, 'spec', 'healthChecks'))
      if (textAt(check, 'kind') === 'Kustomization') add(`ready ${id}`, `ready ${named(check, '')}`);
    if (at(value, 'spec', 'wait') !== true || id === rootId) continue;
    for (const object of cluster.objects.filter(({ owner }) => owner === id))
      if (object.value.kind === 'Kustomization') add(`ready ${id}`, `ready ${named(object.value.metadata, '')}`);
  }
  for (const { value } of cluster.objects.filter((object) => object.value.kind === 'HelmRelease'))
    for (const dependency of dependencies(value)) add(`release ${named(value.metadata, '')}`, `release ${dependency}`);
  orders.set(cluster, before);
  return before;
}

function dependencies(value: Fields | undefined): string[] {
  return itemsAt(value, 'spec', 'dependsOn').map((item) => named(item, textAt(value, 'metadata', 'namespace')));
}

function named(reference: unknown, namespace: string): string {
  return `${textAt(reference, 'namespace') || namespace}/${textAt(reference, 'name')}`;
}

/** Whether `from` needs `to`, by at least one step. */
function reaches(before: Before, from: string, to: string): boolean {
  const seen = new Set<string>();
  const waiting = [...(before.get(from) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    waiting.push(...(before.get(next) ?? []));
  }
  return false;
}
