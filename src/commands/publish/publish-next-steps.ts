import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { NextStep, StepRecord } from '../../cli/outcome.ts';
import { scanCommand } from '../../model/known-hosts.ts';
import { credentialOfRepository } from '../../model/repository-credential.ts';
import { inOrder } from '../../model/units.ts';
import { isSameKey } from '../../publish/ensure-deploy-key.ts';
import type { Publishing } from '../../publish/publishing.ts';
import { stepsByHand } from '../../publish/steps-by-hand.ts';
import { createNamespace, pathBelowHome } from '../next-steps.ts';
import type { Publishable } from './prepare-publishing.ts';
import type { PublishedFacts } from './publish-text.ts';
import { readCredentialSteps } from './read-credential.ts';
import type { ReceiverPlace } from './receivers.ts';
import { hookByHand, hookId } from './wanted-hooks.ts';

/** What was found out besides. */
interface Gathered {
  receivers: readonly ReceiverPlace[];
  /** Of private keys, absolute. */
  keysFolder: string;
}

/** What is left for a person: what we may not do at the provider, and what only somebody at the cluster can. */
export function publishNextSteps(
  io: Io,
  { model }: Publishable,
  { provider, publication, local, git, found }: Publishing,
  { deployKeys, sshUrl, receivers, keysFolder }: PublishedFacts & Gathered,
  records: readonly StepRecord[],
): NextStep[] {
  const isLeft = (id: string) => records.some((step) => step.id === id && step.state !== 'done');
  // One that may write is there, though its step is left.
  const there = (found.repository && found.keys.get(found.repository.fullName)) ?? [];
  const isThere = (key: string) => there.some(({ publicKey }) => isSameKey(publicKey, key));
  const keys = deployKeys.flatMap(({ cluster, title, publicKey }) =>
    publicKey === undefined || !isLeft(`deploy-key-${cluster}`) || isThere(publicKey)
      ? []
      : [{ title, publicKey, readOnly: true }],
  );
  const byHand = stepsByHand({
    repository: `${publication.ref.owner}/${publication.ref.name}`,
    host: provider.host,
    branch: provider.can.has('protect') ? undefined : local.branch,
    isNew: false,
    keys,
    grants: inOrder(model.repository.access)
      .filter(([team]) => isLeft(`access-${team}`) || !provider.can.has('teams'))
      .map(([team, role]) => ({ team, role })),
    hooks: receivers
      .filter((place) => isLeft(hookId(place)) || !provider.can.has('webhook') || place.isGeneric)
      .flatMap((place) => hookByHand(model, place)),
  });
  if (credentialOfRepository(model) !== 'deploy-key') {
    const where = `${publication.ref.owner}/${publication.ref.name} on ${provider.host}`;
    return [...byHand, ...readCredentialSteps(io, { model, keysFolder, where, web: git.web, caFile: git.caFile })];
  }
  return [
    ...byHand,
    ...(sshUrl === undefined ? [] : giveKey(io, deployKeys, sshUrl, Object.keys(model.clusters).length)),
  ];
}

/** `flux bootstrap` takes the Secret that it finds, and makes no key of its own then. */
function giveKey(
  io: Io,
  [first, ...others]: PublishedFacts['deployKeys'],
  sshUrl: string,
  clusters: number,
): NextStep[] {
  if (first?.publicKey === undefined) return [];
  const folder = pathBelowHome(io, first.folder);
  const again = clusters > 1 ? ` The same for ${others.map(({ cluster }) => cluster).join(', ')}.` : '';
  const scan = existsSync(join(first.folder, 'known_hosts')) ? [] : [`${scanCommand(sshUrl)} >> ${folder}/known_hosts`];
  return [
    {
      text: `Before Flux is installed, give ${first.cluster} the deploy key that it reads the repository with.${again}`,
      commands: [
        ...scan,
        createNamespace,
        `kubectl -n flux-system create secret generic flux-system --from-file=${folder}`,
      ],
    },
  ];
}
