import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { ReferenceField } from '../references.ts';
import type { Rule } from '../rule.ts';

const { source, kustomize, helm, notification, image } = fluxGroups;

const kinds: readonly [group: string, kind: string][] = [
  [kustomize, 'Kustomization'],
  [helm, 'HelmRelease'],
  [source, 'GitRepository'],
  [source, 'OCIRepository'],
  [source, 'Bucket'],
  [image, 'ImageRepository'],
  [notification, 'Provider'],
];

const fields: readonly ReferenceField[] = kinds.map(([group, kind]) => ({
  group,
  kind,
  path: ['spec', 'serviceAccountName'],
  to: 'ServiceAccount',
  does: 'acts as',
  unless: 'kubeConfig',
}));

export const referenceServiceAccount: Rule = {
  id: 'reference/service-account',
  severity: 'error',
  why: 'Flux acts with the rights of an account that nothing gives any: whatever it tries is forbidden.',
  fix: 'Correct the name, or add the ServiceAccount in the same namespace, with a RoleBinding.',
  find: (repository) => danglingReferences(repository, fields),
};
