import { usageError } from '../../errors.ts';
import type { Model } from '../../model/model.ts';
import { strategyOf } from '../../model/settings.ts';

/** Refuses what is about age keys where another strategy keeps the secrets. @throws ExpectedError (exit 2) */
export function requireSops(model: Model): void {
  const strategy = strategyOf(model);
  if (strategy === 'sops') return;
  throw usageError(`this repository keeps its secrets by ${strategy}: it has no keys of ours`, {
    code: 'not-sops',
    why: ['flux-repo.yaml says so under secrets.strategy.'],
    hint: 'Keys, recipients and rotation are of the strategy sops.',
  });
}
