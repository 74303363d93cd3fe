import type { SecretStrategy } from '../../model/secret-strategies.ts';
import { externalSecrets } from './external-secrets.ts';
import { none } from './none.ts';
import { sealedSecrets } from './sealed-secrets.ts';
import type { StrategyRow } from './secret-strategy.ts';
import { sops } from './sops.ts';

/** Every way to keep Secrets. What each means for the repository's files is in `model/secret-strategies.ts`. */
export const strategies: Readonly<Record<SecretStrategy, StrategyRow>> = {
  sops,
  'external-secrets': externalSecrets,
  'sealed-secrets': sealedSecrets,
  none,
};
