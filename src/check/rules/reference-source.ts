import { fluxGroups } from '../cluster-index.ts';
import { danglingReferences } from '../dangling.ts';
import { hasBrokenBuild } from '../lost-objects.ts';
import type { ReferenceField } from '../references.ts';
import type { Rule } from '../rule.ts';

const { source, kustomize, helm, image, generator } = fluxGroups;

const fields: readonly ReferenceField[] = [
  {
    group: kustomize,
    kind: 'Kustomization',
    path: ['spec', 'sourceRef'],
    does: 'is built from',
    crossesNamespaces: true,
  },
  {
    group: helm,
    kind: 'HelmRelease',
    path: ['spec', 'chartRef'],
    does: 'takes its chart from',
    crossesNamespaces: true,
  },
  {
    group: helm,
    kind: 'HelmRelease',
    path: ['spec', 'chart', 'spec', 'sourceRef'],
    does: 'takes its chart from',
    crossesNamespaces: true,
  },
  { group: source, kind: 'HelmChart', path: ['spec', 'sourceRef'], does: 'is taken from' },
  {
    group: image,
    kind: 'ImageUpdateAutomation',
    path: ['spec', 'sourceRef'],
    does: 'commits to',
    crossesNamespaces: true,
  },
  {
    group: generator,
    kind: 'ArtifactGenerator',
    path: ['spec', 'sources', '*'],
    does: 'copies from',
    crossesNamespaces: true,
  },
];

export const referenceSource: Rule = {
  id: 'reference/source',
  severity: 'error',
  why: 'Flux cannot fetch from a source that does not exist: what refers to it is never applied.',
  fix: 'Correct kind, name and namespace of the source, or add it.',
  find: (repository) => danglingReferences(repository, fields, { isLost: hasBrokenBuild }),
};
