import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Holding } from './cluster-holdings.ts';
import { verifyFile } from './format/decrypt-file.ts';
import { opensFile, readSealedFile, type SealedFile } from './sealed-file.ts';

/** Why keys do not open a file; `isDamaged` when no key would. */
export interface Unopened {
  reason: string;
  isDamaged: boolean;
}

/** Tries keys on files; what several clusters share is tried once. */
export interface ProofReader {
  /** @returns undefined when some of the keys opens the file and all of it is whole */
  unopened(path: RepoPath, keys: readonly Holding[]): Promise<Unopened | undefined>;
  /** @returns the public half of a key that opens the file, or that the file names as a reader */
  opener(path: RepoPath, keys: readonly Holding[]): Promise<string | undefined>;
}

/**
 * Attempts at files that should not open. Each costs about a millisecond a recipient; a fleet whose keys are all on one
 * machine would take hours, so beyond this the names in the files must do.
 */
const mostAttempts = 5000;

export function proofReader(tree: Tree): ProofReader {
  const files = new Map<RepoPath, SealedFile | ExpectedError>();
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
    const named = new Set(file.metadata.age.map(({ recipient }) => recipient));
    const identities = keys.flatMap(({ identity }) => identity ?? []);
    if (keys.some(({ recipient, identity }) => identity === undefined && named.has(recipient))) return undefined;
    const notFor = {
      reason: `the file is not encrypted for ${keys.length === 1 ? 'its key' : 'any of its keys'}`,
      isDamaged: false,
    };
    if (identities.length === 0) return notFor;
    try {
      await verifyFile(file.source, identities);
      return undefined;
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return error.code === 'sops-wrong-identity' ? notFor : { reason: error.message, isDamaged: true };
    }
  }

  async function opener(path: RepoPath, keys: readonly Holding[]): Promise<string | undefined> {
    const file = fileAt(path);
    if (file instanceof ExpectedError) return undefined;
    const named = new Set(file.metadata.age.map(({ recipient }) => recipient));
    for (const { recipient, identity } of keys) {
      if (named.has(recipient)) return recipient;
      attempts += identity === undefined ? 0 : named.size;
      if (identity !== undefined && attempts <= mostAttempts && (await opensFile(file, [identity]))) return recipient;
    }
    return undefined;
  }

  return {
    unopened: once(unopened),
    opener: once(opener),
  };
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
