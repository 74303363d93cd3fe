import type { RepoPath } from '../../tree/repo-path.ts';
import type { FoundIdentity } from '../find-identities.ts';
import { rotateDataKey } from '../format/rotate-data-key.ts';
import { updateRecipients } from '../format/update-recipients.ts';
import type { Secret } from '../secret.ts';
import type { EncryptedFile } from './encrypted-files.ts';
import type { ReaderChange } from './reader-changes.ts';

/** How files get other readers. */
export interface Rewrapping {
  /**
   * Whether a new data key is made, so that who is dropped cannot open the file even if they remember the old one. Without,
   * values keep their ciphertext.
   */
  newDataKeys: boolean;
  identities: readonly FoundIdentity[];
  now: Date;
  signal?: AbortSignal | undefined;
}

/**
 * Encrypts files for other readers, in memory.
 *
 * @returns path -> its new text
 * @throws ExpectedError as `updateRecipients` and `rotateDataKey`; what the signal's reason is when it aborts
 */
export async function rewrapFiles(
  changes: readonly ReaderChange[],
  { newDataKeys, identities, now, signal }: Rewrapping,
): Promise<Map<RepoPath, string>> {
  const texts = new Map<RepoPath, string>();
  for (const { file, recipients } of changes) {
    signal?.throwIfAborted();
    const source = { text: file.text, file: file.path };
    const keys = fittingKeys(file, identities);
    const text = newDataKeys
      ? await rotateDataKey(source, { identities: keys, recipients, now })
      : await updateRecipients(source, recipients, keys);
    texts.set(file.path, text);
  }
  return texts;
}

/**
 * Whether one of the keys is one that the file names. Trying every key of a fleet on every file would take minutes: an
 * attempt costs 2 ms.
 */
export function canOpen(file: EncryptedFile, identities: readonly FoundIdentity[]): boolean {
  return identities.some(({ recipient }) => file.recipients.includes(recipient));
}

function fittingKeys(file: EncryptedFile, identities: readonly FoundIdentity[]): Secret[] {
  const fitting = identities.find(({ recipient }) => file.recipients.includes(recipient));
  return (fitting === undefined ? identities : [fitting]).map(({ secret }) => secret);
}
