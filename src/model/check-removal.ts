import { dependentsOf } from './dependents.ts';
import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';
import { inOrder } from './units.ts';

/** Nothing depends on what is being removed, and a phase takes out something that is there. */
export function* checkRemoval(model: Model): Generator<ModelFault> {
  for (const [map, kind] of [
    ['components', 'component'],
    ['apps', 'app'],
  ] as const)
    for (const [name, { removing }] of inOrder(model[map]))
      for (const { path } of removing === undefined ? [] : dependentsOf(model, kind, name))
        yield { rule: 'model/value', path, message: `${kind} "${name}" is being removed` };
  for (const [name, { chart, removing }] of inOrder(model.apps))
    if (removing !== undefined && chart === undefined)
      yield {
        rule: 'model/value',
        path: ['apps', name, 'removing'],
        message: 'is for charts: an app of an image is removed at once',
      };
}
