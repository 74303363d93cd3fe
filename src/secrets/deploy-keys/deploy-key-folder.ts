import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../../errors.ts';
import { labelFault } from '../../model/label.ts';
import { isSystemError, reasonOf } from '../../tree/system-error.ts';
import { Secret } from '../secret.ts';
import { syncFolder } from '../sync-folder.ts';
import { removeParts, writeNewKey } from '../write-new-key.ts';
import { type DeployKey, publicHalf } from './deploy-key.ts';

/** A deploy key on this machine: a folder whose files are the entries of the Secret that Flux reads. */
export interface KeptDeployKey {
  /** Absolute. It holds `identity`, `identity.pub` and, where the server's keys are known, `known_hosts`. */
  folder: string;
  /** `ssh-ed25519 AAAA… comment` */
  publicKey: string;
}

/**
 * Where the deploy key of a cluster is kept.
 *
 * @param keysFolder of the repository, absolute @param isNext it is to replace the present one
 */
export function deployKeyFolder(keysFolder: string, cluster: string, isNext = false): string {
  if (labelFault(cluster) !== undefined) throw new Error(`not a name for a key: ${JSON.stringify(cluster)}`);
  return join(keysFolder, `deploy-key-${cluster}${isNext ? '.next' : ''}`);
}

/** Reads its public half out of the private one, which is all that counts. Undefined when there is none. */
export async function readDeployKey(folder: string): Promise<KeptDeployKey | undefined> {
  const path = join(folder, 'identity');
  try {
    return { folder, publicKey: publicHalf(new Secret(await readFile(path, 'utf8'))) };
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw new ExpectedError({
      code: 'deploy-key-unreadable',
      exitCode: 1,
      message: 'cannot read a deploy key in the folder of the keys',
      why: [`${path}: ${isSystemError(error) ? reasonOf(error) : 'it is no key in the format of OpenSSH'}`],
      hint: 'Restore the file from your copy, or delete its folder: another key is made then.',
    });
  }
}

/**
 * Writes a new key, mode 0600 in a folder of mode 0700; it is on the disk when this resolves. The private half comes first
 * and is under its name whole or not at all.
 *
 * @param knownHosts lines, none where nobody vouches for the server
 * @throws ExpectedError `keys-unwritable`
 */
export async function writeDeployKey(
  folder: string,
  { identity, publicKey }: DeployKey,
  knownHosts: readonly string[],
): Promise<KeptDeployKey> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeNewKey(join(folder, 'identity'), identity, []);
    await completeDeployKey({ folder, publicKey }, knownHosts);
    await syncFolder(folder);
  } catch (error) {
    throw isSystemError(error) ? unwritable(folder, reasonOf(error)) : error;
  }
  return { folder, publicKey };
}

function unwritable(folder: string, reason: string): ExpectedError {
  return new ExpectedError({
    code: 'keys-unwritable',
    exitCode: 1,
    message: `cannot write a deploy key: ${reason}`,
    why: [`At ${folder}. The provider was given nothing.`],
    hint: 'Choose a folder of your own: --keys-dir DIR (or FLUX_REPO_KEYS_DIR).',
  });
}

/** Writes what stands beside the private half, and takes away what a killed run left there: all files become entries. */
export async function completeDeployKey(
  { folder, publicKey }: KeptDeployKey,
  knownHosts: readonly string[],
): Promise<void> {
  await removeParts(join(folder, 'identity'));
  await writeFile(join(folder, 'identity.pub'), `${publicKey}\n`, { mode: 0o600 });
  if (knownHosts.length > 0)
    await writeFile(join(folder, 'known_hosts'), `${knownHosts.join('\n')}\n`, { mode: 0o600 });
}

/** The next key takes the place of the present one, whose public half no server has any more. */
export async function replaceDeployKey(keysFolder: string, cluster: string): Promise<void> {
  const [present, next] = [deployKeyFolder(keysFolder, cluster), deployKeyFolder(keysFolder, cluster, true)];
  await rm(present, { recursive: true, force: true });
  await rename(next, present);
  await syncFolder(keysFolder);
}
