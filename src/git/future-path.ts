import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** As Linux' own limit: path_resolution(7). */
const mostLinks = 40;

/**
 * The real path something will have once it exists: links are followed, dangling ones too, and what is not there yet
 * is appended to the real path of its nearest existing parent.
 *
 * @throws the file system's error (EACCES, ELOOP) when a part of the path cannot be looked at
 */
export async function futureRealPath(path: string, linksLeft: number = mostLinks): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    const parent = dirname(path);
    if (parent === path) return path;
    const realParent = await futureRealPath(parent, linksLeft);
    const link = await readlink(path).catch(() => undefined);
    if (link === undefined) return join(realParent, basename(path));
    if (linksLeft === 0) throw error;
    return futureRealPath(resolve(realParent, link), linksLeft - 1);
  }
}

/** The nearest folder that exists: the path itself, or the first parent that is one. */
export async function nearestFolder(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  const parent = dirname(path);
  return isFolder || parent === path ? path : nearestFolder(parent);
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
