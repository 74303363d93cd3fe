import { lstat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { futureRealPath } from './future-path.ts';

/**
 * The git work tree (or the folder of a `.git`) a path is or will be in, found without git: the nearest real parent
 * that holds `.git`, a folder or, in linked work trees and submodules, a file (gitrepository-layout(5)).
 *
 * @returns the real path of the folder that holds `.git`, `undefined` outside any
 * @throws the file system's error when a part of the path cannot be looked at
 */
export async function enclosingWorkTree(path: string): Promise<string | undefined> {
  let folder = await futureRealPath(path);
  while (!(await exists(join(folder, '.git')))) {
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
  return folder;
}

function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
