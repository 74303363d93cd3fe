import { valueAt } from '../../yaml/value-at.ts';
import type { CheckedKustomization, ClusterObject } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';

export const healthPrunedCrds: Rule = {
  id: 'health/pruned-crds',
  severity: 'warning',
  why: 'When a CRD leaves the repository, or its Kustomization goes, Kubernetes deletes every object of its kind.',
  fix: 'Set prune: false, or annotate the CRDs with kustomize.toolkit.fluxcd.io/prune: disabled.',
  *find({ clusters }): Generator<Finding> {
    for (const { name: cluster, kustomizations } of clusters)
      for (const kustomization of kustomizations) {
        const { object } = kustomization;
        if (object === undefined || valueAt(object.value, ['spec', 'prune']) !== true) continue;
        const [first, ...others] = prunedCrds(kustomization);
        if (first === undefined) continue;
        const more = others.length === 0 ? '' : ` and ${others.length} more`;
        yield {
          message: `Kustomization ${object.name} prunes, and applies CustomResourceDefinition ${first.name}${more}`,
          at: object.placeOf(['spec', 'prune']),
          object: object.id,
          key: 'prune',
          cluster,
        };
      }
  },
};

/** Flux' own are applied by the Kustomization that `flux bootstrap` makes, with prune. */
function prunedCrds({ objects }: CheckedKustomization): ClusterObject[] {
  return objects.filter(
    ({ kind, value }) =>
      kind === 'CustomResourceDefinition' &&
      valueAt(value, ['metadata', 'labels', 'app.kubernetes.io/part-of']) !== 'flux' &&
      valueAt(value, ['metadata', 'annotations', 'kustomize.toolkit.fluxcd.io/prune']) !== 'disabled',
  );
}
