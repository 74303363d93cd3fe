import { runGit } from '../../git/run-git.ts';
import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import type { RemoteGit } from '../git/remote-git.ts';
import { pushCommit, remoteHistory } from '../git/remote-history.ts';
import type { Provider, Pull, Repository } from '../provider.ts';
import { isUncertain } from '../publishing.ts';
import { changeLabel, ensureLabel, skippedWhenRefused } from './label.ts';

/** A change that is to be reviewed. What steps find out is written down in it. */
export interface PullPlan {
  provider: Provider;
  repository: Repository;
  remote: RemoteGit;
  /** The branch with the change. */
  head: string;
  /** The branch that it is for. */
  base: string;
  /** Told by the branch as it is then, so that a later run tells more. */
  text(): Promise<{ title: string; body: string }>;
  /** Pushed in this run. */
  isPushed: boolean;
  /** Opened in this run. */
  isOpened: boolean;
  pull?: Pull;
}

/** Pushes the branch of the change: nobody's commits there are overwritten. */
export function pushTopicStep(plan: PullPlan): Step {
  const { remote, head } = plan;
  const look = async () => {
    const commit = await runGit(['rev-parse', '--verify', 'HEAD'], remote.call);
    return { commit, history: await remoteHistory(remote, { branch: head, commit }) };
  };
  return {
    id: 'push',
    title: `Push ${head}`,
    isDone: async () => (await look()).history.standing === 'same',
    async run() {
      const { commit, history } = await look();
      if (history.standing === 'diverged' || history.standing === 'foreign' || history.standing === 'ahead')
        throw otherCommits(plan);
      await pushCommit(remote, { branch: head, commit }, history.commit);
      plan.isPushed = true;
      return undefined;
    },
  };
}

/** Opens a pull or merge request, or brings the open one up to date; there is one for a branch. */
export function pullRequestStep(plan: PullPlan): Step {
  const { provider, repository, head, base } = plan;
  const look = () => provider.findPull(repository, head, base);
  return {
    id: 'pull-request',
    title: `Open a pull request into ${base}, or bring it up to date`,
    async isDone() {
      if (!provider.can.has('pull')) return false;
      const found = await look();
      if (found === undefined) return false;
      plan.pull = found;
      return !plan.isPushed;
    },
    async run() {
      if (!provider.can.has('pull')) return { skipped: `${provider.host} has no API for it: open it there` };
      const wasThere = plan.pull !== undefined;
      const text = await plan.text();
      plan.pull = plan.pull
        ? await provider.updatePull(repository, plan.pull, text)
        : await provider.openPull(repository, { ...text, head, base }).catch(async (error: unknown) => {
            const found = error instanceof ProviderError && isUncertain(error) ? await look() : undefined;
            if (found === undefined) throw error;
            return found;
          });
      plan.isOpened = !wasThere;
      return undefined;
    },
  };
}

/** Lets a new pull request be found by its label. */
export function labelPullStep(plan: PullPlan): Step {
  const { provider, repository } = plan;
  return {
    id: 'label',
    title: `Label it ${changeLabel.name}`,
    isIndependent: true,
    // Where a person took the label off it stays off.
    isDone: async () => plan.pull !== undefined && !plan.isOpened,
    async run() {
      const { pull } = plan;
      if (pull === undefined) return { skipped: 'there is no pull request' };
      return skippedWhenRefused(async () => {
        await ensureLabel(provider, repository);
        await provider.labelPull(repository, pull, changeLabel.name);
      });
    },
  };
}

function otherCommits({ provider, repository, head }: PullPlan): ProviderError {
  return new ProviderError({
    code: 'repository-diverged',
    step: 'push',
    message: `branch ${head} of ${repository.fullName} on ${provider.host} has commits that are not here`,
    why: ['Somebody pushed there. Nothing there is ever overwritten.'],
    hint: `git pull --rebase origin ${head}, then run the same command again`,
  });
}
