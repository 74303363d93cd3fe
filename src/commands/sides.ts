import { relative, resolve, sep } from 'node:path';
import { type ExpectedError, usageError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Resolution } from '../plan/resolution.ts';
import { foldersAbove, type RepoPath } from '../tree/repo-path.ts';
import { modelPath } from './target-folder.ts';

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
    side === 'all' ? true : side.map((given) => knownPath(flag, given, { known, generated }, place));
  const [own, model] = [named('--ours', ours), named('--theirs', theirs)];
  const twice = own === true || model === true ? undefined : own.find((path) => model.includes(path));
  if (twice !== undefined) throw contradiction(`--ours and --theirs ${twice}`);
  return { ours: own, theirs: model };
}

function knownPath(
  flag: string,
  given: string,
  { known, generated }: { known: ReadonlySet<RepoPath>; generated: readonly RepoPath[] },
  { root, cwd }: { root: string; cwd: string },
): RepoPath {
  const fromHere = relative(root, resolve(cwd, given)).split(sep).join('/');
  const plain = given.replace(/^\.\//, '').replace(/\/+$/, '');
  const path = [plain, fromHere].find((candidate) => known.has(candidate));
  if (path !== undefined) return path;
  const meant = nearPath(given, known);
  throw usageError(`${flag} ${given}: no file of that name is generated here`, {
    code: 'unknown-path',
    hint:
      meant === undefined
        ? `name it by its path in the repository, for example ${generated[0] ?? modelPath}`
        : `did you mean ${meant}?`,
  });
}

/** Where a path is mistyped, the nearest one; where only its end is known, the one that ends so or nearly so. */
function nearPath(given: string, known: ReadonlySet<RepoPath>): string | undefined {
  const files = [...known].filter((path) => !path.startsWith('.flux-repo/')).sort();
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const [folder, wanted] = [given.slice(0, given.length - name(given).length), name(given)];
  const isIn = (path: string) => folder === '' || `/${path}`.includes(`/${folder}`);
  const whole = folder === '' ? undefined : nearest(given, files);
  const byName = nearest(wanted, new Set(files.map(name)));
  const named = (last: string | undefined) => files.filter((path) => name(path) === last);
  const [first] = [
    ...named(wanted).filter(isIn),
    ...(whole ? [whole] : []),
    ...named(byName).filter(isIn),
    ...named(wanted),
  ];
  return first;
}

function contradiction(what: string): ExpectedError {
  return usageError(`${what} contradict each other`, { hint: 'choose one side for each file' });
}
