import { open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type ExpectedError, usageError } from '../../errors.ts';
import { isSystemError, reasonOf } from '../../tree/system-error.ts';
import { type SecretValue, valueOfBytes } from './secret-value.ts';

/** What Flux decrypts at most (kustomize-controller 1.9, `maxEncryptedFileSize`); a Secret holds 1 MiB. */
const mostBytes = 5 * 1024 * 1024;

/** Where a value comes from: `--from-file KEY=FILE`, or `FILE` alone as kubectl takes it, with the file's name as key. */
export interface FileSource {
  key: string;
  /** As typed. */
  path: string;
}

/**
 * Splits what stands after `--from-file` at its first `=`.
 *
 * @throws ExpectedError (exit 2) when a part is empty
 */
export function fileSource(text: string): FileSource {
  const equals = text.indexOf('=');
  const source = equals === -1 ? { key: basename(text), path: text } : splitAt(text, equals);
  if (source.key === '' || source.path === '')
    throw usageError('--from-file takes KEY=FILE, or FILE whose name is the key', { code: 'secret-source' });
  return source;
}

function splitAt(text: string, at: number): FileSource {
  return { key: text.slice(0, at), path: text.slice(at + 1) };
}

/**
 * Reads one value from a file, every byte of it.
 *
 * @param cwd absolute, what the path is relative to
 * @throws ExpectedError `secret-source`. It does not repeat the path: who took the flag for one that takes the value itself
 * has written that there.
 */
export async function readValueFile({ key, path }: FileSource, cwd: string): Promise<SecretValue> {
  return valueOfBytes(await readBytes(resolve(cwd, path), `the file for ${JSON.stringify(key)}`));
}

/** Reads a file of at most 5 MiB. @param what for the error @throws ExpectedError `secret-source`, `secret-too-large` */
export async function readBytes(absolute: string, what: string): Promise<Buffer> {
  try {
    const file = await open(absolute, 'r');
    try {
      const { size } = await file.stat();
      if (size > mostBytes) throw tooLarge(what);
      const bytes = await file.readFile();
      // of a pipe, as `<(…)` in a shell, the size is not known before
      if (bytes.length > mostBytes) throw tooLarge(what);
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw usageError(`cannot read ${what}`, {
      code: 'secret-source',
      why: [reasonOf(error)],
      hint: 'name a file that holds the value; a value itself is never given on the command line',
    });
  }
}

/** All of stdin as text, at most 5 MiB. @throws ExpectedError `secret-too-large`, `secret-source` for what is no text */
export async function readStdin(stdin: NodeJS.ReadableStream): Promise<SecretValue> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBytes) throw tooLarge('stdin');
    chunks.push(bytes);
  }
  return valueOfBytes(Buffer.concat(chunks));
}

function tooLarge(what: string): ExpectedError {
  return usageError(`cannot take ${what}: it is larger than 5 MiB`, {
    code: 'secret-too-large',
    hint: 'A Secret holds 1 MiB. Keep large files elsewhere.',
  });
}
