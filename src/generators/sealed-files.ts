import { type DeclaredSecret, type SecretOwner, secretsOf } from '../model/declared-secrets.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import type { SealedEntry } from '../plan/entry.ts';

/** The owner's Secrets that are kept as encrypted files; with another strategy there is nothing to wire. */
export function sealedSecrets(model: Model, owner: SecretOwner): DeclaredSecret[] {
  return strategyOf(model) === 'sops' ? secretsOf(model, owner) : [];
}

/** The files themselves: only that they are there, what they hold is written by who knows the values. */
export function sealedEntries(model: Model, owner: SecretOwner): SealedEntry[] {
  return sealedSecrets(model, owner).map(({ path }) => ({ kind: 'sealed', path }));
}

/** Those in the overlays of one environment, as names of files in their folder. */
export function sealedFiles(model: Model, owner: SecretOwner, environment: string): string[] {
  return sealedSecrets(model, owner)
    .filter((secret) => secret.environment === environment)
    .map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}
