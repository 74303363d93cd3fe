import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../../cli/io.ts';
import type { NextStep, StepRecord } from '../../cli/outcome.ts';
import { scanCommand } from '../../model/known-hosts.ts';
import type { Publishing } from '../../publish/publishing.ts';
import { stepsByHand } from '../../publish/steps-by-hand.ts';
import { createNamespace, pathBelowHome } from '../next-steps.ts';
import type { Publishable } from './prepare-publishing.ts';
import type { PublishedFacts } from './publish-text.ts';
import type { ReceiverPlace } from './receivers.ts';
import { hookByHand, hookId } from './wanted-hooks.ts';

/** What is left for a person: what we may not do at the provider, and what only somebody at the cluster can. */
export function publishNextSteps(
  io: Io,
  { model }: Publishable,
  { provider, publication, local }: Publishing,
  { deployKeys, sshUrl, receivers }: PublishedFacts & { receivers: readonly ReceiverPlace[] },
  records: readonly StepRecord[],
): NextStep[] {
  const isLeft = (id: string) => records.some((step) => step.id === id && step.state !== 'done');
  const keys = deployKeys.flatMap(({ cluster, title, publicKey }) =>
    publicKey === undefined || !isLeft(`deploy-key-${cluster}`) ? [] : [{ title, publicKey, readOnly: true }],
  );
  const byHand = stepsByHand({
    repository: `${publication.ref.owner}/${publication.ref.name}`,
    host: provider.host,
    branch: provider.can.has('protect') ? undefined : local.branch,
    isNew: false,
    keys,
    hooks: receivers
      .filter((place) => isLeft(hookId(place)) || !provider.can.has('webhook') || place.isGeneric)
      .flatMap((place) => hookByHand(model, place)),
  });
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
