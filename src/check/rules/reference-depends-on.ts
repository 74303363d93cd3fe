import { nearest } from '../../nearest.ts';
import type { Finding, Rule } from '../rule.ts';

export const referenceDependsOn: Rule = {
  id: 'reference/depends-on',
  severity: 'error',
  why: 'A Kustomization that waits for one that does not exist is never reconciled.',
  fix: 'Correct the name, remove the entry from spec.dependsOn, or add the Kustomization.',
  *find({ clusters }): Generator<Finding> {
    for (const { cluster, object, dependsOn, namespace } of clusters.flatMap(({ kustomizations }) => kustomizations))
      for (const [index, id] of object === undefined ? [] : dependsOn.entries()) {
        if (cluster.kustomization(id) !== undefined || object === undefined) continue;
        const likely = nearest(
          id,
          cluster.kustomizations.map((each) => each.id),
        );
        const shown = (text: string) => (text.startsWith(`${namespace}/`) ? text.slice(namespace.length + 1) : text);
        yield {
          message: `Kustomization ${object.name} waits for ${shown(id)}, which nothing defines`,
          at: object.placeOf(['spec', 'dependsOn', index]),
          object: object.id,
          key: `dependsOn ${id}`,
          cluster: cluster.name,
          ...(likely !== undefined && { hint: `Did you mean ${shown(likely)}?` }),
        };
      }
  },
};
