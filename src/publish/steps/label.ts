import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import type { Label, Provider, Repository } from '../provider.ts';
import { isUncertain, type Publishing, repositoryOf } from '../publishing.ts';
import { waitForNew } from '../wait-for-new.ts';

/** What pull requests of ours are found by. */
export const changeLabel: Label = {
  name: 'flux-repo',
  color: '326ce5',
  description: 'Proposed by create-flux-repo',
};

/** Makes the label of our pull requests. Nothing depends on it, so a server that refuses it is no failure. */
export function labelStep(publishing: Publishing): Step {
  const { provider, found } = publishing;
  return {
    id: 'label',
    title: `Make the label ${changeLabel.name} for pull requests`,
    isIndependent: true,
    async isDone() {
      const { repository } = found;
      if (repository === undefined) return false;
      return (await unlessRefused(() => hasLabel(provider, repository))) === true;
    },
    run: () => skippedWhenRefused(() => waitForNew(publishing, () => ensureLabel(provider, repositoryOf(publishing)))),
  };
}

/** Makes the label where it is missing. @throws ProviderError */
export async function ensureLabel(provider: Provider, repository: Repository): Promise<void> {
  if (await hasLabel(provider, repository)) return;
  await provider.addLabel(repository, changeLabel).catch(async (error: unknown) => {
    const mayBeThere = error instanceof ProviderError && isUncertain(error);
    if (!mayBeThere || !(await hasLabel(provider, repository))) throw error;
  });
}

/** @returns the reason for a step, when the server refuses for good */
export async function skippedWhenRefused(work: () => Promise<void>): Promise<{ skipped: string } | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (isRefused(error)) return { skipped: error.message };
    throw error;
  }
}

async function hasLabel(provider: Provider, repository: Repository): Promise<boolean> {
  const names = await provider.listLabels(repository);
  return names.some((name) => name.toLowerCase() === changeLabel.name);
}

async function unlessRefused<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  return work().catch((error: unknown) => {
    if (isRefused(error)) return undefined;
    throw error;
  });
}

function isRefused(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.code !== 'rate-limit' && !isUncertain(error);
}
