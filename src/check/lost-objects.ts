import { declaredSecrets } from '../model/declared-secrets.ts';
import { textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization, CheckedRepository } from './checked-repository.ts';
import { isMadeElsewhere } from './made-objects.ts';
import { hasNamespace } from './namespaces-made.ts';

const broken = new WeakMap<CheckedCluster, boolean>();
const unfetched = new WeakMap<CheckedCluster, boolean>();

/**
 * Whether a cluster lacks objects because something cannot be built: what is said about that is enough, and what seems
 * not to be there may be in what is lost.
 */
export function hasBrokenBuild(repository: CheckedRepository, cluster: CheckedCluster): boolean {
  const found = broken.get(cluster) ?? cluster.kustomizations.some((each) => losesObjects(repository, each));
  broken.set(cluster, found);
  return found;
}

/** The same, or because a Kustomization has a source that does not exist. */
export function hasLostObjects(repository: CheckedRepository, cluster: CheckedCluster): boolean {
  const found = unfetched.get(cluster) ?? cluster.kustomizations.some((each) => isWithoutSource(each));
  unfetched.set(cluster, found);
  return found || hasBrokenBuild(repository, cluster);
}

function losesObjects({ model }: CheckedRepository, { object, path, outside, build }: CheckedKustomization): boolean {
  if (path === undefined && outside === undefined)
    return object !== undefined && !textAt(object.value, ['spec', 'path'])?.includes('${');
  const errors = build?.problems.filter(({ severity }) => severity === 'error') ?? [];
  if (errors.length === 0) return false;
  // of a Secret that is yet to be created, the declaration says all that is asked for
  const awaited = new Set((model === undefined ? [] : declaredSecrets(model)).map(({ path: file }) => file));
  return errors.some(({ message }) => !awaited.has(message.replace(/ does not exist$/, '')));
}

function isWithoutSource({ outside, cluster, namespace: own }: CheckedKustomization): boolean {
  // that it can be nowhere is told apart
  if (!hasNamespace(cluster, own)) return false;
  const [kind = '', namespace = '', name = ''] = outside?.split('/') ?? [];
  if (outside === undefined || outside.includes('${')) return false;
  return cluster.find(kind, namespace, name) === undefined && !isMadeElsewhere(cluster, kind, namespace, name);
}
