import type { Io } from '../../cli/io.ts';
import type { Outcome, StepRecord } from '../../cli/outcome.ts';
import type { PublishOptions } from '../../cli/publish-command.ts';
import { Cancelled, ExpectedError } from '../../errors.ts';
import type { KnownServer } from '../../generators/bootstrap-command.ts';
import { credentialOfRepository, type RepositoryCredential } from '../../model/repository-credential.ts';
import { isFinal, ProviderError, withDone } from '../../publish/failure.ts';
import type { PublishStep } from '../../publish/provider.ts';
import { publishSteps } from '../../publish/steps/publish-steps.ts';
import { keysFolder } from '../../secrets/keys-folder.ts';
import type { Step } from '../../step.ts';
import { diskTree } from '../../tree/disk-tree.ts';
import { terminalPrompts } from '../../wizard/prompts.ts';
import { noteProblems } from '../outcome-of-run.ts';
import { lookAtSteps, runSteps, type StepsRun } from '../run-steps.ts';
import { type PreparedPublishing, type Publishable, preparePublishing } from './prepare-publishing.ts';
import { publishNextSteps } from './publish-next-steps.ts';
import { publishedFacts, publishText } from './publish-text.ts';
import { needsConsent, publishCommand } from './publish-words.ts';
import { reachProvider } from './reach-provider.ts';
import { type ReceiverPlace, receiverPlaces } from './receivers.ts';
import { unknownHosts, wantedHooks } from './wanted-hooks.ts';

/** What is done wherever the provider can. */
const always: readonly PublishStep[] = [...(['whoami', 'namespace', 'repository', 'push', 'default-branch'] as const)];

/** What clusters read with, as far as the provider makes it. */
const keySteps: Readonly<Record<RepositoryCredential, readonly PublishStep[]>> = {
  'deploy-key': ['deploy-key'],
  'deploy-token': ['deploy-token'],
  'github-app': [],
  token: [],
};

/** How a repository is published. */
export type PublishHow = Pick<
  PublishOptions,
  'yes' | 'dryRun' | 'tokenStdin' | 'caFile' | 'keysDirectory' | 'protection'
>;

/** What came of it, as one part of what a command does. */
export interface PublishRun
  extends Pick<Outcome, 'steps' | 'problems' | 'nextSteps' | 'result' | 'redact' | 'failure' | 'standing'> {
  /** For people, without the next steps. */
  told: string;
  server: KnownServer;
}

/**
 * Publishes, or with a dry run says what it would do.
 *
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the `failure`
 */
export async function runPublishing(io: Io, what: Publishable, how: PublishHow): Promise<PublishRun> {
  const { model, root } = what;
  const owner = { repository: model.repository.name, id: model.id, target: root };
  const folder = await keysFolder({ ...io, flag: how.keysDirectory }, owner);
  const { redact, ...reached } = await reachProvider(io, model, how);
  const tree = diskTree(root);
  const receivers = receiverPlaces(model, tree);
  const hooks = wantedHooks(io, receivers, { model, tree, keysDirectory: how.keysDirectory });
  const wanted = new Set([
    ...always,
    ...(how.protection === 'none' ? [] : (['protect'] as const)),
    ...keySteps[credentialOfRepository(model)],
    ...(hooks.length > 0 ? (['webhook'] as const) : []),
    ...(model.repository.access === undefined ? [] : (['teams'] as const)),
  ]);
  const prepared = await preparePublishing(io, what, { redact, ...reached }, wanted);
  const before = what.first?.step === undefined ? [] : [what.first.step(prepared.publishing)];
  const done = publishSteps(prepared.publishing, model, { keysFolder: folder, protection: how.protection, hooks });
  const steps = [...before, ...done];
  const looked = await lookAtSteps(io, steps, isHopeless);
  // what is committed first is not there to be pushed yet
  const standing = looked.map(
    (record): StepRecord => (before.length > 0 && record.id === 'push' ? { ...record, state: 'pending' } : record),
  );
  const isPending = standing.some(({ state }) => state === 'pending');
  if (isPending && !how.yes && !how.dryRun) await askConsent(io, { what, how }, steps, standing);
  const run = how.dryRun ? { records: standing, did: [] } : await runSteps(io, steps, isHopeless);
  return { redact, ...(await toldOf(io, { what, how, prepared, folder, run, receivers })) };
}

/** After these no other step can do better. */
function isHopeless(error: ExpectedError): boolean {
  return error instanceof ProviderError && isFinal(error.facts);
}

interface Published {
  what: Publishable;
  how: PublishHow;
  prepared: PreparedPublishing;
  folder: string;
  run: StepsRun;
  receivers: readonly ReceiverPlace[];
}

async function toldOf(io: Io, published: Published): Promise<PublishRun> {
  const { what, prepared, folder, run, receivers } = published;
  const { dryRun, caFile } = published.how;
  const { publishing, warnings } = prepared;
  const { name, id } = { ...what.model.repository, id: what.model.id };
  const facts = await publishedFacts(publishing, what.model, folder);
  const notes = [
    ...warnings.map(({ message, hint }) => `${message}. ${hint}`),
    ...unknownHosts(receivers),
    ...(what.first?.notes ?? []),
  ];
  const isNews = !dryRun && run.did.length > 0;
  return {
    steps: run.records,
    problems: noteProblems(notes, 'publish/note'),
    nextSteps: isNews
      ? publishNextSteps(io, what, publishing, { ...facts, receivers, keysFolder: folder }, run.records)
      : [],
    result: { repository: name, id, keysFolder: folder, ...facts },
    told: publishText(io, { publishing, dryRun, run, notes }),
    server: { sshUrl: facts.sshUrl, caFile },
    ...(run.failure !== undefined && failed(run, published)),
  };
}

function failed({ failure, did, records }: StepsRun, { what, how }: Published): Pick<Outcome, 'failure' | 'standing'> {
  const done = records.filter(({ title, state }) => state === 'done' && did.includes(title)).map(({ title }) => title);
  const left = records.filter(({ state }) => state === 'failed' || state === 'pending').map(({ title }) => title);
  const standing = `To go on with what is left (${left.join('; ')}): ${publishCommand(what, how)}`;
  const error = failure?.error;
  if (error instanceof ExpectedError) return { failure: withDone(error, done), standing };
  return { failure: error, ...(error instanceof Cancelled && { standing }) };
}

async function askConsent(
  io: Io,
  { what, how }: Pick<Published, 'what' | 'how'>,
  steps: readonly Step[],
  standing: readonly StepRecord[],
): Promise<void> {
  if (!io.interactive) throw needsConsent(what, how);
  const prompts = terminalPrompts(io);
  const open = steps.filter((_, index) => standing[index]?.state === 'pending').map(({ title }) => title);
  prompts.note(open.join('\n'), 'Publish');
  const chosen = await prompts.select('Do this?', [
    { value: 'publish', label: 'Publish', hint: 'all of it now' },
    { value: 'quit', label: 'Quit', hint: 'nothing is sent but what was read' },
  ]);
  if (chosen !== 'publish') throw new Cancelled();
}
