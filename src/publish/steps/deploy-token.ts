import { randomInt } from 'node:crypto';
import { deployTokenFolder, readDeployToken, writeDeployToken } from '../../secrets/deploy-keys/deploy-token-folder.ts';
import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import type { RegisteredToken, Repository } from '../provider.ts';
import { type Publishing, repositoryOf } from '../publishing.ts';
import { waitForNew } from '../wait-for-new.ts';
import { deployKeyTitle, isTitleOf } from './deploy-key.ts';

/**
 * Gives a cluster the token that its Flux reads the repository with, where keys are barred. The server tells the password
 * once: one that a killed run did not keep is removed, and another made. So each has a title of its own, noted before it is
 * made: by a title that all share, one that a colleague made meanwhile would be taken for it.
 *
 * @param keysFolder of the repository, absolute
 */
export function deployTokenStep(publishing: Publishing, cluster: string, keysFolder: string): Step {
  const { provider, found, journal } = publishing;
  const folder = deployTokenFolder(keysFolder, cluster);
  const id = `deploy-token-${cluster}`;
  const look = async (tokens: readonly RegisteredToken[]) => {
    const kept = await readDeployToken(folder);
    const title = kept === undefined && !journal.isDone(id) ? journal.idOf(id) : undefined;
    const lost = title === undefined ? undefined : tokens.find((token) => token.title === title);
    // Where it is kept on another machine, its title must do.
    const isThere = tokens.some((token) =>
      kept === undefined ? token !== lost && isTitleOf(cluster, token.title) : token.username === kept.username,
    );
    return { lost, isThere };
  };
  return {
    id,
    title: `Give cluster ${cluster} a deploy token, read only`,
    isIndependent: true,
    async isDone() {
      const { repository } = found;
      if (repository === undefined || repository.admin === false) return false;
      const { lost, isThere } = await look(await tokensIfVisible(publishing, repository));
      return isThere && lost === undefined;
    },
    async run() {
      const repository = repositoryOf(publishing);
      if (repository.admin === false) return { skipped: 'deploy tokens take the role Maintainer there' };
      // Again, and this time a list that cannot be read is a failure: not there it is only for certain.
      const { lost, isThere } = await look(await tokensOf(publishing, repository));
      if (lost !== undefined) await provider.removeDeployToken(repository, lost.id);
      if (isThere) return undefined;
      const title = freshTitle(cluster);
      await journal.intend(id, title);
      const token = await waitForNew(publishing, () => provider.addDeployToken(repository, title));
      await writeDeployToken(folder, token);
      await journal.complete(id, token.id);
      return undefined;
    },
  };
}

/** A title of the cluster that nothing else has: `flux eu 2026-05-04-281474976710`. */
function freshTitle(cluster: string): string {
  return `${deployKeyTitle(cluster)} ${new Date().toISOString().slice(0, 10)}-${randomInt(2 ** 47)}`;
}

/** @throws ProviderError */
function tokensOf(publishing: Publishing, repository: Repository): Promise<readonly RegisteredToken[]> {
  return waitForNew(publishing, () => publishing.provider.listDeployTokens(repository));
}

/** While looking, what cannot be read is not there; the step itself says why. */
async function tokensIfVisible(publishing: Publishing, repository: Repository): Promise<readonly RegisteredToken[]> {
  try {
    return await tokensOf(publishing, repository);
  } catch (error) {
    if (error instanceof ProviderError && error.facts.step === 'deploy-token') return [];
    throw error;
  }
}
