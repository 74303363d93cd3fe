import { textAt } from '../../yaml/value-at.ts';
import type { Finding, Rule } from '../rule.ts';

export const referencePath: Rule = {
  id: 'reference/path',
  severity: 'error',
  why: 'Flux cannot build a folder that is not there: the Kustomization fails, and so do all that wait for it.',
  fix: 'Correct spec.path, add the folder, or remove the Kustomization.',
  *find({ clusters }): Generator<Finding> {
    for (const { name: cluster, kustomizations } of clusters)
      for (const { object, path, outside } of kustomizations) {
        if (object === undefined || path !== undefined || outside !== undefined) continue;
        const told = textAt(object.value, ['spec', 'path']) ?? '';
        if (told.includes('${')) continue;
        yield {
          message: `Kustomization ${object.name} reconciles ${told}, which is not there`,
          at: object.placeOf(['spec', 'path']),
          object: object.id,
          key: 'path',
          cluster,
        };
      }
  },
};
