import { labelFault } from '../model/label.ts';

/**
 * Whose key it is. The recovery key opens everything and stays offline; `sealing` is an RSA key for the Sealed Secrets
 * controllers of an environment, all others are age keys.
 */
export type KeyName = { kind: 'cluster' | 'environment' | 'team' | 'sealing'; name: string } | { kind: 'recovery' };

/**
 * The key's file below the repository's keys folder. Of an age key also its entry in the cluster's Secret: Flux reads
 * `*.agekey`. A sealing key is in a manifest for `kubectl apply`.
 */
export function keyFileName(key: KeyName): string {
  if (key.kind === 'recovery') return 'recovery.agekey';
  // The model has checked the name; a path separator here would put a private key somewhere else.
  if (labelFault(key.name) !== undefined) throw new Error(`not a name for a key: ${JSON.stringify(key.name)}`);
  return key.kind === 'sealing' ? `sealed-secrets-${key.name}.yaml` : `${key.kind}-${key.name}.agekey`;
}
