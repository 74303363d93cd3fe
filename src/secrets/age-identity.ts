import { decodeBech32 } from '../model/bech32.ts';
import { x25519Bytes } from '../model/recipient.ts';
import { Secret } from './secret.ts';

/** A key pair of age: the identity opens what was encrypted to the recipient. */
export interface AgeKey {
  identity: Secret;
  /** Public: `age1…`, 62 characters. */
  recipient: string;
}

const identityPrefix = 'AGE-SECRET-KEY-';

/** Loaded when needed: it costs 45 ms, and most commands make no key. */
const loadAge = () => import('age-encryption');

/** A new X25519 key. Not the library's default kind, which it announces to change. */
export async function generateAgeKey(): Promise<AgeKey> {
  const identity = new Secret(await (await loadAge()).generateX25519Identity());
  return { identity, recipient: await recipientOf(identity) };
}

/** Asked for each file that is opened, and 0.8 ms each time. */
const knownRecipients = new WeakMap<Secret, string>();

/** The public half of an identity that `isIdentity` accepts. */
export async function recipientOf(identity: Secret): Promise<string> {
  const known = knownRecipients.get(identity) ?? (await (await loadAge()).identityToRecipient(identity.reveal()));
  knownRecipients.set(identity, known);
  return known;
}

/** Whether the text is exactly one X25519 identity, checksum included. */
export function isIdentity(text: string): boolean {
  const decoded = decodeBech32(text);
  return decoded?.prefix === identityPrefix && decoded.bytes.length === x25519Bytes;
}
