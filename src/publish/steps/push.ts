import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import { pushCommit, type RemoteHistory, remoteHistory } from '../git/remote-history.ts';
import { isUncertain, type Publishing, remoteOf, repositoryOf } from '../publishing.ts';
import { waitForNew } from '../wait-for-new.ts';

/** Whether the server has all that is to be published. */
function isPublished({ standing }: RemoteHistory): boolean {
  return standing === 'same' || standing === 'ahead';
}

/** Pushes the branch, only onto what was seen there before, and reads back that it arrived. */
export function pushStep(publishing: Publishing): Step {
  const { found, local, journal, provider } = publishing;
  return {
    id: 'push',
    title: `Push ${local.branch} to ${provider.host}`,
    isDone: async () => isPublished(found.history),
    async run() {
      const remote = remoteOf(publishing, repositoryOf(publishing));
      await journal.intend('push');
      const failure = await waitForNew(publishing, () => pushCommit(remote, local, found.history.commit)).catch(
        unlessUncertain,
      );
      found.history = await waitForNew(publishing, () => remoteHistory(remote, local));
      if (!isPublished(found.history)) throw failure ?? notArrived(publishing);
      await journal.complete('push', local.commit);
      return undefined;
    },
  };
}

function unlessUncertain(error: unknown): ProviderError {
  if (error instanceof ProviderError && isUncertain(error)) return error;
  throw error;
}

function notArrived({ provider, local }: Publishing): ProviderError {
  return new ProviderError({
    code: 'provider-failed',
    step: 'push',
    message: `cannot find on ${provider.host} what was pushed to ${local.branch}`,
    why: ['git said that it was taken, but the branch is not at that commit.'],
    hint: 'Run the same command again; if that goes on, look at what changes the branch there.',
  });
}
