import { lstat, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { futureRealPath, nearestFolder } from './future-path.ts';
import type { Environment } from './git-environment.ts';
import { askGit, type GitCall, gitFailed, runGit } from './run-git.ts';

/** What git is in the middle of, when it is. */
export type Operation = 'merge' | 'cherry-pick' | 'revert' | 'rebase';

/** The repository a folder is or will be in. All paths are real and absolute. */
export interface WorkTree {
  /** Top folder of the work tree; `undefined` in a bare repository and inside a `.git` folder. */
  top: string | undefined;
  /** This work tree's own git folder. */
  gitDir: string;
  /** The folder asked about is `top`. */
  isTop: boolean;
  isBare: boolean;
  isLinkedWorktree: boolean;
  hasCommits: boolean;
  /** `undefined` when HEAD is detached. May be unborn: see `hasCommits`. */
  branch: string | undefined;
  operation: Operation | undefined;
}

/** Files that are there while git waits for a person: see git's `wt-status` and gitrepository-layout(5). */
const operationMarks: ReadonlyArray<readonly [string, Operation]> = [
  ['MERGE_HEAD', 'merge'],
  ['CHERRY_PICK_HEAD', 'cherry-pick'],
  ['REVERT_HEAD', 'revert'],
  ['rebase-merge', 'rebase'],
  ['rebase-apply', 'rebase'],
];

/** git's words (in its English) for a folder outside any repository; every other failure is a real one. */
const outsideAny = /not a git repository/i;

/**
 * Asks git about a folder, which need not exist yet: then its nearest existing parent answers.
 *
 * @param folder absolute
 * @returns `undefined` outside any repository
 * @throws ExpectedError `git-missing`; `git-failed`, for instance for a repository owned by somebody else
 */
export async function readWorkTree(
  folder: string,
  from: { env: Environment; signal?: AbortSignal | undefined },
): Promise<WorkTree | undefined> {
  const call: GitCall = { ...from, cwd: await realpath(await nearestFolder(folder)) };
  const question = [
    'rev-parse',
    '--is-bare-repository',
    '--is-inside-work-tree',
    '--git-common-dir',
    '--absolute-git-dir',
  ];
  const answer = await askGit(question, call);
  if (answer.exitCode !== 0 && outsideAny.test(answer.stderr)) return undefined;
  const [isBare, isInsideWorkTree, commonDir, gitDirPath] = answer.stdout.split('\n');
  if (answer.exitCode !== 0 || commonDir === undefined || gitDirPath === undefined) throw gitFailed(question, answer);
  const gitDir = await realpath(gitDirPath);
  const top =
    isInsideWorkTree === 'true' ? await realpath(await runGit(['rev-parse', '--show-toplevel'], call)) : undefined;
  const head = await askGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], call);
  return {
    top,
    gitDir,
    isTop: top !== undefined && top === (await futureRealPath(folder)),
    isBare: isBare === 'true',
    isLinkedWorktree: gitDir !== (await realpath(resolve(call.cwd, commonDir))),
    hasCommits: (await askGit(['rev-parse', '--quiet', '--verify', 'HEAD'], call)).exitCode === 0,
    branch: head.exitCode === 0 ? head.stdout : undefined,
    operation: await readOperation(gitDir),
  };
}

async function readOperation(gitDir: string): Promise<Operation | undefined> {
  for (const [mark, operation] of operationMarks)
    if (
      await lstat(join(gitDir, mark)).then(
        () => true,
        () => false,
      )
    )
      return operation;
  return undefined;
}
