import { setTimeout } from 'node:timers/promises';
import type { Step } from '../../step.ts';
import type { Repository } from '../provider.ts';
import { type Publishing, repositoryOf } from '../publishing.ts';

/** Milliseconds between looks, ten seconds in all: some servers find out by and by that a repository is not empty. */
const pauses = [0, 500, 1500, 3000, 5000];

/** The branch that people and Flux get when they name none; usually the first that is pushed is it already. */
export function defaultBranchStep(publishing: Publishing): Step {
  const { found, provider, local } = publishing;
  return {
    id: 'default-branch',
    title: `Make ${local.branch} the default branch`,
    isIndependent: true,
    isDone: async () => found.history.commit !== undefined && found.repository?.defaultBranch === local.branch,
    async run() {
      const repository = await whenItTells(publishing);
      if (repository.defaultBranch === local.branch) return undefined;
      if (repository.defaultBranch === undefined) return { skipped: `${provider.host} does not tell one yet` };
      await provider.setDefaultBranch(repository, local.branch);
      found.repository = { ...repository, defaultBranch: local.branch };
      return undefined;
    },
  };
}

async function whenItTells(publishing: Publishing): Promise<Repository> {
  const { provider, publication, found, git } = publishing;
  const { signal } = git.call;
  for (const pause of pauses) {
    await setTimeout(pause, undefined, { ...(signal && { signal }) }).catch(() => undefined);
    signal?.throwIfAborted();
    found.repository = (await provider.getRepository(publication.ref)) ?? found.repository;
    if (found.repository?.defaultBranch !== undefined) break;
  }
  return repositoryOf(publishing);
}
