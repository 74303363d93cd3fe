import type { Io } from '../../cli/io.ts';
import type { Outcome } from '../../cli/outcome.ts';
import { npx } from '../../cli/program.ts';
import type { PublishOptions } from '../../cli/publish-command.ts';
import { shellCommand } from '../../cli/shell-quote.ts';
import { Cancelled, ExpectedError, usageError } from '../../errors.ts';
import { ProviderError, withDone } from '../../publish/failure.ts';
import { type Protection, publishSteps } from '../../publish/steps/publish-steps.ts';
import { keysFolder } from '../../secrets/keys-folder.ts';
import type { Step } from '../../step.ts';
import { terminalPrompts } from '../../wizard/prompts.ts';
import { isHere } from '../folder-words.ts';
import { openRepository } from '../open-repository.ts';
import { noteProblems } from '../outcome-of-run.ts';
import { lookAtSteps, runSteps, type StepsRun } from '../run-steps.ts';
import { type PreparedPublishing, type Publishable, preparePublishing } from './prepare-publishing.ts';
import { publishNextSteps } from './publish-next-steps.ts';
import { publishedFacts, publishText } from './publish-text.ts';
import { type Reached, reachProvider } from './reach-provider.ts';

/** How a repository is published. */
export interface PublishHow extends Pick<PublishOptions, 'yes' | 'dryRun' | 'tokenStdin' | 'caFile' | 'keysDirectory'> {
  protection: Protection;
}

/**
 * Brings the repository to its provider, or says what it would do. Up to the question only reads are sent; done again
 * when all is done, only reads are.
 *
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function publish(io: Io, options: PublishOptions): Promise<Outcome> {
  const repository = await openRepository(io, { directory: options.directory, readOnly: options.dryRun });
  return publishRepository(io, repository, options);
}

/** The same for a repository that is open already. */
export async function publishRepository(io: Io, what: Publishable, how: PublishHow): Promise<Outcome> {
  const { model, root } = what;
  const owner = { repository: model.repository.name, id: model.id, target: root };
  const folder = await keysFolder({ ...io, flag: how.keysDirectory }, owner);
  const reached = await reachProvider(io, model, how);
  const prepared = await preparePublishing(io, what, reached);
  const steps = publishSteps(prepared.publishing, model, { keysFolder: folder, protection: how.protection });
  const standing = await lookAtSteps(io, steps);
  if (how.dryRun) return outcomeOf(io, { what, how, prepared, reached, folder, run: { records: standing, did: [] } });
  const isPending = standing.some(({ state }) => state === 'pending');
  if (isPending && !how.yes) await askConsent(io, what, steps, standing);
  const run = await runSteps(io, steps);
  return outcomeOf(io, { what, how, prepared, reached, folder, run });
}

interface Published {
  what: Publishable;
  how: PublishHow;
  prepared: PreparedPublishing;
  reached: Reached;
  folder: string;
  run: StepsRun;
}

async function outcomeOf(io: Io, published: Published): Promise<Outcome> {
  const { what, how, prepared, reached, folder, run } = published;
  const facts = await publishedFacts(prepared.publishing, what.model, folder);
  const notes = prepared.warnings.map(({ message, hint }) => `${message}. ${hint}`);
  const isDone = run.failure === undefined && !how.dryRun;
  const nextSteps =
    how.dryRun || run.did.length === 0 ? [] : publishNextSteps(io, what, prepared.publishing, facts, run.records);
  return {
    changes: [],
    steps: run.records,
    problems: noteProblems(notes, 'publish/note'),
    nextSteps,
    redact: reached.redact,
    result: { repository: what.model.repository.name, id: what.model.id, keysFolder: folder, ...facts },
    ...(isDone || how.dryRun
      ? { text: publishText(io, { publishing: prepared.publishing, dryRun: how.dryRun, run, notes, nextSteps }) }
      : failed(run, what)),
  };
}

function failed({ failure, did, records }: StepsRun, what: Publishable): Pick<Outcome, 'failure' | 'standing'> {
  const done = records.filter(({ title, state }) => state === 'done' && did.includes(title)).map(({ title }) => title);
  const left = records.filter(({ state }) => state === 'failed' || state === 'pending').map(({ title }) => title);
  const error = failure?.error;
  const standing = `To go on with what is left (${left.join('; ')}): ${publishCommand(what)}`;
  if (error instanceof ProviderError) return { failure: withDone(error, done), standing };
  return { failure: error, ...(error instanceof ExpectedError || error instanceof Cancelled ? { standing } : {}) };
}

/** The command that goes on. */
export function publishCommand({ shown }: Pick<Publishable, 'shown'>): string {
  return `${npx} ${shellCommand(['publish', ...(isHere(shown) ? [] : ['-C', shown]), '--yes'])}`;
}

async function askConsent(
  io: Io,
  what: Publishable,
  steps: readonly Step[],
  standing: Awaited<ReturnType<typeof lookAtSteps>>,
): Promise<void> {
  if (!io.interactive)
    throw usageError('cannot ask whether to publish this', {
      code: 'needs-consent',
      why: ['There is no terminal to ask at, or asking is off.'],
      hint: `${publishCommand(what)}, or with --dry-run to look first`,
    });
  const prompts = terminalPrompts(io);
  const open = steps.filter((_, index) => standing[index]?.state === 'pending').map(({ title }) => title);
  prompts.note(open.join('\n'), 'Publish');
  const chosen = await prompts.select('Do this?', [
    { value: 'publish', label: 'Publish', hint: 'all of it now' },
    { value: 'quit', label: 'Quit', hint: 'nothing is sent but what was read' },
  ]);
  if (chosen !== 'publish') throw new Cancelled();
}
