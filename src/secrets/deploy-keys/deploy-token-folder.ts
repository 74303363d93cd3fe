import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../../errors.ts';
import { labelFault } from '../../model/label.ts';
import { isSystemError, reasonOf } from '../../tree/system-error.ts';
import type { Secret } from '../secret.ts';
import { syncFolder } from '../sync-folder.ts';
import { writeNewKey } from '../write-new-key.ts';

/**
 * Where the deploy token of a cluster is kept: a folder whose files, `username` and `password`, are the entries of the
 * Secret that Flux reads.
 *
 * @param keysFolder of the repository, absolute
 */
export function deployTokenFolder(keysFolder: string, cluster: string): string {
  if (labelFault(cluster) !== undefined) throw new Error(`not a name for a token: ${JSON.stringify(cluster)}`);
  return join(keysFolder, `deploy-token-${cluster}`);
}

/** The user of the token that is kept; undefined when there is none. The password is not read. */
export async function readDeployToken(folder: string): Promise<{ username: string } | undefined> {
  try {
    return { username: await readFile(join(folder, 'username'), 'utf8') };
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/**
 * Writes a token, mode 0600 in a folder of mode 0700, in the place of one that works no more: both files or neither.
 *
 * @throws ExpectedError `keys-unwritable`
 */
export async function writeDeployToken(
  folder: string,
  { username, password }: { username: string; password: Secret },
): Promise<void> {
  const coming = `${folder}.part`;
  try {
    await rm(coming, { recursive: true, force: true });
    await mkdir(coming, { recursive: true, mode: 0o700 });
    await chmod(coming, 0o700);
    await writeNewKey(join(coming, 'password'), password, []);
    await writeFile(join(coming, 'username'), username, { mode: 0o600 });
    await syncFolder(coming);
    await rm(folder, { recursive: true, force: true });
    await rename(coming, folder);
    await syncFolder(join(folder, '..'));
  } catch (error) {
    throw isSystemError(error) ? unwritable(folder, reasonOf(error)) : error;
  }
}

function unwritable(folder: string, reason: string): ExpectedError {
  return new ExpectedError({
    code: 'keys-unwritable',
    exitCode: 1,
    message: `cannot write a deploy token: ${reason}`,
    why: [`At ${folder}. The provider has one whose password is lost now.`],
    hint: 'Choose a folder of your own: --keys-dir DIR (or FLUX_REPO_KEYS_DIR); the lost one is removed then.',
  });
}
