import { isClosedNamespace } from '../closed-namespaces.ts';
import { danglingReferences } from '../dangling.ts';
import { podTemplates } from '../pod-templates.ts';
import type { ReferenceField } from '../references.ts';
import type { Finding, Rule } from '../rule.ts';

/** Where a Pod takes something from, below its spec. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const sources: readonly [path: string, to: 'ConfigMap' | 'Secret', does: string][] = [
  ['volumes.*.configMap', 'ConfigMap', 'mounts'],
  ['volumes.*.secret.secretName', 'Secret', 'mounts'],
  ['volumes.*.projected.sources.*.configMap', 'ConfigMap', 'mounts'],
  ['volumes.*.projected.sources.*.secret', 'Secret', 'mounts'],
  ...['containers', 'initContainers'].flatMap((containers): [string, 'ConfigMap' | 'Secret', string][] => [
    [`${containers}.*.envFrom.*.configMapRef`, 'ConfigMap', 'takes its environment from'],
    [`${containers}.*.envFrom.*.secretRef`, 'Secret', 'takes its environment from'],
    [`${containers}.*.env.*.valueFrom.configMapKeyRef`, 'ConfigMap', 'takes a variable from'],
    [`${containers}.*.env.*.valueFrom.secretKeyRef`, 'Secret', 'takes a variable from'],
  ]),
];

const fields: readonly ReferenceField[] = podTemplates.flatMap(([group, kind, template]) =>
  sources.map(([path, to, does]) => ({ group, kind, path: [...template, 'spec', ...path.split('.')], to, does })),
);

export const workloadSource: Rule = {
  id: 'workload/source',
  severity: 'warning',
  why: 'A Pod whose Secret or ConfigMap is not there does not start until somebody makes it.',
  fix: 'Correct the name, add what it names in the same namespace, or mark it optional: true.',
  *find(repository): Generator<Finding> {
    const found = danglingReferences(repository, fields, {
      isCertain: (cluster, { namespace }) => isClosedNamespace(repository, cluster, namespace),
    });
    for (const finding of found) yield { ...finding, severity: 'warning' };
  },
};
