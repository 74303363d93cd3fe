import { ExpectedError } from '../../errors.ts';
import { isRecipient } from '../../model/recipient.ts';
import { isIdentity, recipientOf } from '../age-identity.ts';
import type { Secret } from '../secret.ts';
import { x25519Identity, x25519Recipient } from './x25519-stanza.ts';

/** A recipient's own copy of the data key, as the file has it. */
export interface AgeEntry {
  recipient: string;
  /** An armored age file whose content is the 32 bytes. */
  enc: string;
}

export const dataKeyBytes = 32;

/** Loaded when needed: it costs 45 ms. */
const loadAge = () => import('age-encryption');

/** Whether we can make an entry for it: X25519. The post-quantum hybrid, plugins' and ssh recipients we cannot. */
export function canWrapFor(recipient: string): boolean {
  return isRecipient(recipient);
}

/**
 * Encrypts the data key for one recipient.
 *
 * @throws ExpectedError `sops-recipient` when it is none we can encrypt for
 */
export async function wrapDataKey(dataKey: Buffer, recipient: string): Promise<AgeEntry> {
  const { Encrypter, Stanza, armor } = await loadAge();
  const encrypter = new Encrypter();
  try {
    if (!canWrapFor(recipient)) throw new Error('no recipient');
    encrypter.addRecipient(x25519Recipient(recipient, Stanza));
  } catch {
    throw new ExpectedError({
      code: 'sops-recipient',
      exitCode: 2,
      message: `cannot encrypt for ${shownRecipient(recipient)}: that is not an age recipient, or has a mistake in it`,
      hint: 'Copy it again: age1… is 62 characters long. Post-quantum keys, and those of ssh and of age plugins, cannot be used.',
    });
  }
  return { recipient, enc: armor.encode(await encrypter.encrypt(dataKey)) };
}

/**
 * Decrypts the data key with whichever identity fits one of the entries. The entry that names an identity's own public half is
 * tried first; the names are not trusted beyond that, as SOPS does not.
 *
 * @param file for errors
 * @throws ExpectedError `sops-no-identity`, `sops-wrong-identity`, `sops-damaged-key`
 */
export async function unwrapDataKey(
  entries: readonly AgeEntry[],
  identities: readonly Secret[],
  file: string,
): Promise<Buffer> {
  const readers = entries.map(({ recipient }) => `It is readable for ${shownRecipient(recipient)}.`);
  if (identities.length === 0)
    throw noKey('sops-no-identity', `cannot decrypt ${file}: no private key is at hand`, readers);
  const { Decrypter, armor } = await loadAge();
  const own = new Set(await Promise.all(identities.map(recipientOf)));
  const decrypter = new Decrypter();
  for (const identity of identities)
    decrypter.addIdentity(isIdentity(identity.reveal()) ? x25519Identity(identity) : identity.reveal());
  for (const { enc } of entries.toSorted((one, other) => rank(one, own) - rank(other, own))) {
    const opened = await attempt(async () => decrypter.decrypt(armor.decode(enc)));
    // The same memory, so that wiping the one wipes the other.
    if (opened?.length === dataKeyBytes) return Buffer.from(opened.buffer, opened.byteOffset, opened.length);
  }
  if (entries.some(({ recipient }) => own.has(recipient)))
    throw new ExpectedError({
      code: 'sops-damaged-key',
      exitCode: 1,
      message: `cannot decrypt ${file}: the data key in its sops block is damaged`,
      why: ['The block names your key, but what it holds for it cannot be opened.'],
      hint: 'Restore the file from git.',
    });
  const tried = [...own].map((recipient) => `Your key is ${shownRecipient(recipient)}.`);
  throw noKey('sops-wrong-identity', `cannot decrypt ${file}: no private key at hand fits`, [...readers, ...tried]);
}

/**
 * The data key as one private key alone gives it, tried on the entry that names it and then on the others, as SOPS does.
 *
 * @param key a private key and its public half
 * @returns undefined when no entry opens; else 32 bytes, which the caller wipes
 */
export async function dataKeyFor(
  entries: readonly AgeEntry[],
  key: { recipient: string; identity: Secret },
): Promise<Buffer | undefined> {
  const { Decrypter, armor } = await loadAge();
  const decrypter = new Decrypter();
  decrypter.addIdentity(key.identity.reveal());
  const own = new Set([key.recipient]);
  for (const { enc } of entries.toSorted((one, other) => rank(one, own) - rank(other, own))) {
    const opened = await attempt(async () => decrypter.decrypt(armor.decode(enc)));
    if (opened?.length === dataKeyBytes) return Buffer.from(opened.buffer, opened.byteOffset, opened.length);
  }
  return undefined;
}

function rank({ recipient }: AgeEntry, own: ReadonlySet<string>): number {
  return own.has(recipient) ? 0 : 1;
}

/** The library says why in words that may quote its input; whether it worked is all we need. */
async function attempt<Result>(act: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await act();
  } catch {
    return undefined;
  }
}

function noKey(code: string, message: string, why: readonly string[]): ExpectedError {
  return new ExpectedError({
    code,
    exitCode: 1,
    message,
    why,
    hint: 'Say where the keys are: --keys-dir DIR (or FLUX_REPO_KEYS_DIR).',
  });
}

/** A recipient for a message: post-quantum ones have 1,959 characters; and people put private keys in the wrong place. */
export function shownRecipient(text: string): string {
  if (/AGE-/i.test(text)) return 'a private key';
  return text.length <= 80 ? text : `${text.slice(0, 24)}…`;
}
