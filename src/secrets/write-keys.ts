import { lstat, mkdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { platform } from 'node:process';
import { ExpectedError } from '../errors.ts';
import { enclosingWorkTree } from '../git/enclosing-work-tree.ts';
import { nearestFolder } from '../git/future-path.ts';
import type { NamedKey } from './generate-keys.ts';
import { keyFileText } from './key-file.ts';
import { keyFileName } from './key-name.ts';
import { syncFolder } from './sync-folder.ts';
import { writeNewKey } from './write-new-key.ts';

/**
 * Writes each key to a file of its own, all or none: after a failure the files and folders this call made are gone
 * again, and nothing else is. Folders get mode 0700, files 0600 from the first moment; what exists is never replaced
 * and no link at a file's place is followed. When it returns the keys are on the disk, not in its cache.
 *
 * @param folder as `keysFolder` gave it
 * @param about the repository's name for the header, and the time
 * @returns the files' paths, in the keys' order
 * @throws ExpectedError `key-exists`, `keys-in-work-tree`, `keys-folder-unsafe`, `keys-unwritable`
 */
export async function writeKeys(
  folder: string,
  keys: readonly NamedKey[],
  about: { repository: string; now: Date },
): Promise<string[]> {
  const files = keys.map((key) => ({ path: join(folder, keyFileName(key.key)), text: keyFileText(key, about) }));
  const there = await nearestFolder(folder);
  const foldersToMake = foldersBelow(there, folder);
  const made: string[] = [];
  try {
    for (const missing of foldersToMake.toReversed()) await makeFolder(missing);
    await assertSafe(folder);
    for (const { path, text } of files) await writeNewKey(path, text, made);
    for (const changed of [...foldersToMake, there]) await syncFolder(changed);
    return files.map(({ path }) => path);
  } catch (error) {
    for (const path of made) await rm(path, { force: true });
    // rmdir takes empty folders only, so nothing of anybody else's goes.
    for (const empty of foldersToMake) await rmdir(empty).catch(() => undefined);
    throw explained(error, folder);
  }
}

/** The folders from `folder` up to, without, `there`: innermost first. */
function foldersBelow(there: string, folder: string): string[] {
  return folder === there ? [] : [folder, ...foldersBelow(there, dirname(folder))];
}

/**
 * One at a time: where a file system says that nothing is there and lets nothing be made either, as /proc does, Node's
 * recursive one tries for ever. https://github.com/nodejs/node/issues/31481
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // another run made it meanwhile; whether it is a safe folder is looked at next
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Between the first look and now a person may have answered questions for an hour. */
async function assertSafe(folder: string): Promise<void> {
  const workTree = await enclosingWorkTree(folder);
  if (workTree !== undefined) throw unsafe('keys-in-work-tree', [`${folder} is inside the git work tree ${workTree}.`]);
  const found = await lstat(folder);
  if (found.isSymbolicLink()) throw unsafe('keys-folder-unsafe', [`${folder} is a symbolic link.`]);
  if (platform !== 'win32' && (found.mode & 0o022) !== 0)
    throw unsafe(
      'keys-folder-unsafe',
      [`Other users of this machine may write in ${folder}.`],
      `chmod 700 '${folder.replaceAll("'", "'\\''")}'`,
    );
}

function unsafe(
  code: string,
  why: readonly string[],
  hint = 'Choose another folder: --keys-dir DIR (or FLUX_REPO_KEYS_DIR).',
): ExpectedError {
  return new ExpectedError({
    code,
    exitCode: 1,
    message: 'cannot write the private keys: their folder is not safe',
    why,
    hint,
  });
}

function explained(error: unknown, folder: string): unknown {
  if (error instanceof ExpectedError || !(error instanceof Error && 'code' in error)) return error;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : folder;
  if (error.code === 'EEXIST' && path !== folder)
    return new ExpectedError({
      code: 'key-exists',
      exitCode: 1,
      message: `cannot write key ${basename(path)}: there is one already`,
      why: [`${path} may be the only copy of a key in use. No key was written.`],
      hint: 'Move it to a safe place, then run the command again.',
    });
  return new ExpectedError({
    code: 'keys-unwritable',
    exitCode: 1,
    message: `cannot write the private keys: the system says ${error.code}`,
    why: [`At ${path}. No key was written.`],
    hint: 'Choose a folder of your own: --keys-dir DIR (or FLUX_REPO_KEYS_DIR).',
  });
}
