import { textAt } from '../../yaml/value-at.ts';
import { missingFolder, wayBack } from '../generated-drift.ts';
import type { Finding, Rule } from '../rule.ts';

export const referencePath: Rule = {
  id: 'reference/path',
  severity: 'error',
  why: 'Flux cannot build a folder that is not there: the Kustomization fails, and so do all that wait for it.',
  fix: 'Correct spec.path, add the folder, or remove the Kustomization.',
  *find(repository): Generator<Finding> {
    for (const { name: cluster, kustomizations } of repository.clusters)
      for (const kustomization of kustomizations) {
        const { object } = kustomization;
        const folder = missingFolder(kustomization);
        if (object === undefined || folder === undefined) continue;
        const hint = wayBack(repository, folder);
        yield {
          message: `Kustomization ${object.name} reconciles ${textAt(object.value, ['spec', 'path']) ?? ''}, which is not there`,
          at: object.placeOf(['spec', 'path']),
          object: object.id,
          key: 'path',
          cluster,
          ...(hint !== undefined && { hint }),
        };
      }
  },
};
