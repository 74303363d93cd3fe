import { relative, sep } from 'node:path';
import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { isSystemError, reasonOf, type SystemError } from '../tree/system-error.ts';
import type { NodeKind } from '../tree/tree.ts';
import type { Plan } from './plan.ts';

/** Something else stands where a file or folder of ours must be. */
export function pathInTheWay(path: RepoPath, reason: string): ExpectedError {
  return new ExpectedError({
    code: 'path-in-the-way',
    exitCode: 1,
    message: `cannot write ${path}`,
    why: [reason],
    hint: 'Rename or move it away, then run the same command again.',
  });
}

/** The same, said by its kind. Through a symbolic link we write nothing: it may lead anywhere. */
export function wrongKind(path: RepoPath, place: RepoPath, found: NodeKind, needed: 'file' | 'folder'): ExpectedError {
  const kind = { file: 'a file', folder: 'a folder', link: 'a symbolic link', other: 'neither a file nor a folder' }[
    found
  ];
  return pathInTheWay(path, `${place} is ${kind}, where a ${needed} must be`);
}

/** Somebody wrote these files while the plan was made or looked at. Nothing was written. */
export function changedSincePlan(paths: readonly RepoPath[]): ExpectedError {
  return new ExpectedError({
    code: 'changed-meanwhile',
    exitCode: 1,
    message: 'files changed since the plan was made; nothing was written',
    why: paths,
    hint: 'Run the same command again: it plans with the files as they are now.',
  });
}

/** @throws ExpectedError (exit code 3) when the plan has a conflict */
export function refuseConflicts(plan: Plan): void {
  const paths = plan.changes.filter((change) => change.action === 'conflict').map((change) => change.path);
  if (paths.length === 0) return;
  throw new ExpectedError({
    code: 'conflict',
    exitCode: 3,
    message: 'files differ from what was generated in a way only you can decide; nothing was written',
    why: [...new Set(paths)],
    hint: 'Make them what you want them to be, or move them away, then run the same command again.',
  });
}

const remedies: Record<string, string> = {
  EACCES: 'Make it writable for you',
  EPERM: 'Make it writable for you',
  EROFS: 'Choose a folder on a writable file system',
  ENOSPC: 'Free some space',
  EDQUOT: 'Free some space',
  EMFILE: 'Raise the limit of open files (ulimit -n)',
};

/**
 * A system error met while writing, for a person; anything else unchanged.
 * @param outcome how things are now
 */
export function explainWriting(root: string, error: unknown, outcome: string): unknown {
  if (!isSystemError(error)) return error;
  return new ExpectedError({
    code: 'cannot-write',
    exitCode: 1,
    message: `cannot write ${shownPath(root, error)}; ${outcome}`,
    why: [reasonOf(error)],
    hint: `${remedies[error.code] ?? 'Put that right'}, then run the same command again.`,
    cause: error,
  });
}

/** Going back failed as well: the journal is still there, and the next run ends what this one began. */
export function explainHalfWritten(root: string, failure: unknown, second: unknown): ExpectedError {
  const reasons = [failure, second]
    .filter(isSystemError)
    .map((error) => `${shownPath(root, error)}: ${reasonOf(error)}`);
  return new ExpectedError({
    code: 'half-written',
    exitCode: 1,
    message: 'writing failed half-way and could not be undone',
    why: reasons,
    hint: 'Put that right, then run the same command again: it finishes or undoes the rest before anything else.',
    cause: failure,
  });
}

/** A path without the machine's own part of it. */
function shownPath(root: string, error: SystemError): string {
  const path = error.dest ?? error.path;
  const inside = path === undefined ? '' : relative(root, path).split(sep).join('/');
  if (inside === '') return 'the folder';
  return inside.startsWith('..') ? "in git's folder of this repository" : inside;
}
