import type { ChangeOptions } from '../cli/change-options.ts';
import type { Io } from '../cli/io.ts';
import type { Outcome } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../errors.ts';
import { isWrite } from '../plan/plan.ts';
import { againWords, withFlags } from './again.ts';
import { changeSteps } from './change-steps.ts';
import { commitAdvice, commitCommand } from './commit-advice.ts';
import { commitSurroundings } from './commit-surroundings.ts';
import { createText } from './create-text.ts';
import { keptValueNotes, keptValueProblems } from './kept-values.ts';
import { noteProblems, outcomeOfRun, runOrTakeBack } from './outcome-of-run.ts';
import { type Proposal, visibleWrites } from './proposal.ts';
import { provePlan } from './prove-plan.ts';
import type { PullSteps } from './pull/prepare-pull.ts';
import { pullNextSteps, withPull } from './pull/pull-words.ts';
import { conflictError, conflictProblems } from './refuse-conflicting.ts';
import { reviewChange } from './review-change.ts';
import { lookAtSteps, pending, type StepsRun } from './run-steps.ts';
import { sealedNotes } from './sealed-notes.ts';
import { toldChanges } from './told-changes.ts';

/**
 * Does what a command proposes, or says what it would do: refuses conflicts, shows the plan, asks, writes keys, then
 * files, then commits.
 * @throws ExpectedError, Cancelled: as long as nothing is written; later they are the outcome's `failure`
 */
export async function carryOut(io: Io, asked: Proposal, options: ChangeOptions): Promise<Outcome> {
  const proposed = { ...asked, words: againWords(asked.words, options) };
  const { plan, repository } = proposed;
  const call = { cwd: repository.root, env: io.env, signal: io.signal };
  const conflict = conflictError(plan, proposed.words);
  if (conflict !== undefined) {
    const records = changeSteps(io, proposed, options.commit).steps.map(pending);
    return outcomeOf(io, proposed, options, { records, did: [], failure: { error: conflict } });
  }
  const { notes, ...found } = options.commit ? await commitSurroundings(proposed, call) : { notes: [] };
  const known = await provePlan(io, { ...repository, plan, model: proposed.model, words: proposed.words });
  const sealed = sealedNotes(proposed.model, plan, repository.shown);
  const proposal = { ...proposed, ...found, notes: [...proposed.notes, ...sealed, ...notes, ...known] };
  const pulling = options.pullRequest ? await pullFor(io, proposal, options) : undefined;
  const { steps, ...made } = changeSteps(io, proposal, options.commit);
  const todo = { ...made, steps: [...(pulling?.before ?? []), ...steps, ...(pulling?.after ?? [])] };
  if (options.dryRun)
    return outcomeOf(io, proposal, options, { records: await lookAtSteps(io, todo.steps), did: [] }, pulling);
  if (visibleWrites(plan).length > 0 && !options.yes) {
    if (!io.interactive) throw refuseUnasked(proposal);
    await reviewChange(io, proposal);
  }
  return outcomeOf(io, proposal, options, await runOrTakeBack(io, todo), pulling);
}

/** Loaded only when it is asked for: it speaks with providers. */
async function pullFor(io: Io, proposal: Proposal, options: ChangeOptions): Promise<PullSteps | undefined> {
  const { preparePull } = await import('./pull/prepare-pull.ts');
  return preparePull(io, proposal, options);
}

/** Nobody can be asked, and nobody said yes. */
export function refuseUnasked({ words }: Pick<Proposal, 'words'>): ExpectedError {
  return usageError('cannot ask whether to apply this', {
    code: 'needs-consent',
    why: ['There is no terminal to ask at, or asking is off.'],
    hint: `${npx} ${shellCommand(withFlags(words, '--yes'))}, or with --dry-run to look first`,
  });
}

function outcomeOf(
  io: Io,
  proposal: Proposal,
  { dryRun, verbose }: ChangeOptions,
  run: StepsRun,
  pulling?: PullSteps,
): Outcome {
  const { plan, model, repository } = proposal;
  const { records: steps, did, failure } = run;
  const isWritten = plan.changes.some(isWrite);
  const isCommitted = did.length > 0 && steps.some(({ id, state }) => id === 'git-commit' && state === 'done');
  const isDone = failure === undefined && !dryRun && isWritten;
  const isPulled = failure === undefined && !dryRun && pulling !== undefined;
  const advice = isCommitted ? [] : commitAdvice(proposal);
  const nextSteps = [
    ...(isPulled ? pullNextSteps(pulling.plan) : []),
    ...(isDone ? [...(isPulled ? [] : advice), ...proposal.nextSteps] : []),
  ];
  const changes = verbose ? plan.changes : toldChanges(proposal).filter(({ ownership }) => ownership !== 'lock');
  const notes = [...proposal.notes, ...keptValueNotes(plan, repository.shown)];
  const command = askedCommand(io, proposal);
  const shown = model.repository.name;
  const heading = (isWritten || isCommitted) && !dryRun ? `${proposal.done}.\n` : '';
  const outcome = outcomeOfRun({
    about: proposal,
    run,
    nextSteps,
    problems: [
      ...noteProblems(proposal.notes),
      ...keptValueProblems(plan, repository.shown),
      ...conflictProblems(plan),
    ],
    text: () =>
      `${heading}${createText(io, { shown, dryRun, verbose, changes, steps, did, notes, nextSteps, command })}`,
    standing: () =>
      isCommitted && pulling !== undefined
        ? `The change is committed on ${pulling.plan.head}. To go on: ${npx} apply --yes --pull-request`
        : `The files are written in ${repository.shown}. To commit them: ${commitCommand(proposal)}`,
  });
  return pulling === undefined ? outcome : withPull(outcome, pulling);
}

/** Where questions were asked: the command that has their answers. */
function askedCommand({ interactive }: Io, { words, isTyped }: Proposal): string | undefined {
  if (!interactive || isTyped || words.length <= 1) return undefined;
  return `${npx} ${shellCommand(withFlags(words, '--yes'))}`;
}
