import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { busyBefore } from './git-refusals.ts';
import { readCommitIdentity, unknownIdentityReason } from './identity.ts';
import { type GitCall, runGit } from './run-git.ts';
import { readWorkTree } from './work-tree.ts';

/**
 * Looks, before anything is written, whether the files of a repository can be committed.
 * @param call `cwd` is the repository's folder
 * @throws ExpectedError (exit 2) when git has no place for a commit or does not know whose it is, exit 3 in the
 *   middle of a merge or the like
 */
export async function assertCommittable(call: GitCall): Promise<void> {
  const workTree = await readWorkTree(call.cwd, call);
  if (workTree === undefined) throw cannotCommit('this folder is no git repository', 'git init, or leave --commit out');
  if (!workTree.isTop)
    throw cannotCommit("this folder is only a part of a git repository's", 'leave --commit out and commit yourself');
  if (workTree.operation !== undefined) throw busyBefore(workTree.operation);
  if (workTree.branch === undefined)
    throw cannotCommit('HEAD is detached', 'git switch <branch>, or leave --commit out');
  if (!(await readCommitIdentity(call)).isKnown)
    throw cannotCommit('git does not know who commits', 'leave --commit out', [unknownIdentityReason]);
}

/** A file that is not as the last commit has it. */
export interface UncommittedPath {
  /** From the top. */
  path: RepoPath;
  /** No commit has it. */
  isNew: boolean;
}

/** Files that git sees changed, staged or new, ignored ones aside. */
export async function uncommittedPaths(call: GitCall): Promise<UncommittedPath[]> {
  const status = await runGit(['status', '--porcelain', '-z', '--no-renames', '--untracked-files=all'], call);
  return status
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => ({ path: line.slice(3), isNew: line.startsWith('??') || line.startsWith('A') }));
}

function cannotCommit(reason: string, hint: string, why: readonly string[] = []): ExpectedError {
  return new ExpectedError({
    code: 'cannot-commit',
    exitCode: 2,
    message: `cannot commit: ${reason}`,
    why: [...why, 'Nothing was written.'],
    hint,
  });
}
