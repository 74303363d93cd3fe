import { textAt, valueAt } from '../yaml/value-at.ts';
import { isPlainMap } from '../yaml/value-kinds.ts';
import type { CheckedKustomization, ClusterObject } from './checked-repository.ts';

/** What SOPS writes into files of other formats, which generators take in (`internal/decryptor` of kustomize-controller). */
const encryptedFile = /mac: ENC\[|sops_mac=ENC\[|"mac": "ENC\[/;

/**
 * Whether Flux has to decrypt an object: SOPS' block is in it, or a generator made it of an encrypted file.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#decryption
 */
export function isEncrypted({ kind, value }: Pick<ClusterObject, 'kind' | 'value'>): boolean {
  if (textAt(value, ['sops', 'mac'])?.startsWith('ENC[') === true) return true;
  if (kind !== 'Secret' || !isPlainMap(value.data)) return false;
  return Object.values(value.data).some(
    (text) => typeof text === 'string' && encryptedFile.test(Buffer.from(text, 'base64').toString('utf8')),
  );
}

/** The objects of a Kustomization that Flux has to decrypt. */
export function encryptedObjects({ objects }: CheckedKustomization): ClusterObject[] {
  return objects.filter((object) => isEncrypted(object));
}

/** `spec.decryption`, if it is there. */
export function decryptionOf({ object }: CheckedKustomization): { secret: string | undefined } | undefined {
  const decryption = valueAt(object?.value, ['spec', 'decryption']);
  return decryption === undefined ? undefined : { secret: textAt(decryption, ['secretRef', 'name']) };
}
