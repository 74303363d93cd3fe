import { nearest } from '../../nearest.ts';
import { groupOf } from '../../schema/scope-of.ts';
import { itemsAt, textAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, CheckedKustomization } from '../checked-repository.ts';
import { fluxGroups, indexOf, objectsOf } from '../cluster-index.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects, isMadeElsewhere } from '../made-objects.ts';
import type { Finding, Rule } from '../rule.ts';

export const healthUnknownCheck: Rule = {
  id: 'health/unknown-check',
  severity: 'error',
  why: 'A health check of an object that does not exist never succeeds: the Kustomization fails after its timeout.',
  fix: 'Correct kind, name and namespace of the check, or remove it.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (hasLostObjects(repository, cluster)) continue;
      const isOpen = hasUnknownObjects(cluster, repository.model);
      for (const kustomization of cluster.kustomizations)
        for (const finding of unknownChecks(cluster, kustomization))
          yield { ...finding, ...(isOpen && { severity: 'warning' as const }) };
    }
  },
};

function* unknownChecks(cluster: CheckedCluster, { object, isRemote }: CheckedKustomization): Generator<Finding> {
  if (object === undefined || isRemote) return;
  for (const [index, check] of itemsAt(object.value, ['spec', 'healthChecks']).entries()) {
    const [apiVersion = '', kind = '', name = '', namespace = ''] = ['apiVersion', 'kind', 'name', 'namespace'].map(
      (field) => textAt(check, [field]),
    );
    if (name === '' || `${namespace}/${name}`.includes('${')) continue;
    const key = `${groupOf(apiVersion)}/${kind}`;
    const isThere = indexOf(cluster)
      .get(key)
      ?.some((each) => each.name === name && each.namespace === namespace);
    if (isThere || isMadeElsewhere(cluster, kind, namespace, name) || mayBeOfAChart(cluster, key, namespace)) continue;
    const names = objectsOf(cluster, groupOf(apiVersion), kind).map((each) => each.name);
    const likely = nearest(name, names);
    yield {
      message: `Kustomization ${object.name} checks the health of ${kind} ${namespace}/${name}, which nothing makes`,
      at: object.placeOf(['spec', 'healthChecks', index]),
      object: object.id,
      key: `healthChecks ${key} ${namespace}/${name}`,
      cluster: cluster.name,
      ...(likely !== undefined && { hint: `Did you mean ${likely}?` }),
    };
  }
}

/** What Flux itself reconciles is in the repository; anything else may be installed by a chart, or made by a controller. */
function mayBeOfAChart(cluster: CheckedCluster, key: string, namespace: string): boolean {
  if (Object.values(fluxGroups).some((group) => key.startsWith(`${group}/`))) return false;
  const isWorkload = /^(apps|batch)?\/[A-Z]/.test(key);
  const releases = objectsOf(cluster, fluxGroups.helm, 'HelmRelease');
  const isInstalledThere = releases.some(
    (release) => (textAt(release.value, ['spec', 'targetNamespace']) ?? release.namespace) === namespace,
  );
  return !isWorkload || namespace === 'flux-system' || isInstalledThere;
}
