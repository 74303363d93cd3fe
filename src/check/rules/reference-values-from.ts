import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { Rule } from '../rule.ts';

export const referenceValuesFrom: Rule = {
  id: 'reference/values-from',
  severity: 'error',
  why: 'A HelmRelease whose values are not all there is neither installed nor upgraded.',
  fix: 'Correct the name, add the ConfigMap or Secret in the same namespace, or mark the entry optional: true.',
  find: (repository) =>
    danglingReferences(repository, [
      { group: fluxGroups.helm, kind: 'HelmRelease', path: ['spec', 'valuesFrom', '*'], does: 'takes values from' },
    ]),
};
