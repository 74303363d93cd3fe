import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { formatSealed, type Sealed } from './sealed-text.ts';

/** Source of random bytes; tests give a known one. */
export type RandomBytes = (size: number) => Buffer;

const algorithm = 'aes-256-gcm';
/** SOPS' choice, not the usual 12: its next edit reuses the IV with a cipher made for this length. */
const ivBytes = 32;
const authTagLength = 16;

/** What binds a value to its place: the map keys from the root, each followed by a colon. List indexes are not part of it. */
export function additionalDataOf(path: readonly (string | number)[]): string {
  return `${path.filter((part) => typeof part === 'string').join(':')}:`;
}

/**
 * Encrypts a text for one place.
 *
 * @param dataKey 32 bytes
 * @returns `ENC[…]`
 */
export function seal(
  text: string,
  type: Sealed['type'],
  additionalData: string,
  dataKey: Buffer,
  random: RandomBytes = randomBytes,
): string {
  const iv = random(ivBytes);
  const cipher = createCipheriv(algorithm, dataKey, iv, { authTagLength });
  cipher.setAAD(Buffer.from(additionalData));
  const plain = Buffer.from(text);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  plain.fill(0);
  return formatSealed({ ciphertext, iv, tag: cipher.getAuthTag(), type });
}

/**
 * Decrypts what `seal` wrote.
 *
 * @returns undefined when key, place or content do not fit together, or the content is not UTF-8
 */
export function unseal(sealed: Sealed, additionalData: string, dataKey: Buffer): string | undefined {
  // Without the length Node accepts a tag cut to four bytes, which is quickly guessed.
  const decipher = createDecipheriv(algorithm, dataKey, sealed.iv, { authTagLength });
  decipher.setAAD(Buffer.from(additionalData));
  decipher.setAuthTag(sealed.tag);
  const plain = decipher.update(sealed.ciphertext);
  try {
    decipher.final();
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    return undefined;
  } finally {
    plain.fill(0);
  }
}
