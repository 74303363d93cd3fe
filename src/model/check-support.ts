import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';

export const supportedLayouts: readonly string[] = ['standard'];

/** The model has room for more than this version generates; what it cannot do it refuses, instead of ignoring it. */
export function* checkSupport(model: Model): Generator<ModelFault> {
  const rule = 'model/not-in-this-version';
  if (!supportedLayouts.includes(model.layout))
    yield {
      rule,
      path: ['layout'],
      message: `layout "${model.layout}" is not in this version; it makes ${supportedLayouts.join(', ')}`,
    };
  for (const map of ['teams', 'notifications'] as const)
    for (const name of Object.keys(model[map]))
      yield { rule, path: [map, name], message: `${map} are not in this version` };
}
