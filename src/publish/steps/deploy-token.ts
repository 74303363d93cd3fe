import { deployTokenFolder, readDeployToken, writeDeployToken } from '../../secrets/deploy-keys/deploy-token-folder.ts';
import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import type { RegisteredToken, Repository } from '../provider.ts';
import { type Publishing, repositoryOf } from '../publishing.ts';
import { waitForNew } from '../wait-for-new.ts';
import { deployKeyTitle } from './deploy-key.ts';

/**
 * Gives a cluster the token that its Flux reads the repository with, where keys are barred. The server tells the password
 * once: one that a killed run did not keep is removed, and another made.
 *
 * @param keysFolder of the repository, absolute
 */
export function deployTokenStep(publishing: Publishing, cluster: string, keysFolder: string): Step {
  const { provider, found, journal } = publishing;
  const folder = deployTokenFolder(keysFolder, cluster);
  const id = `deploy-token-${cluster}`;
  const title = deployKeyTitle(cluster);
  const isLost = () => journal.hasBegun(id) && !journal.isDone(id);
  return {
    id,
    title: `Give cluster ${cluster} a deploy token, read only`,
    isIndependent: true,
    async isDone() {
      const { repository } = found;
      if (repository === undefined || repository.admin === false) return false;
      const kept = await readDeployToken(folder);
      const tokens = await tokensIfVisible(publishing, repository);
      // Where it is kept on another machine, its title must do.
      return tokens.some((token) =>
        kept === undefined ? token.title === title && !isLost() : token.username === kept.username,
      );
    },
    async run() {
      const repository = repositoryOf(publishing);
      if (repository.admin === false) return { skipped: 'deploy tokens take the role Maintainer there' };
      const kept = await readDeployToken(folder);
      if (kept === undefined && isLost()) await removeLost(publishing, repository, title);
      await journal.intend(id);
      const token = await waitForNew(publishing, () => provider.addDeployToken(repository, title));
      await writeDeployToken(folder, token);
      await journal.complete(id, token.id);
      return undefined;
    },
  };
}

async function removeLost({ provider }: Publishing, repository: Repository, title: string): Promise<void> {
  for (const token of await provider.listDeployTokens(repository))
    if (token.title === title) await provider.removeDeployToken(repository, token.id);
}

/** While looking, what cannot be read is not there; the step itself says why. */
async function tokensIfVisible(publishing: Publishing, repository: Repository): Promise<readonly RegisteredToken[]> {
  try {
    return await waitForNew(publishing, () => publishing.provider.listDeployTokens(repository));
  } catch (error) {
    if (error instanceof ProviderError && error.facts.step === 'deploy-token') return [];
    throw error;
  }
}
