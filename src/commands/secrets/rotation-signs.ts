import type { Io } from '../../cli/io.ts';
import type { Model } from '../../model/model.ts';
import { keyFileName } from '../../secrets/key-name.ts';
import { repositoryKeys } from '../../secrets/keys-folder.ts';
import type { EncryptedFile } from '../../secrets/readers/encrypted-files.ts';
import { recipientInFile } from '../../secrets/replace-key-file.ts';
import { type KeyRotation, keyRotations, type RotationScope } from '../../secrets/rotation/key-rotation.ts';
import { type RotationStage, stageOf } from '../../secrets/rotation/rotation-stage.ts';

/** One key of a scope, where its rotation stands, and the new key if it is on this machine. */
export interface StagedKey extends KeyRotation {
  stage: RotationStage;
  /** Public half of the `.next` file here. */
  next: string | undefined;
}

/**
 * Looks where the rotation of each key stands. Reads the model, the encrypted files and the keys folder; nothing else
 * remembers it.
 *
 * @throws ExpectedError for a key file that cannot be read
 */
export async function stagedKeys(
  io: Io,
  model: Model,
  files: readonly EncryptedFile[],
  options: { scope: RotationScope; keysDirectory: string | undefined },
): Promise<StagedKey[]> {
  const owner = { repository: model.repository.name, id: model.id };
  const folder = repositoryKeys({ ...io, flag: options.keysDirectory }, owner);
  return Promise.all(
    keyRotations(model, options.scope).map(async (rotation) => {
      const next = await recipientInFile(folder, keyFileName({ ...rotation.key, isNext: true }));
      return { ...rotation, next, stage: stageOf({ rotation, files, next }) };
    }),
  );
}
