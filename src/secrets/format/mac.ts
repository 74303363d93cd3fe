import { createHash } from 'node:crypto';

/** sha256("sops"): what SOPS hashes first when the MAC covers encrypted values only. */
const macOnlyEncryptedStart = Buffer.from('8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69', 'hex');

/**
 * The text that SOPS encrypts as `mac`: SHA-512 over the values, in the order of the file, with nothing between them.
 *
 * @param values those the MAC covers: all but nulls and comments, or with `macOnlyEncrypted` those the rule encrypts
 * @returns 128 hexadecimal digits in capitals
 */
export function macText(values: Iterable<string>, macOnlyEncrypted: boolean): string {
  const hash = createHash('sha512');
  if (macOnlyEncrypted) hash.update(macOnlyEncryptedStart);
  for (const value of values) hash.update(value);
  return hash.digest('hex').toUpperCase();
}
