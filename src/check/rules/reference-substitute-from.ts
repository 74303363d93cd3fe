import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { Rule } from '../rule.ts';

export const referenceSubstituteFrom: Rule = {
  id: 'reference/substitute-from',
  severity: 'error',
  why: 'A Kustomization whose variables are not there applies nothing.',
  fix: 'Correct the name, add the ConfigMap or Secret in the same namespace, or mark the entry optional: true.',
  find: (repository) =>
    danglingReferences(repository, [
      {
        group: fluxGroups.kustomize,
        kind: 'Kustomization',
        path: ['spec', 'postBuild', 'substituteFrom', '*'],
        does: 'takes variables from',
      },
    ]),
};
