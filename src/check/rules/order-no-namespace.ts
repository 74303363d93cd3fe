import { scopeOf } from '../../schema/scope-of.ts';
import { distinctObjects } from '../checked-repository.ts';
import type { Finding, Rule } from '../rule.ts';

export const orderNoNamespace: Rule = {
  id: 'order/no-namespace',
  severity: 'error',
  why: 'Flux has no default namespace: an object without one is refused, and the whole Kustomization fails.',
  fix: 'Write metadata.namespace, or namespace: in the kustomization.',
  *find(repository): Generator<Finding> {
    for (const object of distinctObjects(repository)) {
      const { apiVersion, kind, namespace, name } = object;
      if (namespace !== '' || scopeOf(apiVersion, kind) !== 'Namespaced') continue;
      yield {
        message: `${kind} ${name} has no namespace`,
        at: object.placeOf(['metadata', 'name']),
        object: object.id,
        key: 'metadata.namespace',
      };
    }
  },
};
