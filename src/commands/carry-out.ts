import type { ChangeOptions } from '../cli/change-options.ts';
import type { Io } from '../cli/io.ts';
import { nothingWritten, type Outcome, type StepRecord } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { isWrite } from '../plan/plan.ts';
import type { Problem } from '../problem.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { changeSteps } from './change-steps.ts';
import { commitAdvice, commitCommand } from './commit-advice.ts';
import { commitSurroundings } from './commit-surroundings.ts';
import { createText } from './create-text.ts';
import { keptValueNotes, keptValueProblems } from './kept-values.ts';
import { type Proposal, visibleWrites } from './proposal.ts';
import { conflictError, conflictProblems } from './refuse-conflicting.ts';
import { reviewChange } from './review-change.ts';
import { lookAtSteps, pending, runSteps, type StepsRun } from './run-steps.ts';

/**
 * Does what a command proposes, or says what it would do: refuses conflicts, shows the plan, asks, writes keys, then
 * files, then commits.
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function carryOut(io: Io, proposed: Proposal, options: ChangeOptions): Promise<Outcome> {
  const { plan, repository } = proposed;
  const call = { cwd: repository.root, env: io.env, signal: io.signal };
  const conflict = conflictError(plan, proposed.words);
  if (conflict !== undefined) {
    const records = changeSteps(io, proposed, options.commit).steps.map(pending);
    return outcomeOf(io, proposed, options, { records, did: [], failure: { error: conflict } }, []);
  }
  const { notes, ...found } = options.commit ? await commitSurroundings(proposed, call) : { notes: [] };
  const proposal = { ...proposed, ...found };
  const { steps, takeKeysBack } = changeSteps(io, proposal, options.commit);
  if (options.dryRun)
    return outcomeOf(io, proposal, options, { records: await lookAtSteps(io, steps), did: [] }, notes);
  const isNews = visibleWrites(plan).length > 0;
  if (isNews && !options.yes) {
    if (!io.interactive) throw refuseUnasked(proposal);
    await reviewChange(io, proposal, [...notes, ...keptValueNotes(plan)]);
  }
  const run = await runSteps(io, steps);
  if (run.failure !== undefined && !areWritten(run.records) && !isHalfWritten(run.failure.error)) await takeKeysBack();
  return outcomeOf(io, proposal, options, run, notes);
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
  const isWritten = plan.changes.some(isWrite);
  const isCommitted = did.length > 0 && records.some(({ id, state }) => id === 'git-commit' && state === 'done');
  const isDone = failure === undefined && !dryRun && isWritten;
  const nextSteps = isDone ? [...(isCommitted ? [] : commitAdvice(proposal)), ...proposal.nextSteps] : [];
  const changes = plan.changes.filter(({ ownership }) => verbose || ownership !== 'lock');
  const shown = model.repository.name;
  const story = { shown, dryRun, verbose, changes, steps: records, did, nextSteps };
  const allNotes = [...told, ...keptValueNotes(plan)];
  const heading = (isWritten || isCommitted) && !dryRun ? `${proposal.done}.\n` : '';
  return {
    changes: plan.changes,
    steps: records,
    nextSteps,
    problems: [...noteProblems(told), ...keptValueProblems(plan), ...conflictProblems(plan)],
    result: {
      repository: model.repository.name,
      id: model.id,
      keys: keys.map(({ key, recipient }) => ({ file: keyFileName(key), ...(areWritten(records) && { recipient }) })),
      ...(keysFolder !== undefined && { keysFolder }),
    },
    ...(failure === undefined
      ? { text: `${heading}${createText(io, { ...story, notes: allNotes, command: askedCommand(io, proposal) })}` }
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
  return { standing: `The files are written in ${shown}. To commit them: ${commitCommand(proposal)}` };
}
