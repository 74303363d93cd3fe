import { clustersOf } from '../../model/units.ts';
import { kubectlRecipe } from '../by-hand.ts';
import type { StrategyRow } from './secret-strategy.ts';

/** Somebody else brings the Secrets; the repository refers to them by name. */
export const none: StrategyRow = {
  id: 'none',
  checklist(declared, model) {
    const { namespace, name, keys, environment, cluster } = declared;
    const clusters = environment === undefined ? [cluster ?? ''] : clustersOf(model, environment);
    return [
      {
        text: `Secret ${namespace}/${name} with ${keys.join(', ')} must be in ${clusters.join(', ')}. By hand, each value from a file:`,
        commands: [kubectlRecipe(declared)],
      },
    ];
  },
};
