import { itemsAt, valueAt } from '../../yaml/value-at.ts';
import { fluxGroups, objectsOf } from '../cluster-index.ts';
import { originWith } from '../origin-with.ts';
import type { Finding, Rule } from '../rule.ts';

export const healthIgnoredChecks: Rule = {
  id: 'health/ignored-checks',
  severity: 'warning',
  why: 'With wait: true Flux waits for all that it applies, and does not look at healthChecks.',
  fix: 'Remove spec.healthChecks, or spec.wait when only these are meant.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters)
      for (const object of objectsOf(cluster, fluxGroups.kustomize, 'Kustomization')) {
        if (valueAt(object.value, ['spec', 'wait']) !== true) continue;
        if (itemsAt(object.value, ['spec', 'healthChecks']).length === 0) continue;
        const path = ['spec', 'healthChecks'];
        const origin = originWith(repository, object, path);
        yield {
          message: `Kustomization ${object.name} has wait: true, so that its healthChecks count for nothing`,
          at: object.placeOf(path),
          object: object.id,
          key: 'healthChecks',
          cluster: cluster.name,
          ...(origin !== undefined && {
            fix: { file: origin.file, operations: [{ op: 'remove', path, document: origin.document }] },
          }),
        };
      }
  },
};
