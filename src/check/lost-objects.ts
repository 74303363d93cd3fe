import { declaredSecrets } from '../model/declared-secrets.ts';
import { textAt } from '../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization, CheckedRepository } from './checked-repository.ts';

const known = new WeakMap<CheckedCluster, boolean>();

/**
 * Whether a cluster lacks objects because something cannot be built: what is said about that is enough, and what seems
 * not to be there may be in what is lost.
 */
export function hasLostObjects(repository: CheckedRepository, cluster: CheckedCluster): boolean {
  const found = known.get(cluster) ?? cluster.kustomizations.some((each) => losesObjects(repository, each));
  known.set(cluster, found);
  return found;
}

function losesObjects({ model }: CheckedRepository, { object, path, outside, build }: CheckedKustomization): boolean {
  if (path === undefined && outside === undefined)
    return object !== undefined && !textAt(object.value, ['spec', 'path'])?.includes('${');
  const errors = build?.problems.filter(({ severity }) => severity === 'error') ?? [];
  if (errors.length === 0) return false;
  // of a Secret that is yet to be created, the declaration says all that is asked for
  const awaited = new Set(
    (model === undefined ? [] : declaredSecrets(model)).map((each) => `${each.path} does not exist`),
  );
  return errors.some(({ message }) => !awaited.has(message));
}
