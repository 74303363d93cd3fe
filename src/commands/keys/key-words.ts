import type { Io } from '../../cli/io.ts';
import type { NextStep, Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { Cancelled, usageError } from '../../errors.ts';
import { labelFault } from '../../model/label.ts';
import type { Model } from '../../model/model.ts';
import { credentialOfRepository } from '../../model/repository-credential.ts';
import { nearest } from '../../nearest.ts';
import { terminalPrompts } from '../../wizard/prompts.ts';
import { nextText } from '../create-text.ts';
import type { StepsRun } from '../run-steps.ts';
import type { OpenKeys } from './open-keys.ts';

/** @throws ExpectedError (exit 2) for a cluster that the model does not have */
export function requireCluster({ clusters }: Model, cluster: string): void {
  if (Object.hasOwn(clusters, cluster)) return;
  const known = Object.keys(clusters).sort();
  throw usageError(`there is no cluster ${cluster}`, {
    why: [`flux-repo.yaml has ${known.join(', ')}.`],
    hint: `${npx} keys rotate ${nearest(cluster, known) ?? known[0] ?? 'NAME'}`,
  });
}

/** @throws ExpectedError (exit 2) where clusters read with something else */
export function requireDeployKeys(model: Model): void {
  const credential = credentialOfRepository(model);
  if (credential === 'deploy-key') return;
  throw usageError('the clusters here have no deploy keys', {
    code: 'no-deploy-key',
    why: [`flux-repo.yaml says that they read with credential ${credential}.`],
    hint: 'Give the cluster another Secret flux-system-read, then take the old credential back at the provider.',
  });
}

/** @throws ExpectedError (exit 2) for what cannot be the name of a cluster */
export function requireLabel(cluster: string): void {
  const fault = labelFault(cluster);
  if (fault !== undefined)
    throw usageError(`"${cluster}" is no name of a cluster: it ${fault}`, { hint: 'keys list shows them' });
}

/** @throws Cancelled for a no; ExpectedError `needs-consent` where nobody can be asked */
export async function askToGoOn(io: Io, words: readonly string[], question: string): Promise<void> {
  if (!io.interactive)
    throw usageError('cannot ask whether to do this', {
      code: 'needs-consent',
      why: ['There is no terminal to ask at, or asking is off.'],
      hint: `${npx} ${shellCommand([...words, '--yes'])}, or with --dry-run to look first`,
    });
  const chosen = await terminalPrompts(io).select(question, [
    { value: 'yes', label: 'Yes', hint: 'go on' },
    { value: 'no', label: 'No', hint: 'leave all as it is' },
  ]);
  if (chosen !== 'yes') throw new Cancelled();
}

/** What a verb for one key did or would do. */
export function outcomeOfKeys(
  io: Io,
  { opened, words, dryRun }: { opened: OpenKeys; words: readonly string[]; dryRun: boolean },
  { records, failure }: StepsRun,
  { done, nextSteps: wanted }: { done: string; nextSteps: readonly NextStep[] },
): Outcome {
  const { model, redact, folder } = opened;
  const nextSteps = dryRun || failure !== undefined ? [] : wanted;
  const lines = records.flatMap(({ title, state, reason }) => {
    if (state === 'skipped') return [`Not done: ${title}: ${reason}.`];
    return dryRun && state === 'pending' ? [`It would: ${title}`] : [];
  });
  const heading = dryRun ? 'Dry run: nothing was written, here or there.' : done;
  const text = [`${[heading, ...lines].join('\n')}\n`, nextText(io, nextSteps)]
    .filter((part) => part !== '')
    .join('\n');
  return {
    changes: [],
    steps: records,
    problems: [],
    nextSteps,
    redact,
    result: { repository: model.repository.name, id: model.id, keysFolder: folder },
    ...(failure === undefined
      ? { text }
      : { failure: failure.error, standing: `To go on: ${npx} ${shellCommand([...words, '--yes'])}` }),
  };
}
