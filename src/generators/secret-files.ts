import { type DeclaredSecret, type SecretOwner, secretsOf } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { traitOf } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import type { Entry } from '../plan/entry.ts';
import { externalSecretFile } from './external-secret.ts';

/** The owner's Secrets that have a file; a strategy without files has nothing to wire. */
export function filedSecrets(model: Model, owner: SecretOwner): DeclaredSecret[] {
  return traitOf(strategyOf(model)).suffix === undefined ? [] : secretsOf(model, owner);
}

/**
 * The files themselves. Of one that is sealed only that it is there: what it holds is written by who knows the values.
 */
export function secretEntries(model: Model, owner: SecretOwner): Entry[] {
  const { isGenerated } = traitOf(strategyOf(model));
  return filedSecrets(model, owner).flatMap((declared): Entry[] =>
    isGenerated ? externalSecretFile(model, declared) : [{ kind: 'sealed', path: declared.path }],
  );
}

/** Those in the overlays of one environment, as names of files in their folder. */
export function secretFiles(model: Model, owner: SecretOwner, environment: string): string[] {
  return filedSecrets(model, owner)
    .filter((secret) => secret.environment === environment)
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}
