import { createHash } from 'node:crypto';
import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Holding } from './cluster-holdings.ts';
import { dataKeyFor } from './format/data-key.ts';
import { verifyFile } from './format/decrypt-file.ts';
import { readSealedFile, type SealedFile } from './sealed-file.ts';
import type { Secret } from './secret.ts';

/** Why keys do not open a file; `isDamaged` when that is not for want of the right key. */
export interface Unopened {
  reason: string;
  isDamaged: boolean;
}

/** Tries keys on files; what several clusters share is tried once. */
export interface ProofReader {
  /** @returns undefined when some of the keys opens the file and all of it is whole */
  unopened(path: RepoPath, keys: readonly Holding[]): Promise<Unopened | undefined>;
  /** Whether some of the keys opens the file, or is named in it as a reader. */
  isOpen(path: RepoPath, keys: readonly Holding[]): Promise<boolean>;
}

/**
 * Attempts on entries that should not open. Each costs about a millisecond; a fleet with all its keys on one machine would
 * take hours, so beyond this the names in the files must do.
 */
const mostAttempts = 2000;

export function proofReader(tree: Tree): ProofReader {
  const files = new Map<RepoPath, SealedFile | ExpectedError>();
  /** SHA-256 of data keys with which a file was found whole. */
  const whole = new Map<RepoPath, string>();
  let attempts = 0;

  function fileAt(path: RepoPath): SealedFile | ExpectedError {
    const known = files.get(path) ?? read(tree, path);
    files.set(path, known);
    return known;
  }

  async function unopened(path: RepoPath, keys: readonly Holding[]): Promise<Unopened | undefined> {
    const file = fileAt(path);
    if (file instanceof ExpectedError) return { reason: file.message, isDamaged: true };
    if (keys.length === 0) return { reason: 'it has no key', isDamaged: false };
    const named = namesIn(file);
    if (keys.some(({ recipient, identity }) => identity === undefined && named.has(recipient))) return undefined;
    for (const { recipient, identity } of keys) {
      if (identity === undefined) continue;
      const fingerprint = await fingerprintOf(file, { recipient, identity });
      if (fingerprint === undefined) continue;
      if (whole.get(path) === fingerprint) return undefined;
      const damage = await damageOf(file, identity);
      if (damage !== undefined) return { reason: damage, isDamaged: true };
      whole.set(path, fingerprint);
      return undefined;
    }
    if (keys.some(({ recipient }) => named.has(recipient)))
      return { reason: 'its sops block names the key, but what it holds for it cannot be opened', isDamaged: true };
    return {
      reason: `the file is not encrypted for ${keys.length === 1 ? 'its key' : 'any of its keys'}`,
      isDamaged: false,
    };
  }

  async function isOpen(path: RepoPath, keys: readonly Holding[]): Promise<boolean> {
    const file = fileAt(path);
    if (file instanceof ExpectedError) return false;
    const named = namesIn(file);
    for (const { recipient, identity } of keys) {
      if (named.has(recipient)) return true;
      attempts += identity === undefined ? 0 : named.size;
      if (identity === undefined || attempts > mostAttempts) continue;
      if ((await fingerprintOf(file, { recipient, identity })) !== undefined) return true;
    }
    return false;
  }

  return { unopened: once(unopened), isOpen: once(isOpen) };
}

function namesIn({ metadata }: SealedFile): ReadonlySet<string> {
  return new Set(metadata.age.map(({ recipient }) => recipient));
}

/** To tell data keys apart without keeping them. */
async function fingerprintOf(
  { metadata }: SealedFile,
  key: { recipient: string; identity: Secret },
): Promise<string | undefined> {
  const dataKey = await dataKeyFor(metadata.age, key);
  if (dataKey === undefined) return undefined;
  const fingerprint = createHash('sha256').update(dataKey).digest('hex');
  dataKey.fill(0);
  return fingerprint;
}

async function damageOf({ source }: SealedFile, identity: Secret): Promise<string | undefined> {
  try {
    await verifyFile(source, [identity]);
    return undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

function read(tree: Tree, path: RepoPath): SealedFile | ExpectedError {
  try {
    return readSealedFile(tree, path);
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

type Question<Answer> = (path: RepoPath, keys: readonly Holding[]) => Promise<Answer>;

/** The same question is asked once, and answered as often as it comes. */
function once<Answer>(ask: Question<Answer>): Question<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (path, keys) => {
    const question = [path, ...keys.map(({ recipient }) => recipient)].join(' ');
    const answer = answers.get(question) ?? ask(path, keys);
    answers.set(question, answer);
    return answer;
  };
}
