import { relative, resolve, sep } from 'node:path';
import { type ExpectedError, usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Resolution } from '../plan/resolution.ts';
import { foldersAbove, type RepoPath } from '../tree/repo-path.ts';

/** `--ours`, `--theirs`: every conflict (`all`), or what the paths name, as a person wrote them. */
export interface Sides {
  ours: 'all' | readonly string[];
  theirs: 'all' | readonly string[];
}

/**
 * Finds the files and folders that were named: by their path in the repository, as we print it, or from where the
 * person is.
 * @param generated paths of the files that are compared
 * @throws ExpectedError (exit 2) for a path that is no generated file, and for contradictions
 */
export function resolutionOf(
  { ours, theirs }: Sides,
  generated: readonly RepoPath[],
  place: { root: string; cwd: string },
): Resolution {
  if (ours === 'all' && theirs === 'all') throw contradiction('--ours and --theirs');
  const known = new Set(generated.flatMap((path) => [path, ...foldersAbove(path)]));
  const named = (flag: string, side: Sides['ours']): true | RepoPath[] =>
    side === 'all' ? true : side.map((given) => knownPath(flag, given, known, place));
  const [own, model] = [named('--ours', ours), named('--theirs', theirs)];
  const twice = own === true || model === true ? undefined : own.find((path) => model.includes(path));
  if (twice !== undefined) throw contradiction(`--ours and --theirs ${twice}`);
  return { ours: own, theirs: model };
}

function knownPath(
  flag: string,
  given: string,
  known: ReadonlySet<RepoPath>,
  { root, cwd }: { root: string; cwd: string },
): RepoPath {
  const fromHere = relative(root, resolve(cwd, given)).split(sep).join('/');
  const plain = given.replace(/^\.\//, '').replace(/\/+$/, '');
  const path = [plain, fromHere].find((candidate) => known.has(candidate));
  if (path !== undefined) return path;
  const meant = nearest(given, known);
  throw usageError(`${flag} ${given}: no file of that name is generated here`, {
    code: 'unknown-path',
    hint: meant === undefined ? 'name it by its path in the repository' : `did you mean ${meant}?`,
  });
}

function contradiction(what: string): ExpectedError {
  return usageError(`${what} contradict each other`, { hint: 'choose one side for each file' });
}
