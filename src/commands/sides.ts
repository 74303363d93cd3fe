import { relative, resolve, sep } from 'node:path';
import { usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/** `--ours`, `--theirs`: every conflict (`all`), or what the paths name, as a person wrote them. */
export interface Sides {
  ours: 'all' | readonly string[];
  theirs: 'all' | readonly string[];
}

export type Side = 'ours' | 'theirs';

/** The side that a person chose for a file; undefined when they chose none. */
export interface ChosenSides {
  /** By name: also counts where there is no conflict. */
  named: ReadonlyMap<RepoPath, Side>;
  /** For all other conflicts. */
  others: Side | undefined;
}

/**
 * Finds the files that were named: by their path in the repository, as we print it, or from where the person is.
 * @throws ExpectedError (exit 2) for a path that is no generated file, and for contradictions
 */
export function chosenSides(
  sides: Sides,
  known: ReadonlySet<RepoPath>,
  place: { root: string; cwd: string },
): ChosenSides {
  if (sides.ours === 'all' && sides.theirs === 'all') throw contradiction('--ours and --theirs');
  const named = new Map<RepoPath, Side>();
  for (const side of ['ours', 'theirs'] as const)
    for (const given of sides[side] === 'all' ? [] : sides[side]) {
      const path = knownPath(given, side, known, place);
      if (named.has(path) && named.get(path) !== side) throw contradiction(`--ours and --theirs ${path}`);
      named.set(path, side);
    }
  const others = sides.ours === 'all' ? 'ours' : sides.theirs === 'all' ? 'theirs' : undefined;
  return { named, others };
}

function knownPath(
  given: string,
  side: Side,
  known: ReadonlySet<RepoPath>,
  { root, cwd }: { root: string; cwd: string },
): RepoPath {
  const fromHere = relative(root, resolve(cwd, given)).split(sep).join('/');
  const path = [given.replace(/^\.\//, ''), fromHere].find((candidate) => known.has(candidate));
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
