import { ProviderError } from './failure.ts';
import type { RegisteredKey, Repository } from './provider.ts';
import { isUncertain, type KeyPlace } from './publishing.ts';
import { waitForNew } from './wait-for-new.ts';

/** Whether two public halves are one key: comments do not count, and providers drop them. */
export function isSameKey(one: string, other: string): boolean {
  const material = (key: string) => key.split(' ', 2).join(' ');
  return material(one) === material(other);
}

/** The deploy keys of a repository, read once. @throws ProviderError */
export async function registeredKeys(place: KeyPlace, repository: Repository): Promise<readonly RegisteredKey[]> {
  const { provider, found } = place;
  const known = found.keys.get(repository.fullName);
  if (known !== undefined) return known;
  const keys = await waitForNew(place, () => provider.listDeployKeys(repository));
  found.keys.set(repository.fullName, keys);
  return keys;
}

/**
 * Lets the repository have this key, for reading only: looks for it by its material, adds it, reads it back. A key of ours
 * that may write is replaced; keys of others are left alone, whatever their title.
 *
 * @throws ProviderError
 */
export async function ensureDeployKey(
  place: KeyPlace,
  repository: Repository,
  key: { title: string; publicKey: string },
): Promise<RegisteredKey> {
  const { provider, found } = place;
  const look = async (): Promise<RegisteredKey | undefined> => {
    found.keys.delete(repository.fullName);
    return (await registeredKeys(place, repository)).find(({ publicKey }) => isSameKey(publicKey, key.publicKey));
  };
  const there = await look();
  if (there?.readOnly) return there;
  if (there !== undefined) await provider.removeDeployKey(repository, there.id);
  try {
    await waitForNew(place, () => provider.addDeployKey(repository, { ...key, readOnly: true }));
  } catch (error) {
    const mayBeThere = error instanceof ProviderError && (isUncertain(error) || error.code === 'key-in-use');
    const added = mayBeThere ? await look() : undefined;
    if (!added?.readOnly) throw error;
  }
  const added = await look();
  if (added?.readOnly) return added;
  throw new ProviderError({
    code: 'provider-failed',
    step: 'deploy-key',
    message: `cannot find the deploy key "${key.title}" among those of ${repository.fullName}`,
    why: [added === undefined ? 'It was taken, but is not listed.' : 'It was taken, but may write.'],
    hint: 'Run the same command again; if that goes on, look at the deploy keys in the settings of the repository.',
  });
}
