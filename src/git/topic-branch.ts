import { type ExpectedError, usageError } from '../errors.ts';
import type { Step } from '../step.ts';
import { askGit, type GitCall, runGit } from './run-git.ts';
import { readWorkTree } from './work-tree.ts';

/** What a branch has that another one lacks. */
export interface BranchChange {
  /** Oldest first, without the body. */
  subjects: readonly string[];
  /** `A path`, `M path`, `D path`, sorted. */
  files: readonly string[];
  /** The commit that both come from; undefined where git does not know the other one. */
  since: string | undefined;
}

/**
 * The branch that a change goes to: a new one where the person is on the main one, else the one they are on.
 *
 * @param main the branch that Flux follows @param title of the change: `Add app web`
 * @throws ExpectedError (exit 2) `branch-exists`, `cannot-commit`
 */
export async function topicBranch(main: string, title: string, call: GitCall): Promise<string> {
  const workTree = await readWorkTree(call.cwd, call);
  if (workTree?.branch === undefined)
    throw usageError('cannot put the change on a branch: this is no git repository, or HEAD is detached', {
      code: 'cannot-commit',
      hint: `git switch ${main}`,
    });
  if (workTree.branch !== main) return workTree.branch;
  const words = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const branch = `flux-repo-${words.replace(/^-|-$/g, '')}`;
  const there = await askGit(['rev-parse', '--quiet', '--verify', `refs/heads/${branch}`], call);
  if (there.exitCode === 0) throw branchExists(branch);
  return branch;
}

/** Makes the branch and goes to it; what is not committed comes along. */
export function branchStep(branch: string, call: GitCall): Step {
  return {
    id: 'git-branch',
    title: `Go to branch ${branch}`,
    isDone: async () => (await askGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], call)).stdout === branch,
    async run() {
      await runGit(['switch', '--quiet', '--no-track', '--create', branch], call);
      return undefined;
    },
  };
}

/**
 * What HEAD has that the branch `base` lacks; nothing where git does not know that branch, or there is no commit.
 *
 * @throws ExpectedError `git-failed`
 */
export async function branchChange(base: string, call: GitCall): Promise<BranchChange> {
  const refs = [`refs/heads/${base}`, `refs/remotes/origin/${base}`];
  const known = await Promise.all(refs.map((ref) => askGit(['rev-parse', '--quiet', '--verify', ref], call)));
  const from = refs.find((_, index) => known[index]?.exitCode === 0);
  if (from === undefined) return { subjects: [], files: [], since: undefined };
  const subjects = await runGit(['log', '--reverse', '--format=%s', `${from}..HEAD`], call);
  const files = await runGit(['diff', '--name-status', '--no-renames', `${from}...HEAD`], call);
  const since = await askGit(['merge-base', from, 'HEAD'], call);
  const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
  return {
    subjects: linesOf(subjects),
    files: linesOf(files).map((line) => line.replace('\t', ' ')),
    since: since.exitCode === 0 ? since.stdout : undefined,
  };
}

function branchExists(branch: string): ExpectedError {
  return usageError(`branch ${branch} is there already`, {
    code: 'branch-exists',
    why: ['A change of that name waits there. Nothing was written.'],
    hint: `git switch ${branch}, then run the same command again; or delete it: git branch -D ${branch}`,
  });
}
