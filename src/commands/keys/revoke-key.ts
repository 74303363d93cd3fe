import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Io } from '../../cli/io.ts';
import type { ClusterKeyOptions } from '../../cli/keys-command.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { ExpectedError } from '../../errors.ts';
import { isSameKey } from '../../publish/ensure-deploy-key.ts';
import type { RegisteredKey } from '../../publish/provider.ts';
import { isTitleOf } from '../../publish/steps/deploy-key.ts';
import { deployKeyFolder, readDeployKey } from '../../secrets/deploy-keys/deploy-key-folder.ts';
import type { Step } from '../../step.ts';
import { lookAtSteps, runSteps } from '../run-steps.ts';
import { requireConfirmation } from '../secrets/require-confirmation.ts';
import { askToGoOn, outcomeOfKeys, requireLabel } from './key-words.ts';
import { type OpenKeys, openKeys } from './open-keys.ts';

/**
 * `keys revoke`: a cluster's deploy keys go, at the provider and here; those of others stay.
 *
 * @throws ExpectedError `needs-confirmation`, `no-deploy-key`; later they are the outcome's `failure`
 */
export async function revokeKey(io: Io, options: ClusterKeyOptions): Promise<Outcome> {
  const { cluster, confirmed, directory, dryRun } = options;
  requireLabel(cluster);
  const words = ['keys', 'revoke', cluster];
  const what = `take the deploy key of ${cluster} away`;
  requireConfirmation(
    io,
    { directory, dryRun, confirmed },
    { name: cluster, what, words: [...words, '--confirm', cluster] },
  );
  const opened = await openKeys(io, options);
  const folders = [deployKeyFolder(opened.folder, cluster), deployKeyFolder(opened.folder, cluster, true)];
  const left = folders.filter((folder) => existsSync(folder));
  const kept = (await Promise.all(folders.map(readDeployKey))).flatMap((key) => (key === undefined ? [] : [key]));
  const going = opened.registered.filter(
    ({ title, publicKey }) => isTitleOf(cluster, title) || kept.some((key) => isSameKey(key.publicKey, publicKey)),
  );
  if (going.length === 0 && left.length === 0) throw withoutKey(opened, cluster);
  const steps = [removeStep(opened, going), forgetStep(left)];
  const about = { opened, words, dryRun };
  const told = { done: `${cluster} has no deploy key any more.`, nextSteps: [] };
  if (dryRun) return outcomeOfKeys(io, about, { records: await lookAtSteps(io, steps), did: [] }, told);
  if (confirmed === undefined) await askToGoOn(io, words, `Shall ${cluster} read the repository no more?`);
  return outcomeOfKeys(io, about, await runSteps(io, steps), told);
}

function removeStep({ place, repository }: OpenKeys, going: readonly RegisteredKey[]): Step {
  return {
    id: 'remove-key',
    title: `Remove ${going.map(({ title }) => `"${title}"`).join(', ') || 'its key'} from ${repository.fullName}`,
    isDone: async () => going.length === 0,
    async run() {
      for (const { id } of going) await place.provider.removeDeployKey(repository, id);
      return undefined;
    },
  };
}

function forgetStep(folders: readonly string[]): Step {
  return {
    id: 'forget-key',
    title: 'Remove its private half from the folder of the keys',
    isDone: async () => folders.length === 0,
    async run() {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
      return undefined;
    },
  };
}

function withoutKey({ repository, place }: OpenKeys, cluster: string): ExpectedError {
  return new ExpectedError({
    code: 'no-deploy-key',
    exitCode: 1,
    message: `cluster ${cluster} has no deploy key`,
    why: [`Neither at ${repository.fullName} on ${place.provider.host}, nor in the folder of the keys.`],
    hint: 'keys list shows those that there are',
  });
}
