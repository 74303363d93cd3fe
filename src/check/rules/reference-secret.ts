import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import type { ReferenceField } from '../references.ts';
import type { Rule } from '../rule.ts';

const { source, kustomize, helm, notification, image } = fluxGroups;

/** Fields with the name of a Secret, by kind; Flux looks in the object's own namespace only. */
const secretFields: readonly [group: string, kind: string, paths: readonly string[]][] = [
  [source, 'GitRepository', ['secretRef', 'proxySecretRef', 'verify.secretRef']],
  [source, 'OCIRepository', ['secretRef', 'certSecretRef', 'proxySecretRef', 'verify.secretRef']],
  [source, 'HelmRepository', ['secretRef', 'certSecretRef']],
  [source, 'HelmChart', ['verify.secretRef']],
  [source, 'Bucket', ['secretRef', 'certSecretRef', 'proxySecretRef', 'sts.secretRef', 'sts.certSecretRef']],
  [kustomize, 'Kustomization', ['decryption.secretRef', 'kubeConfig.secretRef']],
  [helm, 'HelmRelease', ['kubeConfig.secretRef', 'chart.spec.verify.secretRef']],
  [notification, 'Provider', ['secretRef', 'certSecretRef', 'proxySecretRef']],
  [notification, 'Receiver', ['secretRef']],
  [image, 'ImageRepository', ['secretRef', 'certSecretRef', 'proxySecretRef']],
  [image, 'ImageUpdateAutomation', ['git.commit.signingKey.secretRef']],
];

const configMapFields: readonly ReferenceField[] = [
  [kustomize, 'Kustomization'] as const,
  [helm, 'HelmRelease'] as const,
].map(([group, kind]) => ({
  group,
  kind,
  path: ['spec', 'kubeConfig', 'configMapRef'],
  to: 'ConfigMap',
  does: 'finds its cluster in',
}));

const fields: readonly ReferenceField[] = [
  ...secretFields.flatMap(([group, kind, paths]) =>
    paths.map((path) => ({ group, kind, path: ['spec', ...path.split('.')], to: 'Secret', does: 'needs' })),
  ),
  ...configMapFields,
];

export const referenceSecret: Rule = {
  id: 'reference/secret',
  severity: 'error',
  why: 'Without the Secret or ConfigMap that it names, the object fails until somebody makes it.',
  fix: 'Correct the name, or add what it names in the same namespace.',
  find: (repository) => danglingReferences(repository, fields),
};
