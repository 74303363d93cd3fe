import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { repositoryKeys } from '../../secrets/keys-folder.ts';
import { lookAtSteps, runSteps } from '../run-steps.ts';
import { replaceKeysStep } from './replace-keys-step.ts';
import type { Stage } from './rotate.ts';
import { command, listed, rotateWords, shownKey } from './rotation-words.ts';

/** Completes what a killed run left: everything is encrypted for the new keys only, their files have provisional names. */
export async function finishKeyFiles(io: Io, { repository, keys, options }: Stage): Promise<Outcome> {
  const { model, notes } = repository;
  const owner = { repository: model.repository.name, id: model.id };
  const folder = repositoryKeys({ ...io, flag: options.keysDirectory }, owner);
  const steps = [replaceKeysStep(folder, keys)];
  const { records, failure } = options.dryRun ? { records: await lookAtSteps(io, steps) } : await runSteps(io, steps);
  const names = listed(keys.map(({ key }) => shownKey(key)));
  const did = options.dryRun ? 'Would complete' : 'Completed';
  const again = `For another rotation: ${command(...rotateWords(options.scope), '--yes')}`;
  return {
    changes: [],
    steps: records,
    problems: notes.map((message) => ({ rule: 'change/note', severity: 'warning', message })),
    nextSteps: [],
    result: { repository: model.repository.name, id: model.id, keysFolder: folder },
    ...(failure === undefined
      ? {
          text: `${did} the rotation of ${names}, which an earlier run had ended: the new private keys are in their places.\n${again}\n`,
        }
      : { failure: failure.error }),
  };
}
