import { askGit, runGit } from '../../git/run-git.ts';
import type { Step } from '../../step.ts';
import { type Publishing, remoteOf } from '../publishing.ts';

/** The remote `origin` as git has it here; undefined without one. */
async function originUrl({ git: { call } }: Pick<Publishing, 'git'>): Promise<string | undefined> {
  const answer = await askGit(['config', '--get', 'remote.origin.url'], call);
  return answer.exitCode === 0 ? answer.stdout : undefined;
}

/** Names the repository `origin`, without a user or token, and lets the branch follow it. Another `origin` stays. */
export function rememberOriginStep(publishing: Publishing): Step {
  const { found, local, git } = publishing;
  const tracking = `refs/remotes/origin/${local.branch}`;
  const upstream = `branch.${local.branch}.remote`;
  return {
    id: 'origin',
    title: 'Remember it as origin',
    isIndependent: true,
    async isDone() {
      const { repository, history } = found;
      if (repository === undefined) return false;
      const origin = await originUrl(publishing);
      if (origin === undefined) return false;
      if (origin !== remoteOf(publishing, repository).url) return true;
      const isFollowing = (await askGit(['config', '--get', upstream], git.call)).exitCode === 0;
      const seen = await askGit(['rev-parse', '--quiet', '--verify', tracking], git.call);
      return isFollowing && seen.stdout === history.commit;
    },
    async run() {
      const { repository, history } = found;
      if (repository === undefined || history.commit === undefined) return { skipped: 'nothing was pushed' };
      if ((await originUrl(publishing)) === undefined)
        await runGit(['remote', 'add', 'origin', remoteOf(publishing, repository).url], git.call);
      if ((await askGit(['config', '--get', upstream], git.call)).exitCode !== 0) {
        await runGit(['config', upstream, 'origin'], git.call);
        await runGit(['config', `branch.${local.branch}.merge`, `refs/heads/${local.branch}`], git.call);
      }
      await runGit(['update-ref', tracking, history.commit], git.call);
      return undefined;
    },
  };
}
