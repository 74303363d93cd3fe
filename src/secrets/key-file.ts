import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { platform } from 'node:process';
import { ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';
import { isIdentity } from './age-identity.ts';
import type { NamedKey } from './generate-keys.ts';
import type { KeyName } from './key-name.ts';
import { Secret } from './secret.ts';

/**
 * The file's text: of an age key with the header `age-keygen` writes and a line saying what the key is for.
 *
 * @returns a text with the private key in it: for a file of mode 0600 and nothing else
 */
export function keyFileText({ key, identity, recipient }: NamedKey, about: { repository: string; now: Date }): Secret {
  if (key.kind === 'sealing') return identity;
  const created = about.now.toISOString().replace(/\.\d+Z$/, 'Z');
  const header = [`created: ${created}`, `public key: ${recipient}`, purpose(key, about.repository)];
  return new Secret([...header.map((line) => `# ${line}`), identity.reveal(), ''].join('\n'));
}

function purpose(key: KeyName, repository: string): string {
  if (key.kind === 'recovery')
    return `Recovery key of ${repository}: it opens every secret there. Keep it offline, apart from this machine.`;
  return `Private key of ${key.kind} ${key.name} in ${repository}: it opens the secrets meant for it. Keep a copy; give it to nobody.`;
}

/**
 * Reads a key file's text by the rules age and Flux share: one identity per line, no blanks before it; `#` lines and
 * empty lines do not count. Stricter in one thing: only X25519 identities, the kind we make.
 *
 * @param file the file's name, for errors
 * @throws ExpectedError `key-file` naming the line, never its text
 */
export function parseKeyFile(text: string, file: string): Secret[] {
  const { identities, wrongLines } = readLines(text, file);
  const [wrong] = wrongLines;
  if (wrong !== undefined) throw keyFileError(file, wrong, 'Restore the file from your copy, or correct that line.');
  return identities;
}

/**
 * As `parseKeyFile`, for a file that people share with other tools: beside an identity that is one of ours, lines of
 * other kinds are warnings.
 *
 * @throws ExpectedError `key-file` when no line can be used
 */
export function parseSharedKeys(text: string, file: string): { identities: Secret[]; warnings: Problem[] } {
  const { identities, wrongLines } = readLines(text, file);
  if (identities.length === 0) return { identities: parseKeyFile(text, file), warnings: [] };
  const warnings = wrongLines.map(
    (wrong): Problem => ({ rule: 'keys/unusable', severity: 'warning', message: `${file}: ${wrong}; not used` }),
  );
  return { identities, warnings };
}

function readLines(text: string, file: string): { identities: Secret[]; wrongLines: string[] } {
  if (/^(-----BEGIN AGE ENCRYPTED FILE-----|age-encryption\.org\/)/.test(text))
    throw keyFileError(file, 'it is protected by a passphrase', `Decrypt it first: age --decrypt --output NEW ${file}`);
  const lines = text.split(/\r?\n/).map((line, index) => ({ line, number: index + 1 }));
  const told = lines.filter(({ line }) => line !== '' && !line.startsWith('#'));
  if (told.length === 0) throw keyFileError(file, 'there is no identity in it', 'Restore the file from your copy.');
  return {
    identities: told.filter(({ line }) => isIdentity(line)).map(({ line }) => new Secret(line)),
    wrongLines: told
      .filter(({ line }) => !isIdentity(line))
      .map(({ line, number }) => `line ${number} ${whatIsWrong(line)}`),
  };
}

function whatIsWrong(line: string): string {
  if (/^\s/.test(line)) return 'begins with a blank, which Flux does not accept';
  if (line.startsWith('AGE-SECRET-KEY-PQ-1')) return 'is a post-quantum identity; only X25519 is read';
  if (line.startsWith('AGE-PLUGIN-')) return "is a plugin's identity; only X25519 is read";
  return 'is not an age identity (AGE-SECRET-KEY-1…), or has a mistake in it';
}

/**
 * Reads a key file from disk.
 *
 * @returns its identities; warnings about lines of other kinds, and when others on this machine may read it
 * @throws ExpectedError `key-missing`, `key-unreadable`, `key-file`
 */
export async function readKeyFile(path: string): Promise<{ identities: Secret[]; warnings: Problem[] }> {
  const file = basename(path);
  try {
    const stats = await stat(path);
    const { identities, warnings } = parseSharedKeys(await readFile(path, 'utf8'), file);
    // What a shell's `<(command)` gives is a pipe: nobody else's, and without a mode to change.
    return { identities, warnings: stats.isFile() ? [...modeWarnings(path, stats.mode), ...warnings] : warnings };
  } catch (error) {
    if (error instanceof ExpectedError || !(error instanceof Error && 'code' in error)) throw error;
    const isMissing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    throw new ExpectedError({
      code: isMissing ? 'key-missing' : 'key-unreadable',
      exitCode: 1,
      message: `cannot read key ${file}: ${isMissing ? 'it is not there' : `the system says ${error.code}`}`,
      why: [`Looked at ${path}.`],
      hint: 'Say where the keys are: --keys-dir DIR (or FLUX_REPO_KEYS_DIR).',
    });
  }
}

function modeWarnings(path: string, mode: number): Problem[] {
  // Windows keeps access elsewhere; the mode there says nothing.
  if (platform === 'win32' || (mode & 0o077) === 0) return [];
  const message = `other users of this machine may read the private key ${basename(path)}`;
  return [
    { rule: 'keys/file-mode', severity: 'warning', message, hint: `chmod 600 '${path.replaceAll("'", "'\\''")}'` },
  ];
}

function keyFileError(file: string, reason: string, hint: string): ExpectedError {
  return new ExpectedError({ code: 'key-file', exitCode: 1, message: `cannot read key ${file}: ${reason}`, hint });
}
