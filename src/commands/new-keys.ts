import type { Io } from '../cli/io.ts';
import type { Model } from '../model/model.ts';
import { generateKeys, type NamedKey } from '../secrets/generate-keys.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { keysFolder } from '../secrets/keys-folder.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { keysToMake } from './keys-to-make.ts';
import type { OpenRepository } from './open-repository.ts';

/**
 * Keys that are needed now and were not before, and the folder they go to.
 * @param keysDirectory `--keys-dir`, as typed
 * @throws ExpectedError (exit 2) when keys must not be there
 */
export async function newKeys(
  io: Io,
  { root, tree }: Pick<OpenRepository, 'root' | 'tree'>,
  { before, after }: { before: Model; after: Model },
  keysDirectory: string | undefined,
): Promise<{ keys: readonly NamedKey[]; folder: string | undefined }> {
  const isThere = (path: RepoPath) => tree.kindOf(path) !== undefined;
  const lacking = new Set(keysToMake(before, isThere).map(keyFileName));
  const names = keysToMake(after, isThere).filter((key) => !lacking.has(keyFileName(key)));
  if (names.length === 0) return { keys: [], folder: undefined };
  const owner = { repository: after.repository.name, id: after.id, target: root };
  return { folder: await keysFolder({ ...io, flag: keysDirectory }, owner), keys: await generateKeys(names) };
}
