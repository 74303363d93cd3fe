import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';

/** The model has room for more than this version generates; what it cannot do it refuses, instead of ignoring it. */
export function* checkSupport({ notifications }: Model): Generator<ModelFault> {
  const rule = 'model/not-in-this-version';
  for (const name of Object.keys(notifications))
    yield { rule, path: ['notifications', name], message: 'notifications are not in this version' };
}
