import { sep } from 'node:path';
import { ExpectedError } from '../errors.ts';
import { futureRealPath, nearestFolder } from './future-path.ts';
import type { Environment } from './git-environment.ts';
import * as refusal from './git-refusals.ts';
import { readCommitIdentity, unknownIdentityReason } from './identity.ts';
import { askGit, type GitCall } from './run-git.ts';
import { readWorkTree, type WorkTree } from './work-tree.ts';

/** What `create` is about to do, as far as git is concerned. */
export interface GitIntention {
  /** Folder of the repository, absolute; need not exist. */
  target: string;
  /** The branch asked for. */
  branch: string;
  /** False with `--no-git`. */
  isWanted: boolean;
}

/** What is known before anything is written. */
export interface GitPreflight {
  /** Reasons not to begin, all of them. */
  problems: ExpectedError[];
  /** The branch the repository will be on. */
  branch: string;
  /** Not in the way, but to be said: another branch than asked, a commit that will be left out. One sentence each. */
  notes: string[];
}

/**
 * Looks whether the git part of `create` can be done. Reads only.
 *
 * @throws Cancelled; ExpectedError only for what git cannot explain better (`git-failed`)
 */
export async function preflightGit(
  intention: GitIntention,
  from: { env: Environment; signal?: AbortSignal | undefined },
): Promise<GitPreflight> {
  const { target, branch } = intention;
  const none: GitPreflight = { problems: [], branch, notes: [] };
  if ((await futureRealPath(target)).toLowerCase().split(sep).includes('.git'))
    return { ...none, problems: [refusal.insideGitFolder()] };
  if (!intention.isWanted) return none;
  const call: GitCall = { ...from, cwd: await nearestFolder(target) };
  try {
    const workTree = await readWorkTree(target, call);
    const problems = [...(await branchProblems(branch, call)), ...placeProblems(workTree)];
    if (problems.length > 0) return { ...none, problems };
    return {
      problems,
      branch: workTree?.branch ?? branch,
      notes: [...branchNotes(workTree, branch), ...(await identityNotes(call))],
    };
  } catch (error) {
    if (error instanceof ExpectedError && error.code === 'git-missing') return { ...none, problems: [error] };
    throw error;
  }
}

/** `--branch` also expands `@{-1}`, so only a name that comes back as it is will do: git-check-ref-format(1). */
async function branchProblems(branch: string, call: GitCall): Promise<ExpectedError[]> {
  const answer = await askGit(['check-ref-format', '--branch', branch], call);
  if (answer.exitCode === 0 && answer.stdout === branch) return [];
  return [refusal.badBranchName(branch)];
}

function placeProblems(workTree: WorkTree | undefined): ExpectedError[] {
  if (workTree === undefined) return [];
  if (workTree.isBare) return [refusal.insideBare(workTree.gitDir)];
  if (workTree.top === undefined) return [refusal.insideGitFolder()];
  if (!workTree.isTop) return [refusal.insideAnother(workTree.top)];
  if (workTree.operation !== undefined) return [refusal.busyBefore(workTree.operation)];
  return workTree.branch === undefined ? [refusal.detached()] : [];
}

function branchNotes(workTree: WorkTree | undefined, asked: string): string[] {
  if (workTree?.branch === undefined || workTree.branch === asked) return [];
  return [
    `The repository is on branch ${workTree.branch} and stays on it (asked for: ${asked}). To rename it: git branch -m ${asked}`,
  ];
}

async function identityNotes(call: GitCall): Promise<string[]> {
  const identity = await readCommitIdentity(call);
  return identity.isKnown ? [] : [`The files will not be committed: ${unknownIdentityReason}`];
}
