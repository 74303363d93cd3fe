import type { EncryptedFile } from '../readers/encrypted-files.ts';
import type { KeyRotation } from './key-rotation.ts';

/**
 * Where a key's rotation stands, told by the model, the files and the keys folder alone:
 * - `none`: no key was made yet
 * - `idle`: one key, nothing under way
 * - `rewrapping`: the model has both halves, some files lack the new one
 * - `overlap`: every file opens with either; the clusters are to hold the new key
 * - `key-files`: the old one is out of the model; on this machine the new key has its provisional name still
 */
export type RotationStage = 'none' | 'idle' | 'rewrapping' | 'overlap' | 'key-files';

/** What a stage is told by. */
export interface StageSigns {
  rotation: KeyRotation;
  files: readonly EncryptedFile[];
  /** Public half of the `.next` file on this machine, if there is one. */
  next: string | undefined;
}

export function stageOf({ rotation, files, next }: StageSigns): RotationStage {
  const { old, current } = rotation;
  if (current === undefined) return 'none';
  if (old.length === 0) return next === current ? 'key-files' : 'idle';
  return filesLeftBehind(rotation, files).length > 0 ? 'rewrapping' : 'overlap';
}

/** Files that the old key opens and the new one does not. */
export function filesLeftBehind<File extends Pick<EncryptedFile, 'recipients'>>(
  { old, current }: Pick<KeyRotation, 'old' | 'current'>,
  files: readonly File[],
): File[] {
  return files.filter(
    ({ recipients }) =>
      current !== undefined && !recipients.includes(current) && recipients.some((each) => old.includes(each)),
  );
}
