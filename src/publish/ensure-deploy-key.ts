import { ProviderError } from './failure.ts';
import type { Provider, RegisteredKey, Repository } from './provider.ts';
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
 * Why a step leaves a key that may write as it is. No provider takes the same key twice, so one for reading could only come
 * after it went, and Flux would be without until then, or for good where new keys are refused. Or a person wants it so:
 * Flux's image automation pushes with it.
 */
export function leftWriting({ host }: Pick<Provider, 'host'>, { readOnly }: RegisteredKey) {
  return readOnly ? undefined : { skipped: `it is there, and may write: take that away at ${host} if Flux only reads` };
}

/**
 * Lets the repository have this key, for reading only: looks for it by its material, adds it, reads it back. No key is ever
 * removed.
 *
 * @returns the key as it is there; it may write, if somebody let it (`leftWriting`)
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
  if (there !== undefined) return there;
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
