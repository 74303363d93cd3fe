import { ExpectedError } from '../errors.ts';
import { joinedPath } from '../graph/joined-path.ts';
import type { Locks } from '../plan/lock-file.ts';
import { readLocks } from '../plan/read-locks.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { textAt } from '../yaml/value-at.ts';
import { buildProblems } from './build-problems.ts';
import type { CheckedKustomization, CheckedRepository } from './checked-repository.ts';
import { type Drift, driftOf } from './drift.ts';

const known = new WeakMap<CheckedRepository, readonly Drift[]>();

/**
 * The generated files of a repository that are not as the model says; none where nobody said which program checks, since
 * another version generates other files.
 */
export function generatedDrift(repository: CheckedRepository): readonly Drift[] {
  const found = known.get(repository) ?? read(repository);
  known.set(repository, found);
  return found;
}

/** Whether a deleted file was a manifest that Flux would read. */
export function isMissed(repository: CheckedRepository, { kind, path }: Drift): boolean {
  return kind === 'missing' && /\.ya?ml$/.test(path) && repository.isSent(path);
}

/** Whether it is said already that a file is not there, where its absence fails a build. */
export function isToldByBuild(repository: CheckedRepository, { kind, path }: Drift): boolean {
  if (kind !== 'missing') return false;
  const folders = repository.clusters.flatMap(({ kustomizations }) => kustomizations.map(missingFolder));
  return (
    folders.some((folder) => folder !== undefined && path.startsWith(`${folder}/`)) ||
    buildProblems(repository).some(({ message }) => message === `${path} does not exist`)
  );
}

/** The folder that a Kustomization is to reconcile and that is not there. */
export function missingFolder({ object, path, outside }: CheckedKustomization): RepoPath | undefined {
  const told = textAt(object?.value, ['spec', 'path']);
  if (told === undefined || path !== undefined || outside !== undefined || told.includes('${')) return undefined;
  return joinedPath('', told.replace(/^\/+/, '')) ?? told;
}

/** The command that gives back a generated file that was deleted, or the first such file of a folder. */
export function wayBack(repository: CheckedRepository, path: RepoPath): string | undefined {
  const isPart = (file: RepoPath) => file === path || file.startsWith(`${path}/`);
  const gone = generatedDrift(repository).find((drift) => drift.kind === 'missing' && isPart(drift.path));
  const command = gone && repository.tool?.write.tool('apply', '--theirs', gone.path);
  return command && `To bring back what was generated: ${command}`;
}

/** What stands in the way of every plan is told by the commands that plan. */
function read({ model, tool, tree }: CheckedRepository): readonly Drift[] {
  const locks = model === undefined || tool === undefined ? undefined : readableLocks(tree);
  if (model === undefined || tool === undefined || locks === undefined || locks.size === 0) return [];
  try {
    return driftOf(tree, model, locks, tool.version);
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

/** What was applied last; undefined when a lock cannot be read, which a rule of its own tells. */
export function readableLocks(tree: Tree): Locks | undefined {
  try {
    return readLocks(tree);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
