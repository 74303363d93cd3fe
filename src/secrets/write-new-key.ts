import { randomUUID } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { moveNew } from './move-new.ts';
import type { Secret } from './secret.ts';

/**
 * Writes a key file. A key is under its name whole or not at all, even when the process is killed; until then it has a name
 * that nothing reads. `wx` is O_CREAT|O_EXCL: it fails on whatever is there, a dangling link included (open(2)).
 *
 * @param made is given every file that was made, also when something fails later
 * @throws the system's errors; `EEXIST` when there is a file of that name
 */
export async function writeNewKey(path: string, text: Secret, made: string[]): Promise<void> {
  await removeParts(path);
  const part = `${path}.${randomUUID()}.part`;
  made.push(part);
  const file = await open(part, 'wx', 0o600);
  try {
    await file.writeFile(text.reveal());
    await file.sync();
  } finally {
    await file.close();
  }
  await moveNew(part, path);
  made.push(path);
}

/** Removes what killed runs left of writing a key file: nothing was encrypted for a key that had no name yet. */
export async function removeParts(path: string): Promise<void> {
  const [folder, file] = [dirname(path), basename(path)];
  const names = await readdir(folder).catch(() => []);
  const parts = names.filter((name) => name.startsWith(`${file}.`) && name.endsWith('.part'));
  for (const name of parts) await rm(join(folder, name), { force: true });
}
