import type { Io } from '../../cli/io.ts';
import type { NextStep } from '../../cli/outcome.ts';
import { repositoryKeys } from '../../secrets/keys-folder.ts';
import type { Proposal } from '../proposal.ts';
import { planReaders } from './propose-readers.ts';
import { readersProposal } from './readers-proposal.ts';
import { replaceKeysStep } from './replace-keys-step.ts';
import type { Stage } from './rotate.ts';
import { clustersWith, listed, pushStep, rotateWords, shownKey } from './rotation-words.ts';

/**
 * The last stage: old keys go from the model and the rules, and what they could read gets new data keys. On this machine
 * the new private keys get their places, after the files, so that at no moment a file is encrypted for a key without a name.
 *
 * @param notes of the proof
 * @throws ExpectedError as `planReaders`
 */
export async function proposeRotationEnd(io: Io, stage: Stage, notes: readonly string[]): Promise<Proposal> {
  const { repository, keys, options, contexts } = stage;
  const { model } = repository;
  const planned = await planReaders(io, repository, {
    edits: keys.map(({ key, current }) => ({
      path: [key.kind === 'cluster' ? 'clusters' : 'environments', key.name, 'recipients'],
      value: [current],
    })),
    readers: { drop: keys.flatMap(({ old }) => old) },
    newDataKeys: true,
    sides: options.sides,
    keysDirectory: options.keysDirectory,
  });
  const owner = { repository: model.repository.name, id: model.id };
  const names = listed(keys.map(({ key }) => shownKey(key)));
  const plural = keys.length === 1 ? 'key' : 'keys';
  return {
    ...readersProposal(repository, planned, {
      title: `Take the old ${plural} of ${names} out`,
      done: `The old ${plural} of ${names} ${keys.length === 1 ? 'opens' : 'open'} nothing that is encrypted here any more`,
      notes: [
        ...notes,
        "Git's history stays readable with the old key. If it has leaked, change the values themselves where they come from.",
      ],
      nextSteps: endSteps(clustersWith(keys), contexts),
      words: [
        ...rotateWords(options.scope),
        ...options.confirmed.flatMap((name) => ['--confirm', name]),
        ...options.contexts.flatMap((text) => ['--context', text]),
      ],
    }),
    afterFiles: [replaceKeysStep(repositoryKeys({ ...io, flag: options.keysDirectory }, owner), keys)],
  };
}

function endSteps(clusters: readonly string[], contexts: ReadonlyMap<string, string>): NextStep[] {
  return [
    {
      text: 'Push the commit, and have it reconciled:',
      commands: ['git push', 'flux reconcile kustomization flux-system --with-source'],
    },
    pushStep(clusters, contexts, ['--prune']),
  ];
}
