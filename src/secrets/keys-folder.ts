import { access, constants, lstat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ExpectedError, usageError } from '../errors.ts';
import { enclosingWorkTree } from '../git/enclosing-work-tree.ts';
import { futureRealPath, nearestFolder } from '../git/future-path.ts';
import { type KeysPlace, keysDir } from './keys-dir.ts';

/** Whose keys: the name is not enough, two repositories may share one. */
export interface KeysOwner {
  repository: string;
  /** Eight hex digits, `id` in flux-repo.yaml. */
  id: string;
  /** The repository's own folder, absolute; need not exist. */
  target: string;
}

/**
 * The folder of one repository's private keys, `<keys-dir>/<repository>-<id>`, as the real path it has or will have.
 * Looks only, makes nothing.
 *
 * @throws ExpectedError (exit 2) when keys cannot or must not be there: inside any git work tree or inside the
 *   repository's own folder (links followed), below a file, or where this person may not write
 */
export async function keysFolder(place: KeysPlace, { repository, id, target }: KeysOwner): Promise<string> {
  const wanted = repositoryKeys(place, { repository, id });
  const folder = await futureRealPath(wanted).catch((cause: unknown) => {
    throw refusal('keys-dir-unreadable', 'it cannot be looked at', [`${wanted}: ${String(cause)}`]);
  });
  const workTree = await enclosingWorkTree(folder);
  if (workTree !== undefined)
    throw refusal('keys-in-work-tree', 'it is inside a git work tree', [`${folder} is inside ${workTree}.`]);
  const realTarget = await futureRealPath(target);
  if (isWithin(realTarget, folder, place.platform))
    throw refusal('keys-in-repository', "it is inside the repository's own folder", [
      `${folder} is inside ${realTarget}.`,
    ]);
  await assertWritable(folder);
  return folder;
}

/**
 * Where one repository's private keys are looked for, absolute; not touched, so it may be missing or read-only.
 *
 * @throws ExpectedError (exit 2) for an empty `--keys-dir`
 */
export function repositoryKeys(place: KeysPlace, { repository, id }: Pick<KeysOwner, 'repository' | 'id'>): string {
  const name = `${repository}-${id}`;
  if (/[/\\]/.test(name)) throw new Error(`not a name for a folder of keys: ${JSON.stringify(name)}`);
  return join(keysDir(place), name);
}

async function assertWritable(folder: string): Promise<void> {
  const there = await nearestFolder(folder);
  const [next] = relative(there, folder).split(sep);
  if (
    next &&
    (await lstat(join(there, next)).then(
      () => true,
      () => false,
    ))
  )
    throw refusal('keys-dir-is-file', 'it is, or is below, a file', [`${join(there, next)} is not a folder.`]);
  await access(there, constants.W_OK | constants.X_OK).catch(() => {
    throw refusal('keys-dir-unwritable', 'it is not writable', [`No right to write in ${there}.`]);
  });
}

/** macOS and Windows keep one folder under all spellings of its name, and a folder not yet there has none to look up. */
function isWithin(outer: string, inner: string, platform: NodeJS.Platform): boolean {
  const [from, to] = platform === 'linux' ? [outer, inner] : [outer.toLowerCase(), inner.toLowerCase()];
  return to === from || to.startsWith(from.endsWith(sep) ? from : from + sep);
}

function refusal(code: string, reason: string, why: readonly string[]): ExpectedError {
  return usageError(`private keys cannot be kept in this folder: ${reason}`, {
    code,
    why,
    hint: 'Choose a folder of your own outside any repository: --keys-dir DIR (or FLUX_REPO_KEYS_DIR).',
  });
}
