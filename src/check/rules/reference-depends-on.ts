import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { ReferenceField } from '../references.ts';
import type { Rule } from '../rule.ts';

const rest = { path: ['spec', 'dependsOn', '*'], does: 'waits for', crossesNamespaces: true } as const;

const fields: readonly ReferenceField[] = [
  { group: fluxGroups.kustomize, kind: 'Kustomization', to: 'Kustomization', ...rest },
  { group: fluxGroups.helm, kind: 'HelmRelease', to: 'HelmRelease', ...rest },
];

export const referenceDependsOn: Rule = {
  id: 'reference/depends-on',
  severity: 'error',
  why: 'A Kustomization or HelmRelease that waits for one that does not exist is never reconciled.',
  fix: 'Correct the name, remove the entry from spec.dependsOn, or add what it waits for.',
  find: (repository) => danglingReferences(repository, fields),
};
