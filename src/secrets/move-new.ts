import { link, lstat, rename, unlink } from 'node:fs/promises';

/**
 * Gives a file another name, which must be free: `rename` alone would replace what is there. A process that is killed
 * leaves the file under one name or both.
 *
 * @throws the system's errors; `EEXIST` when something is there, a dangling link included, with that as its `path`
 */
export async function moveNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'EEXIST' || (await isThere(to))) throw Object.assign(error, { code: 'EEXIST', path: to });
    // Some file systems of networks and memory sticks have no links.
    return rename(from, to);
  }
  await unlink(from);
}

function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
