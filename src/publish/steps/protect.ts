import type { Step } from '../../step.ts';
import type { BranchPolicy } from '../provider.ts';
import { type Publishing, repositoryOf } from '../publishing.ts';

/**
 * Protects the branch, last: it would keep our own push out. Where it was done once it is not done again, so that a person
 * who takes it away is not overruled.
 */
export function protectStep(publishing: Publishing, policy: BranchPolicy): Step {
  const { provider, journal, local } = publishing;
  const mark = policy.pullRequests ? 'protect-pull-requests' : 'protect';
  return {
    id: 'protect',
    title: policy.pullRequests
      ? `Protect ${local.branch}: changes by pull request only`
      : `Protect ${local.branch} against deletion and rewriting`,
    isIndependent: true,
    isDone: async () => journal.isDone(mark),
    async run() {
      await journal.intend(mark);
      const came = await provider.protect(repositoryOf(publishing), local.branch, policy);
      // Not noted as done: it is said again each time, and tried again, since the plan of the account may change.
      if (came === 'unsupported')
        return { skipped: `${provider.host} has no protection for this repository: ${local.branch} is not protected` };
      await journal.complete(mark);
      return undefined;
    },
  };
}
