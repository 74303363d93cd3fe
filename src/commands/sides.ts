import { relative, resolve, sep } from 'node:path';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Resolution } from '../plan/resolution.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** `--ours`, `--theirs`: every conflict (`all`), or what the paths name, as a person wrote them. */
export interface Sides {
  ours: 'all' | readonly string[];
  theirs: 'all' | readonly string[];
}

export const noSides: Sides = { ours: [], theirs: [] };

/**
 * Finds the files and folders that were named: by their path in the repository, as we print it, or from where the
 * person is.
 * @throws ExpectedError (exit 2) for a path that is no generated file or folder of such, and for contradictions
 */
export function chosenSides(
  sides: Sides,
  known: ReadonlySet<RepoPath>,
  place: { root: string; cwd: string },
): Resolution {
  if (sides.ours === 'all' && sides.theirs === 'all') throw contradiction('--ours and --theirs');
  const named = (side: 'ours' | 'theirs'): true | readonly string[] => {
    const given = sides[side];
    return given === 'all' ? true : given.map((path) => knownPath(path, side, known, place));
  };
  const [ours, theirs] = [named('ours'), named('theirs')];
  const both = ours === true || theirs === true ? undefined : ours.find((path) => theirs.includes(path));
  if (both !== undefined) throw contradiction(`--ours and --theirs ${both}`);
  return { ours, theirs };
}

function knownPath(
  given: string,
  side: 'ours' | 'theirs',
  known: ReadonlySet<RepoPath>,
  { root, cwd }: { root: string; cwd: string },
): RepoPath {
  const fromHere = relative(root, resolve(cwd, given)).split(sep).join('/');
  const names = [given.replace(/^\.\//, ''), fromHere].map((path) => path.replace(/\/+$/, ''));
  const isKnown = (path: string) => known.has(path) || [...known].some((file) => file.startsWith(`${path}/`));
  const path = names.find(isKnown);
  if (path !== undefined) return path;
  const meant = nearest(given, known);
  throw usageError(`--${side} ${given}: no file of that name is generated here`, {
    code: 'unknown-path',
    hint: meant === undefined ? 'name it by its path in the repository' : `did you mean ${meant}?`,
  });
}

function contradiction(what: string) {
  return usageError(`${what} contradict each other`, { hint: 'choose one side for each file' });
}
