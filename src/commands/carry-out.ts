import type { ChangeOptions } from '../cli/change-options.ts';
import type { Io } from '../cli/io.ts';
import { nothingWritten, type Outcome, type StepRecord } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { assertCommittable } from '../git/commit-preflight.ts';
import type { GitCall } from '../git/run-git.ts';
import { isWrite } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { changeSteps } from './change-steps.ts';
import { type CommitSurroundings, commitAdvice, commitSurroundings, gitCommands } from './commit-advice.ts';
import { createText } from './create-text.ts';
import { type Proposal, visibleWrites } from './proposal.ts';
import { provePlan } from './prove-plan.ts';
import { conflictError, conflictProblems } from './refuse-conflicting.ts';
import { reviewChange } from './review-change.ts';
import { pending, runSteps, type StepsRun } from './run-steps.ts';
import { sealedNotes } from './sealed-notes.ts';

/**
 * Does what a command proposes, or says what it would do: refuses conflicts, shows the plan, asks, writes keys, then
 * files, then commits.
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function carryOut(io: Io, proposed: Proposal, options: ChangeOptions): Promise<Outcome> {
  const { plan, repository } = proposed;
  const call = { cwd: repository.root, env: io.env, signal: io.signal };
  const { forgotten, notes: gitNotes } = await surroundings(proposed, options, call);
  const notes = [...gitNotes];
  const own = [...proposed.notes, ...sealedNotes(proposed.model, plan, repository.shown)];
  const proposal = { ...proposed, forgotten, notes: own };
  const { steps, takeKeysBack } = changeSteps(io, proposal, options.commit);
  const untouched = { records: steps.map(pending), did: [] };
  const conflict = conflictError(plan, proposal.words);
  if (conflict !== undefined)
    return outcomeOf(io, proposal, options, { ...untouched, failure: { error: conflict } }, []);
  const known = await provePlan(io, { ...repository, plan, model: proposal.model });
  notes.push(...known);
  if (options.dryRun) return outcomeOf(io, proposal, options, untouched, notes);
  const isNews = visibleWrites(plan).length > 0;
  if (isNews && !options.yes) {
    if (!io.interactive) throw refuseUnasked(proposal);
    await reviewChange(io, proposal, notes);
  }
  const run = await runSteps(io, steps);
  if (run.failure !== undefined && !areWritten(run.records) && !isHalfWritten(run.failure.error)) await takeKeysBack();
  return outcomeOf(io, proposal, options, run, notes);
}

/** Nothing of it matters where nothing is committed. */
async function surroundings(proposal: Proposal, { commit }: ChangeOptions, call: GitCall): Promise<CommitSurroundings> {
  const nothing = { forgotten: [], notes: [] };
  if (!commit || conflictError(proposal.plan, proposal.words) !== undefined) return nothing;
  const writes = proposal.plan.changes.some(isWrite);
  if (writes) await assertCommittable(call);
  const found = await commitSurroundings(proposal, call);
  if (!writes && found.forgotten.length === 0) return nothing;
  if (!writes) await assertCommittable(call);
  return found;
}

/** What is said to people, for programs. */
export function noteProblems(notes: readonly string[]): Problem[] {
  return notes.map((message) => ({ rule: 'change/note', severity: 'warning', message }));
}

/** Nobody can be asked, and nobody said yes. */
export function refuseUnasked({ words }: Proposal): ExpectedError {
  return usageError('cannot ask whether to apply this', {
    code: 'needs-consent',
    why: ['There is no terminal to ask at, or asking is off.'],
    hint: `${npx} ${shellCommand([...words, '--yes'])}, or with --dry-run to look first`,
  });
}

function outcomeOf(
  io: Io,
  proposal: Proposal,
  { dryRun, verbose }: ChangeOptions,
  { records, did, failure }: StepsRun,
  notes: readonly string[],
): Outcome {
  const { plan, model, keys, keysFolder, repository } = proposal;
  const told = [...proposal.notes, ...notes];
  const isNews = visibleWrites(plan).length > 0;
  const isCommitted = records.some(({ id, state }) => id === 'git-commit' && state === 'done');
  const isDone = failure === undefined && !dryRun && isNews;
  const nextSteps = isDone ? [...(isCommitted ? [] : commitAdvice(proposal)), ...proposal.nextSteps] : [];
  const changes = plan.changes.filter(({ ownership }) => verbose || ownership !== 'lock');
  const shown = model.repository.name;
  const story = { shown, dryRun, verbose, changes, steps: records, did, notes: told, nextSteps };
  const heading = isNews && !dryRun ? `${proposal.done}.\n` : '';
  return {
    changes: plan.changes,
    steps: records,
    nextSteps,
    problems: [...noteProblems(told), ...conflictProblems(plan)],
    result: {
      repository: model.repository.name,
      id: model.id,
      keys: keys.map(({ key, recipient }) => ({ file: keyFileName(key), ...(areWritten(records) && { recipient }) })),
      ...(keysFolder !== undefined && { keysFolder }),
    },
    ...(failure === undefined
      ? { text: `${heading}${createText(io, { ...story, command: askedCommand(io, proposal) })}` }
      : { failure: failure.error, ...standing(failure.error, records, repository.shown, proposal) }),
  };
}

/** Where questions were asked: the command that has their answers. */
function askedCommand({ interactive }: Io, { words }: Proposal): string | undefined {
  return interactive && words.length > 1 ? `${npx} ${shellCommand([...words, '--yes'])}` : undefined;
}

function areWritten(records: readonly StepRecord[]): boolean {
  return records.some(({ id, state }) => id === 'files' && state === 'done');
}

/** The next run finishes the files, and they name the keys. */
function isHalfWritten(error: unknown): boolean {
  return error instanceof ExpectedError && error.code === 'half-written';
}

/** After a failure: what exists now. A conflict says it itself. */
function standing(
  error: unknown,
  records: readonly StepRecord[],
  shown: string,
  proposal: Proposal,
): Pick<Outcome, 'standing'> {
  if (isHalfWritten(error) || (error instanceof ExpectedError && error.code === 'conflict')) return {};
  if (!areWritten(records)) return { standing: nothingWritten };
  return { standing: `The files are written in ${shown}. To commit them: ${gitCommands(proposal).join(' && ')}` };
}
