import { ExpectedError } from '../errors.ts';
import type { Environment } from './git-environment.ts';
import { askGit, type GitCall } from './run-git.ts';

/** A text that a file, or a part of it, once was. */
export interface WantedBlob {
  /** Relative to the folder asked in, with `/`. */
  path: string;
  /** Of the text as UTF-8, in hex. */
  sha256: string;
  /** The text in question out of a version of the file; undefined when it is not in there. */
  textIn: (file: string) => string | undefined;
}

/** Versions of one file that are read at most, newest first: each is a process of some milliseconds. */
const mostVersions = 300;

/**
 * Looks for texts in the history of HEAD, as far as it is there: a shallow clone has less of it, and without git, a
 * repository or a commit there is none. From a partial
 * clone's remote git 2.45 and later fetch nothing for it.
 * @param folder absolute
 * @param hashOf SHA-256 of a text, in hex
 * @returns the texts found, by their hash
 */
export async function findBlobs(
  folder: string,
  wanted: readonly WantedBlob[],
  hashOf: (text: string) => string,
  from: { env: Environment; signal?: AbortSignal | undefined },
): Promise<Map<string, string>> {
  const call: GitCall = { ...from, env: { ...from.env, GIT_NO_LAZY_FETCH: '1' }, cwd: folder };
  const found = new Map<string, string>();
  try {
    for (const blob of wanted) {
      const text = await findOne(blob, hashOf, call);
      if (text !== undefined) found.set(blob.sha256, text);
    }
  } catch (error) {
    if (!(error instanceof ExpectedError && error.code === 'git-missing')) throw error;
  }
  return found;
}

async function findOne(
  { path, sha256, textIn }: WantedBlob,
  hashOf: (text: string) => string,
  call: GitCall,
): Promise<string | undefined> {
  for (const id of await versionsOf(path, call)) {
    const blob = await askGit(['cat-file', 'blob', id], call);
    if (blob.exitCode !== 0) continue;
    // The answer comes without its final newline, which the file may have had.
    for (const file of [`${blob.stdout}\n`, blob.stdout]) {
      const text = textIn(file);
      if (text !== undefined && hashOf(text) === sha256) return text;
    }
  }
  return undefined;
}

/** Ids of the blobs that stood at a path, newest first; also those that only a merge or a side branch brought. */
async function versionsOf(path: string, call: GitCall): Promise<string[]> {
  const format = ['--format=', '--raw', '--no-abbrev', '--no-renames', '--full-history', '-m'];
  const answer = await askGit(['--literal-pathspecs', 'log', ...format, '--', path], call);
  if (answer.exitCode !== 0) return [];
  const ids = new Set<string>();
  for (const [, old = '', now = ''] of answer.stdout.matchAll(/^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) /gm))
    for (const id of [now, old]) if (!/^0+$/.test(id)) ids.add(id);
  return [...ids].slice(0, mostVersions);
}
