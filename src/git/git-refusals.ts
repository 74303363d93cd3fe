import { ExpectedError, usageError } from '../errors.ts';
import type { Operation } from './work-tree.ts';

export function insideAnother(top: string): ExpectedError {
  return usageError('the folder is inside another git repository', {
    code: 'git-enclosing-repository',
    why: [`${top} is a git work tree; a Flux repository is one of its own.`],
    hint: 'Choose a folder outside of it, or add --no-git.',
  });
}

export function insideGitFolder(): ExpectedError {
  return usageError('the folder is inside a .git folder', {
    code: 'git-inside-git-folder',
    why: ['What is in there belongs to git.'],
    hint: 'Choose another folder.',
  });
}

export function insideBare(gitDir: string): ExpectedError {
  return usageError('the folder is inside a bare git repository', {
    code: 'git-bare-repository',
    why: [`${gitDir} has no work tree to put files into.`],
    hint: 'Choose a folder outside of it, or a clone of it.',
  });
}

export function detached(): ExpectedError {
  return usageError('the repository is on no branch', {
    code: 'git-detached-head',
    why: ['HEAD is detached: a commit made now would belong to no branch.'],
    hint: 'Go to a branch first: git switch <branch>, or git switch -c <new branch>. Or add --no-git.',
  });
}

export function badBranchName(branch: string): ExpectedError {
  return usageError(`branch ${JSON.stringify(branch)} is not a name git accepts`, {
    code: 'git-branch-name',
    why: ['No blanks, no ~ ^ : ? * [ \\, no "..", no leading "-", no "/" or ".lock" at the end.'],
    hint: 'Use another name, for example: --branch main',
  });
}

/** Found before anything is written. */
export function busyBefore(operation: Operation): ExpectedError {
  return new ExpectedError({
    code: 'git-busy',
    exitCode: 3,
    message: `the repository is in the middle of a ${operation}`,
    why: [`A commit now would become part of the ${operation}. Nothing was written.`],
    hint: `Finish it, or: git ${operation} --abort. Then run the command again.`,
  });
}

/** Found when the files are there already. `resume` is the command that goes on. */
export function busyAtCommit(operation: Operation, resume: string): ExpectedError {
  return new ExpectedError({
    code: 'git-busy',
    exitCode: 1,
    message: `cannot commit in the middle of a ${operation}`,
    why: [`A commit now would become part of the ${operation}. The files are written; nothing is committed.`],
    hint: `Finish it, or: git ${operation} --abort. Then: ${resume}`,
  });
}
