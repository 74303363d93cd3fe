import { knownHostsOf } from '../../model/known-hosts.ts';
import { generateDeployKey } from '../../secrets/deploy-keys/deploy-key.ts';
import {
  completeDeployKey,
  deployKeyFolder,
  type KeptDeployKey,
  readDeployKey,
  writeDeployKey,
} from '../../secrets/deploy-keys/deploy-key-folder.ts';
import type { Step } from '../../step.ts';
import { ensureDeployKey, isSameKey, leftWriting, registeredKeys } from '../ensure-deploy-key.ts';
import { ProviderError } from '../failure.ts';
import type { Provider, Repository } from '../provider.ts';
import { type Publishing, repositoryOf } from '../publishing.ts';

/** The key's name at the provider; the cluster's is a word of it, and no other cluster's is. */
export function deployKeyTitle(cluster: string): string {
  return `flux ${cluster}`;
}

/** Whether a title is one that we give to keys of this cluster: a key that replaced another one has a date behind it. */
export function isTitleOf(cluster: string, title: string): boolean {
  return title === deployKeyTitle(cluster) || /^ \d{4}-\d\d-\d\d(-\d+)?$/.test(afterTitle(cluster, title));
}

function afterTitle(cluster: string, title: string): string {
  const own = deployKeyTitle(cluster);
  return title.startsWith(own) ? title.slice(own.length) : '';
}

/** Whether the provider lets this account add deploy keys, as far as it tells beforehand. */
export function canHaveKeys({ can }: Pick<Provider, 'can'>, { admin }: Pick<Repository, 'admin'>): boolean {
  return can.has('deploy-key') && admin !== false;
}

/**
 * Gives a cluster the key that its Flux reads the repository with. The private half is on the disk before the provider
 * hears of the public one.
 *
 * @param keysFolder of the repository, absolute
 */
export function deployKeyStep(publishing: Publishing, cluster: string, keysFolder: string): Step {
  const { provider, found, journal, publication } = publishing;
  const folder = deployKeyFolder(keysFolder, cluster);
  const id = `deploy-key-${cluster}`;
  return {
    id,
    title: `Give cluster ${cluster} a deploy key, read only`,
    isIndependent: true,
    async isDone() {
      const kept = await readDeployKey(folder);
      if (found.repository === undefined) return false;
      if (!provider.can.has('deploy-key')) return kept !== undefined;
      return (
        canHaveKeys(provider, found.repository) && (await isRegistered(publishing, found.repository, cluster, kept))
      );
    },
    async run() {
      const repository = repositoryOf(publishing);
      await journal.intend(id);
      const knownHosts = await knownHostsFor(provider, repository);
      const kept =
        (await readDeployKey(folder)) ??
        (await writeDeployKey(folder, generateDeployKey(`${cluster}@${publication.ref.name}`), knownHosts));
      await completeDeployKey(kept, knownHosts);
      if (!canHaveKeys(provider, repository))
        return { skipped: `a person must add it at ${provider.host}; the next steps show it` };
      const { publicKey } = kept;
      const added = await ensureDeployKey(publishing, repository, { title: deployKeyTitle(cluster), publicKey });
      await journal.complete(id, added.id);
      return leftWriting(provider, added);
    },
  };
}

/** Where the private half is on another machine, its title must do. */
async function isRegistered(
  publishing: Publishing,
  repository: Repository,
  cluster: string,
  kept: KeptDeployKey | undefined,
): Promise<boolean> {
  const keys = await keysIfVisible(publishing, repository);
  return keys.some(({ title, publicKey, readOnly }) =>
    kept === undefined ? isTitleOf(cluster, title) : readOnly && isSameKey(publicKey, kept.publicKey),
  );
}

/** While looking, what cannot be read is not there; the step itself says why. */
export async function keysIfVisible(publishing: Publishing, repository: Repository) {
  try {
    return await registeredKeys(publishing, repository);
  } catch (error) {
    if (error instanceof ProviderError && error.facts.step === 'deploy-key') return [];
    throw error;
  }
}

/** Lines of known_hosts that somebody vouches for: the provider's API, or those that are known; none for other servers. */
export async function knownHostsFor(provider: Provider, { sshUrl }: Repository): Promise<readonly string[]> {
  const own = await provider.sshHostKeys();
  const { port, hostname } = new URL(sshUrl);
  if (own.length === 0) return knownHostsOf(sshUrl, undefined);
  if (port === '' || port === '22') return own;
  return own.map((line) => line.replace(/^\S+/, `[${hostname}]:${port}`));
}
