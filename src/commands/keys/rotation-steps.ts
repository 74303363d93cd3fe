import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanCommand } from '../../model/known-hosts.ts';
import { ensureDeployKey, isSameKey, leftWriting } from '../../publish/ensure-deploy-key.ts';
import { proveDeployKey } from '../../publish/git/prove-deploy-key.ts';
import type { RegisteredKey } from '../../publish/provider.ts';
import { deployKeyTitle, isTitleOf, knownHostsFor } from '../../publish/steps/deploy-key.ts';
import { generateDeployKey } from '../../secrets/deploy-keys/deploy-key.ts';
import {
  completeDeployKey,
  deployKeyFolder,
  readDeployKey,
  replaceDeployKey,
  writeDeployKey,
} from '../../secrets/deploy-keys/deploy-key-folder.ts';
import type { Step } from '../../step.ts';
import { isSystemError } from '../../tree/system-error.ts';
import type { OpenKeys } from './open-keys.ts';

/** The replacement of a cluster's deploy key. */
export interface Rotation extends OpenKeys {
  cluster: string;
  /** The command that goes on. */
  again: string;
}

/** The new key comes: on this machine first, then at the provider, then it reads the repository. */
export function newKeySteps(rotation: Rotation): Step[] {
  const { cluster, folder, place, repository, registered } = rotation;
  const next = deployKeyFolder(folder, cluster, true);
  const isRegistered = async () => {
    const key = await readDeployKey(next);
    return key !== undefined && registered.some((each) => each.readOnly && isSameKey(each.publicKey, key.publicKey));
  };
  return [
    {
      id: 'new-key',
      title: `Make a new deploy key for ${cluster}`,
      isDone: isRegistered,
      async run() {
        const hosts = await knownHostsFor(place.provider, repository);
        const comment = `${cluster}@${rotation.model.repository.name}`;
        const kept = (await readDeployKey(next)) ?? (await writeDeployKey(next, generateDeployKey(comment), hosts));
        await completeDeployKey(kept, hosts);
        if (hosts.length === 0) await takeKnownHosts(deployKeyFolder(folder, cluster), next);
        return undefined;
      },
    },
    {
      id: 'add-key',
      title: `Add it to ${repository.fullName}, read only`,
      isDone: isRegistered,
      async run() {
        const { publicKey } = await nextKey(next);
        const key = { title: freeTitle(cluster, registered), publicKey };
        return leftWriting(place.provider, await ensureDeployKey(place, repository, key));
      },
    },
    {
      id: 'prove-key',
      title: 'Read the repository with it over SSH',
      isDone: async () => false,
      async run() {
        const { sshUrl } = repository;
        await takeKnownHosts(deployKeyFolder(folder, cluster), next);
        const how = { call: rotation.call, scan: scanCommand(sshUrl), again: rotation.again };
        const proof = await proveDeployKey(next, sshUrl, how);
        return proof.is === 'proven'
          ? undefined
          : { skipped: `the server cannot be reached over SSH: ${proof.reason}` };
      },
    },
  ];
}

/** The old key goes: at the provider first, then here. */
export function oldKeySteps({ cluster, folder, place, repository, registered }: Rotation): Step[] {
  const next = deployKeyFolder(folder, cluster, true);
  const old = async (): Promise<readonly RegisteredKey[]> => {
    const [present, coming] = [await readDeployKey(deployKeyFolder(folder, cluster)), await nextKey(next)];
    return registered.filter(({ title, publicKey }) => {
      if (isSameKey(publicKey, coming.publicKey)) return false;
      return present === undefined ? isTitleOf(cluster, title) : isSameKey(publicKey, present.publicKey);
    });
  };
  return [
    {
      id: 'remove-key',
      title: `Remove the old key from ${repository.fullName}`,
      isDone: async () => (await readDeployKey(next)) !== undefined && (await old()).length === 0,
      async run() {
        for (const { id } of await old()) await place.provider.removeDeployKey(repository, id);
        return undefined;
      },
    },
    {
      id: 'replace-key',
      title: 'Put the new key in its place in the folder of the keys',
      isDone: async () => false,
      async run() {
        await replaceDeployKey(folder, cluster);
        return undefined;
      },
    },
  ];
}

async function nextKey(folder: string): Promise<{ publicKey: string }> {
  const key = await readDeployKey(folder);
  if (key === undefined) throw new Error('the new deploy key went away');
  return key;
}

/** Some servers want every title once. */
function freeTitle(cluster: string, registered: readonly RegisteredKey[]): string {
  const taken = new Set(registered.map(({ title }) => title));
  const dated = `${deployKeyTitle(cluster)} ${new Date().toISOString().slice(0, 10)}`;
  if (!taken.has(dated)) return dated;
  for (let count = 2; ; count++) if (!taken.has(`${dated}-${count}`)) return `${dated}-${count}`;
}

/** What a person found out about the server's key stays true for the next one. */
async function takeKnownHosts(from: string, to: string): Promise<void> {
  await copyFile(join(from, 'known_hosts'), join(to, 'known_hosts')).catch((error: unknown) => {
    if (!(isSystemError(error) && error.code === 'ENOENT')) throw error;
  });
}
