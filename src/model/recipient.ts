import { decodeBech32 } from './bech32.ts';

/** Both halves of an X25519 key are 32 bytes: https://age-encryption.org/v1, "The X25519 recipient type". */
export const x25519Bytes = 32;

/** Whether the text is exactly one X25519 recipient, checksum included. Other kinds (`age1pq1…`, plugins, ssh) are not. */
export function isRecipient(text: string): boolean {
  const decoded = decodeBech32(text);
  return decoded?.prefix === 'age' && decoded.bytes.length === x25519Bytes;
}
