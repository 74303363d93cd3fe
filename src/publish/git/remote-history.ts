import { askGit, runGit } from '../../git/run-git.ts';
import { ProviderError } from '../failure.ts';
import { gitFailure } from './git-failure.ts';
import { type RemoteGit, remoteCall } from './remote-git.ts';

/**
 * How a branch on the server stands to the commit that is to be published: `empty` has no branch at all, `absent` only
 * other ones, `same` this commit; `behind` lacks commits of ours, `ahead` has more than ours, `diverged` both, and
 * `foreign` has nothing in common with ours.
 */
export type Standing = 'empty' | 'absent' | 'same' | 'behind' | 'ahead' | 'diverged' | 'foreign';

export interface RemoteHistory {
  standing: Standing;
  /** What the branch is at now. */
  commit?: string;
}

/**
 * Looks where the branch on the server stands. It may fetch commits to compare with, but moves no ref.
 *
 * @param local the branch and its commit here
 * @throws ProviderError, Cancelled
 */
export async function remoteHistory(
  remote: RemoteGit,
  local: { branch: string; commit: string },
): Promise<RemoteHistory> {
  const heads = await remoteHeads(remote, local.branch);
  const commit = heads.get(`refs/heads/${local.branch}`);
  if (commit === undefined) return { standing: heads.size === 0 ? 'empty' : 'absent' };
  if (commit === local.commit) return { standing: 'same', commit };
  if ((await askGit(['cat-file', '-e', `${commit}^{commit}`], remote.call)).exitCode !== 0)
    await fetchCommits(remote, local.branch);
  if (await isBefore(commit, local.commit, remote)) return { standing: 'behind', commit };
  if (await isBefore(local.commit, commit, remote)) return { standing: 'ahead', commit };
  const common = await askGit(['merge-base', commit, local.commit], remote.call);
  return { standing: common.exitCode === 0 ? 'diverged' : 'foreign', commit };
}

/** Whether one commit is part of another's history; not, where either is not here. @throws Cancelled */
async function isBefore(one: string, other: string, { call }: RemoteGit): Promise<boolean> {
  return (await askGit(['merge-base', '--is-ancestor', one, other], call)).exitCode === 0;
}

/** Branches on the server, by full name. @throws ProviderError, Cancelled */
async function remoteHeads(remote: RemoteGit, branch: string): Promise<Map<string, string>> {
  const answer = await askGit(['ls-remote', '--heads', remote.url], remoteCall(remote));
  if (answer.exitCode !== 0) throw gitFailure(answer, { words: 'read the branches of', branch }, remote);
  const lines = answer.stdout.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]));
}

async function fetchCommits(remote: RemoteGit, branch: string): Promise<void> {
  const words = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-gc'];
  const answer = await askGit([...words, remote.url, `refs/heads/${branch}`], remoteCall(remote));
  if (answer.exitCode !== 0) throw gitFailure(answer, { words: 'fetch from', branch }, remote);
}

/**
 * Pushes a commit to a branch of the server, which must be as it was seen: whatever came in between is not overwritten.
 * The lease alone would let go of what was seen there: it stands for `--force` of that branch
 * (https://git-scm.com/docs/git-push#Documentation/git-push.txt---force-with-lease). So what was seen must be part of what
 * is pushed.
 *
 * @param expected what the branch is at, undefined when it is not there
 * @throws ProviderError (`repository-diverged`: nothing was sent), Cancelled
 */
export async function pushCommit(
  remote: RemoteGit,
  { branch, commit }: { branch: string; commit: string },
  expected: string | undefined,
): Promise<void> {
  if (expected !== undefined && !(await isBefore(expected, commit, remote))) throw wouldLose(remote, branch);
  const lease = `--force-with-lease=refs/heads/${branch}:${expected ?? ''}`;
  const words = ['push', '--porcelain', '--no-follow-tags', '--no-signed', '--recurse-submodules=no', lease];
  const answer = await askGit([...words, remote.url, `${commit}:refs/heads/${branch}`], remoteCall(remote));
  if (answer.exitCode !== 0) throw gitFailure(answer, { words: `push ${branch} to`, branch }, remote);
}

function wouldLose({ shown }: RemoteGit, branch: string): ProviderError {
  return new ProviderError({
    code: 'repository-diverged',
    step: 'push',
    message: `cannot push ${branch} to ${shown}: it has commits that are not in what would be pushed`,
    why: ['Somebody, or Flux, pushed in the meantime. Nothing there is ever overwritten.'],
    hint: `git pull --rebase origin ${branch}, then run the same command again`,
  });
}

/** The commit that a branch is at here; undefined without such a branch. */
export async function localCommit(branch: string, call: RemoteGit['call']): Promise<string | undefined> {
  const answer = await askGit(['rev-parse', '--quiet', '--verify', `refs/heads/${branch}^{commit}`], call);
  return answer.exitCode === 0 ? answer.stdout : undefined;
}

/** Whether a commit has workflows, which GitHub takes from some tokens only. */
export async function hasWorkflows(commit: string, call: RemoteGit['call']): Promise<boolean> {
  return (await runGit(['ls-tree', '-r', '--name-only', commit, '--', '.github/workflows'], call)) !== '';
}
