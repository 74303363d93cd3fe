import { labelFault } from '../model/label.ts';

/** A key that a cluster, an environment or a team holds. `isNext`: it is to replace the present one, and is not proven yet. */
export interface OwnedKey {
  kind: 'cluster' | 'environment' | 'team';
  name: string;
  isNext?: true;
}

/**
 * Whose key it is. The recovery key opens everything and stays offline; `sealing` is an RSA key for the Sealed Secrets
 * controllers of an environment, all others are age keys.
 */
export type KeyName = OwnedKey | { kind: 'sealing'; name: string } | { kind: 'recovery' };

/**
 * The key's file below the repository's keys folder. Of an age key also its entry in the cluster's Secret: Flux reads
 * `*.agekey`. A sealing key is in a manifest for `kubectl apply`.
 */
export function keyFileName(key: KeyName): string {
  if (key.kind === 'recovery') return 'recovery.agekey';
  if (key.kind === 'sealing') return `sealed-secrets-${labelOf(key.name)}.yaml`;
  return `${stemOf(key)}${key.isNext ? '.next' : ''}.agekey`;
}

/** Where a key is kept that was replaced: git history stays readable with it. @param count from 1, of the same day */
export function retiredKeyFileName(key: OwnedKey, now: Date, count = 1): string {
  return `${stemOf(key)}.retired-${now.toISOString().slice(0, 10)}${count === 1 ? '' : `-${count}`}.agekey`;
}

/** Whether an entry or a file is the owner's: its present, next or a retired key. A label has no dot in it. */
export function isKeyFileOf(key: OwnedKey, file: string): boolean {
  return file.startsWith(`${stemOf(key)}.`) && file.endsWith('.agekey');
}

function stemOf({ kind, name }: OwnedKey): string {
  return `${kind}-${labelOf(name)}`;
}

/** The model has checked the name; a path separator here would put a private key somewhere else. */
function labelOf(name: string): string {
  if (labelFault(name) !== undefined) throw new Error(`not a name for a key: ${JSON.stringify(name)}`);
  return name;
}
