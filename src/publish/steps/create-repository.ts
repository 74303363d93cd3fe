import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import type { Namespace, Repository } from '../provider.ts';
import { isUncertain, type Publishing } from '../publishing.ts';
import { newness, waitForNew } from '../wait-for-new.ts';

/** Makes the repository, empty. One that is there, and empty, is taken as it is. */
export function createRepositoryStep(publishing: Publishing): Step {
  const { provider, publication, found, journal } = publishing;
  const { owner, name } = publication.ref;
  return {
    id: 'repository',
    title: `Create the ${publication.visibility} repository ${owner}/${name} on ${provider.host}`,
    isDone: async () => found.repository !== undefined,
    async run() {
      if (found.namespace === undefined) throw new Error('the preflight found no place for the repository');
      const wasBegun = journal.hasBegun('repository');
      await journal.intend('repository');
      found.newUntil = Date.now() + newness;
      found.repository = await createOrFind(publishing, found.namespace, wasBegun);
      await journal.complete('repository', found.repository.id);
      refuseOtherName(publishing, found.repository);
      return undefined;
    },
  };
}

/** A creation that succeeded behind a broken connection must not fail the second time. */
async function createOrFind(publishing: Publishing, namespace: Namespace, wasBegun: boolean): Promise<Repository> {
  const { provider, publication } = publishing;
  const { ref, visibility, branch } = publication;
  const description = 'Clusters as Flux keeps them';
  try {
    return await provider.createRepository(namespace, { name: ref.name, visibility, branch, description });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const mayBeOurs = isUncertain(error) || (wasBegun && error.code === 'repository-name-taken');
    if (!mayBeOurs) throw error;
    return waitForNew(publishing, async () => {
      const repository = await provider.getRepository(ref);
      if (repository === undefined) throw error;
      return repository;
    });
  }
}

/** A provider that does not take a name as it is writes another one; the files here have the one that was asked for. */
function refuseOtherName({ provider, publication: { ref } }: Publishing, { fullName }: Repository): void {
  const asked = `${ref.owner}/${ref.name}`;
  if (fullName.toLowerCase() === asked.toLowerCase()) return;
  throw new ProviderError({
    code: 'repository-name-changed',
    step: 'repository',
    message: `${provider.host} has made ${fullName}, not ${asked}`,
    why: ['It does not take every name as it is.'],
    hint: `Rename it there, or write ${fullName} into flux-repo.yaml (repository.owner and repository.name) and run the same command again.`,
  });
}
