import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../errors.ts';
import { folderPrefix, privatePlaces } from './private-folder.ts';
import type { Secret } from './secret.ts';

/** A file in plain text that only this person can read. */
export interface PrivateFile {
  /** Absolute. */
  path: string;
  read(): Promise<Buffer>;
}

/**
 * Puts a text into a file of mode 0600 in a folder of mode 0700, for as long as the work takes; then, and on a signal at
 * once, the folder is gone with all that an editor left in it. It is kept in memory where the system has such a place. What
 * a process leaves that gets no chance (SIGKILL), `sweepPrivateFolders` of the next one takes away.
 *
 * @param place.env `XDG_RUNTIME_DIR` is read; https://specifications.freedesktop.org/basedir-spec/latest/
 * @throws ExpectedError `no-private-folder` when no folder can be made
 */
export async function withPrivateFile<Result>(
  place: { env: Readonly<Record<string, string | undefined>>; signal: AbortSignal },
  { name, text }: { name: string; text: Secret },
  work: (file: PrivateFile) => Promise<Result>,
): Promise<Result> {
  const folder = privateFolder(place.env);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  // at once: whoever asked to stop may not wait for the editor to end
  place.signal.addEventListener('abort', remove);
  try {
    place.signal.throwIfAborted();
    const path = join(folder, name);
    writeFileSync(path, text.reveal(), { flag: 'wx', mode: 0o600 });
    return await work({ path, read: () => readFile(path) });
  } finally {
    place.signal.removeEventListener('abort', remove);
    remove();
  }
}

function privateFolder(env: Readonly<Record<string, string | undefined>>): string {
  const parents = privatePlaces(env);
  for (const parent of parents) {
    const folder = attempt(() => mkdtempSync(join(parent, folderPrefix())));
    if (folder === undefined) continue;
    // it is so already, whatever the umask says: https://pubs.opengroup.org/onlinepubs/9799919799/functions/mkdtemp.html
    chmodSync(folder, 0o700);
    return folder;
  }
  throw new ExpectedError({
    code: 'no-private-folder',
    exitCode: 1,
    message: 'cannot make a private folder to edit in',
    why: [`Tried ${parents.join(', ')}.`],
    hint: 'Set TMPDIR to a folder you may write in, or change single values with secrets set.',
  });
}

function attempt(act: () => string): string | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
