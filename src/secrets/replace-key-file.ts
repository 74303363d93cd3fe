import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../errors.ts';
import { recipientOf } from './age-identity.ts';
import { readKeyFile } from './key-file.ts';
import { keyFileName, type OwnedKey, retiredKeyFileName } from './key-name.ts';
import { moveNew } from './move-new.ts';
import { syncFolder } from './sync-folder.ts';
import { removeParts } from './write-new-key.ts';

/**
 * The public half of the key in a file of the keys folder; undefined when there is no such file.
 *
 * @throws ExpectedError `key-file`, `key-unreadable`
 */
export async function recipientInFile(folder: string, file: string): Promise<string | undefined> {
  try {
    const [identity] = (await readKeyFile(join(folder, file))).identities;
    return identity && (await recipientOf(identity));
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'key-missing') return undefined;
    throw error;
  }
}

/**
 * The next key takes the place of the present one, which stays beside it as `….retired-<date>.agekey`. At every moment
 * both are in the folder under some name; after a crash the same call completes it. A person without the next key has
 * nothing to do.
 *
 * @param recipient what the next key must be; a file with another one is left alone
 * @throws ExpectedError, and the system's own errors
 */
export async function replaceKeyFile(folder: string, key: OwnedKey, recipient: string, now: Date): Promise<void> {
  const [present, next] = [keyFileName(key), keyFileName({ ...key, isNext: true })];
  if ((await recipientInFile(folder, next)) !== recipient) return;
  const replaced = await recipientInFile(folder, present);
  if (replaced !== undefined && replaced !== recipient) {
    await moveKey(join(folder, present), await freeName(folder, key, replaced, now));
    await syncFolder(folder);
  }
  await moveKey(join(folder, next), join(folder, present));
  await removeParts(join(folder, next));
  await syncFolder(folder);
}

/** A name that is free, or that the same key got already, before a crash. */
async function freeName(folder: string, key: OwnedKey, recipient: string, now: Date): Promise<string> {
  for (let count = 1; ; count++) {
    const file = retiredKeyFileName(key, now, count);
    const there = await recipientInFile(folder, file);
    if (there === undefined || there === recipient) return join(folder, file);
  }
}

/** What has both names already, after a crash, loses the old one. */
async function moveKey(from: string, to: string): Promise<void> {
  try {
    await moveNew(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await unlink(from);
  }
}
