import type { ResolveOptions } from '../cli/change-commands.ts';
import type { Io } from '../cli/io.ts';
import type { NextStep, Outcome } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellCommand, shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { againWords } from './again.ts';
import { refuseUnasked } from './carry-out.ts';
import { type ConflictedRepository, openConflicted } from './conflicted-repository.ts';
import { createText } from './create-text.ts';
import { thereWords } from './folder-words.ts';
import { noteProblems } from './outcome-of-run.ts';
import { files } from './plan-lines.ts';
import { type PlannedResolution, planResolution } from './plan-resolution.ts';
import type { Proposal } from './proposal.ts';
import { provePlan } from './prove-plan.ts';
import { betweenBranches, conflictError, conflictProblems } from './refuse-conflicting.ts';
import { refuseDecided } from './refuse-decided.ts';
import { concludeCommand, resolveSteps } from './resolve-steps.ts';
import { reviewChange } from './review-change.ts';
import { pending, runSteps, type StepsRun } from './run-steps.ts';
import { sealedConflictLines } from './sealed-conflicts.ts';
import { staleReaders } from './stale-readers.ts';

/**
 * Ends what git could not merge in our files: the model by its maps, every generated file by what the merged model
 * wants with the edits of both sides, our bookkeeping anew. Files that are not ours stay for the person.
 * @throws ExpectedError (exit 2) outside of git, (exit 3) for what a person must decide; nothing is written then
 */
export async function resolve(io: Io, options: ResolveOptions): Promise<Outcome> {
  const repository = await openConflicted(io, { directory: options.directory, readOnly: options.dryRun });
  if (repository.unmerged.size === 0) return nothingToResolve(repository);
  const planned = await planResolution(io, repository, options.sides);
  refuseDecided(repository, planned.plan);
  const steps = resolveSteps(repository, planned, options.commit);
  const conflict = conflictError(planned.plan, againWords(['resolve'], options), betweenBranches);
  if (conflict !== undefined || options.dryRun) {
    const run = { records: steps.map(pending), did: [], ...(conflict && { failure: { error: conflict } }) };
    return outcomeOf(io, repository, planned, options, run);
  }
  if (planned.opened !== undefined) await provePlan(io, { ...planned.opened, plan: planned.plan });
  const stale = planned.opened === undefined ? [] : await staleReaders(io, planned.opened, planned);
  if (planned.resolved.length > 0 && !options.yes) await askFirst(io, planned, againWords(['resolve'], options));
  const run = await runSteps(io, planned.resolved.length > 0 ? steps : []);
  return outcomeOf(io, repository, planned, options, run, stale);
}

function nothingToResolve({ notes, operation }: ConflictedRepository): Outcome {
  const standing = operation === undefined ? '' : ` The ${operation} waits for: ${concludeCommand(operation)}`;
  return {
    changes: [],
    steps: [],
    nextSteps: [],
    problems: noteProblems(notes),
    result: { resolved: [], left: [] },
    text: `Nothing to resolve: git has no unmerged file here.${standing}\n`,
  };
}

async function askFirst(
  io: Io,
  { plan, opened, executable, resolved }: PlannedResolution,
  words: readonly string[],
): Promise<void> {
  if (opened === undefined) return;
  const proposal: Proposal = {
    repository: opened,
    title: `Resolve ${files(resolved.length)}`,
    done: 'Resolved',
    model: opened.model,
    plan,
    keys: [],
    keysFolder: undefined,
    executable,
    commitsModel: false,
    notes: opened.notes,
    nextSteps: [],
    words,
  };
  if (!io.interactive) throw refuseUnasked(proposal);
  await reviewChange(io, proposal);
}

function outcomeOf(
  io: Io,
  repository: ConflictedRepository,
  planned: PlannedResolution,
  options: ResolveOptions,
  { records, did, failure }: StepsRun,
  stale: readonly NextStep[] = [],
): Outcome {
  const { plan, opened, resolved, left, isPending } = planned;
  const { dryRun, verbose, directory } = options;
  const isStaged = records.some(({ id, state }) => id === 'git-add' && state === 'done');
  const error = failure?.error ?? (left.length > 0 && !dryRun ? leftError(repository, planned, options) : undefined);
  const isConcluded = records.some(({ id, state }) => id === 'git-commit' && state === 'done');
  const commands = ['diff', 'apply'].map((verb) => `${npx} ${shellCommand(againWords([verb], { directory }))}`);
  const apply = { text: 'The model has edits that were not applied yet:', commands };
  const conclude = { text: 'Look at the result, then finish:', commands: finishing(repository) };
  const nextSteps = isStaged
    ? [...(isConcluded || left.length > 0 ? [] : [conclude]), ...stale, ...(isPending ? [apply] : [])]
    : [];
  const changes = plan.changes.filter(({ ownership }) => verbose || ownership !== 'lock');
  const notes = [
    ...repository.notes,
    ...(left.length > 0 && dryRun ? [`Not ours, left to you: ${left.join(', ')}.`] : []),
  ];
  const shown = opened?.model.repository.name ?? repository.shown;
  const story = { shown, dryRun, verbose, changes, steps: records, did, notes, nextSteps };
  const heading = dryRun ? '' : `Resolved ${files(resolved.length)}${isConcluded ? ' and committed' : ''}.\n`;
  const text = `${heading}${createText(io, { ...story, command: undefined })}`;
  return {
    changes: plan.changes,
    steps: records,
    nextSteps,
    problems: [...noteProblems(notes), ...conflictProblems(plan, betweenBranches)],
    result: { resolved: failure === undefined ? resolved : [], left },
    ...(failure === undefined && (resolved.length > 0 || error === undefined) && { text }),
    ...(error !== undefined && { failure: error }),
  };
}

function finishing({ operation, shown }: ConflictedRepository): string[] {
  const there = shown === '.' ? 'git' : `git -C ${shellQuote(shown)}`;
  return [`${there} diff --cached`, concludeCommand(operation, there)];
}

/** Ours are resolved, and the merge still cannot be concluded. */
function leftError(
  { operation, shown }: ConflictedRepository,
  { left, resolved, sealed }: PlannedResolution,
  options: ResolveOptions,
): ExpectedError {
  const words = againWords(['resolve'], { ...options, sides: undefined });
  const open = left.filter((path) => !sealed.some((file) => file.path === path));
  const conclude =
    open.length === 0
      ? `choose a side, then: ${concludeCommand(operation)}`
      : `edit them, then: git add ${open.map(shellQuote).join(' ')} && ${concludeCommand(operation)}`;
  return new ExpectedError({
    code: 'conflicts-left',
    exitCode: 3,
    message: `${files(left.length)} in conflict ${left.length === 1 ? 'is' : 'are'} ${open.length === 0 ? 'encrypted: choose a side' : 'not generated here: yours to resolve'}`,
    why: [
      ...open,
      ...sealed.flatMap((file) => sealedConflictLines(file, words, thereWords(shown))),
      ...(resolved.length === 0 ? [] : [`Resolved and staged: ${files(resolved.length)}.`]),
    ],
    hint: conclude,
  });
}
