import { open } from 'node:fs/promises';
import { platform } from 'node:process';

/** A new name is on the disk only when its folder is: fsync(2). */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder.
  if (platform === 'win32') return;
  const handle = await open(folder, 'r').catch(ignoringCodes('EACCES'));
  try {
    await handle?.sync().catch(ignoringCodes('EINVAL', 'ENOTSUP'));
  } finally {
    await handle?.close();
  }
}

/** A parent may be writable but not readable, and a network's file system may know no such thing as syncing a folder. */
function ignoringCodes(...codes: readonly string[]): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (error.code === undefined || !codes.includes(error.code)) throw error;
    return undefined;
  };
}
