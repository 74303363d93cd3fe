import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';
import { strategyOf } from './settings.ts';

export const supportedLayouts: readonly string[] = ['standard'];
export const supportedStrategies: readonly string[] = ['sops', 'none'];

/** The model has room for more than this version generates; what it cannot do it refuses, instead of ignoring it. */
export function* checkSupport(model: Model): Generator<ModelFault> {
  const rule = 'model/not-in-this-version';
  if (!supportedLayouts.includes(model.layout))
    yield {
      rule,
      path: ['layout'],
      message: `layout "${model.layout}" is not in this version; it makes ${supportedLayouts.join(', ')}`,
    };
  const strategy = strategyOf(model);
  if (!supportedStrategies.includes(strategy))
    yield {
      rule,
      path: ['secrets', 'strategy'],
      message: `"${strategy}" is not in this version; it knows ${supportedStrategies.join(', ')}`,
    };
  for (const map of ['teams', 'notifications'] as const)
    for (const name of Object.keys(model[map]))
      yield { rule, path: [map, name], message: `${map} are not in this version` };
}
