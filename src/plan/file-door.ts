import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { isSystemError } from '../tree/system-error.ts';

/**
 * The one door through which files of a repository are written. Paths are absolute; every operation throws Node's
 * system errors. Tests pass a door that fails, or kills the process, at the n-th operation.
 */
export interface FileDoor {
  /** What is at the path itself (links are not followed); undefined when nothing is, or a parent is no folder. */
  look(path: string): Stats | undefined;
  read(path: string): Uint8Array;
  list(folder: string): string[];
  /** Its parent must exist. The umask applies to `mode`. */
  makeFolder(path: string, mode: number): void;
  /** Fails when something is there already. The umask applies to `mode`. */
  writeNew(path: string, contents: string, mode: number): void;
  /** Exact, without the umask. */
  changeMode(path: string, mode: number): void;
  /** Resolves when the contents of these files are on the disk. */
  flush(paths: readonly string[]): Promise<void>;
  /** Atomic; replaces a file that is there. */
  move(from: string, to: string): void;
  removeFile(path: string): void;
  /** Fails unless it is empty. */
  removeFolder(path: string): void;
}

export const fileDoor: FileDoor = {
  look: lookAt,
  read: (path) => readFileSync(path),
  list: (folder) => readdirSync(folder),
  makeFolder: (path, mode) => void mkdirSync(path, { mode }),
  writeNew: (path, contents, mode) => writeFileSync(path, contents, { flag: 'wx', mode }),
  changeMode: chmodSync,
  flush: flushFiles,
  move: renameSync,
  removeFile: unlinkSync,
  removeFolder: rmdirSync,
};

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Measured on ext4: 150 files one after the other 38 ms, side by side 15 ms, as the disk then does several at once. */
async function flushFiles(paths: readonly string[]): Promise<void> {
  const atOnce = 32;
  for (let start = 0; start < paths.length; start += atOnce) {
    await Promise.all(paths.slice(start, start + atOnce).map(flushFile));
  }
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
