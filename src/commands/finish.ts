import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../cli/io.ts';
import type { NextStep, Outcome, StepRecord } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { unknownIdentityReason } from '../git/identity.ts';
import { isWrite } from '../plan/plan.ts';
import { refuseConflicts } from '../plan/write-refusals.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { createSteps } from './create-steps.ts';
import { createText } from './create-text.ts';
import { folderWords, isHere } from './folder-words.ts';
import { keptValueNotes, keptValueProblems } from './kept-values.ts';
import { layoutNotes } from './layout-notes.ts';
import { type Finished, nextSteps, withInstall } from './next-steps.ts';
import { areWritten, noteProblems, outcomeOfRun, runOrTakeBack } from './outcome-of-run.ts';
import type { Prepared } from './prepare.ts';
import { type PlanToProve, provePlan } from './prove-plan.ts';
import { publishMade, withPublished } from './publish/publish-made.ts';
import { isPublishable, withoutProvider } from './publish/publish-words.ts';
import { conflictError, conflictProblems } from './refuse-conflicting.ts';
import { lookAtSteps, pending, type StepsRun } from './run-steps.ts';
import { missingSecretCommands, sealedNotes } from './sealed-notes.ts';
import { stepsAfterRewrite } from './steps-after-rewrite.ts';

export interface Finishing {
  dryRun: boolean;
  verbose: boolean;
  wantsGit: boolean;
  /** False when a repository of ours is continued. */
  isNew: boolean;
  /** Git had it before: what is written now is a change, not the beginning. */
  wasCommitted?: boolean;
  /** The command that does the same without asking, where it is news. */
  command: string | undefined;
  /** Bring it to its provider, too. */
  publish: boolean;
  tokenStdin: boolean;
  caFile: string | undefined;
  /** `--keys-dir`, as typed. */
  keysDirectory: string | undefined;
}

/**
 * Does what was decided, or says what it would do, and tells how it went. Publishing comes last: what fails there leaves
 * the commit here.
 *
 * @throws ExpectedError (exit 2) for what is to be published nowhere
 */
export async function finish(io: Io, prepared: Prepared, how: Finishing): Promise<Outcome> {
  const { plan, target, git, model } = prepared;
  const { shown } = target;
  if (how.publish && !isPublishable(model)) throw withoutProvider('add --provider NAME --owner OWNER (and --host)');
  const run = await runOrLook(io, prepared, how);
  const { records, did, failure } = run;
  const published = how.publish && failure === undefined ? await publishMade(io, prepared, how) : undefined;
  const server = published?.server ?? {};
  const afterPublishing = published?.failure === undefined ? published?.nextSteps : undefined;
  // a run that was stopped while it published has told nothing yet
  const isNews = afterPublishing !== undefined && afterPublishing.length > 0;
  const didSomething = how.isNew || plan.changes.some(isWrite) || did.length > 0 || isNews;
  const isMade = areWritten(records) && failure === undefined && !how.dryRun;
  const own = isMade && didSomething ? nextStepsAfter(io, prepared, records, { ...how, afterPublishing, server }) : [];
  const next = own.length > 0 ? own : withInstall(model, afterPublishing ?? [], server);
  const sealed = isMade && how.isNew ? [] : sealedNotes(model, plan, shown);
  const ofLayout = how.isNew ? layoutNotes(model) : [];
  const notes = [...(target.note ? [target.note] : []), ...git.notes, ...ofLayout, ...sealed];
  // the step has said it, and the next steps say what to do about it
  const news = notes.filter((note) => how.dryRun || !note.includes(unknownIdentityReason));
  const steps = [...records, ...(published?.steps ?? [])];
  const kept = keptValueNotes(plan, target.shown);
  const story = { shown, ...how, changes: plan.changes, steps, did, notes: [...news, ...kept] };
  const made = outcomeOfRun({
    about: prepared,
    run,
    nextSteps: next,
    problems: [
      ...noteProblems(notes, 'create/note'),
      ...keptValueProblems(plan, target.shown),
      ...conflictProblems(plan),
    ],
    text: () => createText(io, { ...story, nextSteps: next, told: published?.told ?? '' }),
    standing: () => `The files are in ${folderWords(shown)}. To go on: ${npx} ${shellQuote(shown)}`,
  });
  return published === undefined ? made : withPublished(made, published);
}

/** A conflict is refused before anything is done, by a dry run too. */
async function runOrLook(io: Io, prepared: Prepared, how: Finishing): Promise<StepsRun> {
  const todo = createSteps(io, prepared, how.wantsGit);
  const { target, plan, model } = prepared;
  const refusal = conflictIn(prepared, how) ?? (await refusalBy(io, { root: target.root, plan, model }));
  if (refusal !== undefined) return { records: todo.steps.map(pending), did: [], failure: { error: refusal } };
  if (!how.dryRun) return runOrTakeBack(io, todo);
  return { records: how.isNew ? todo.steps.map(pending) : await lookAtSteps(io, todo.steps), did: [] };
}

/** Why `check` is against it. */
async function refusalBy(io: Io, planned: Omit<PlanToProve, 'tree'>): Promise<unknown> {
  try {
    await provePlan(io, { ...planned, tree: diskTree(planned.root) });
    return undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

/** In a repository that is there, `apply` decides it. */
function conflictIn({ plan, target: { shown } }: Prepared, { isNew }: Finishing): unknown {
  if (!isNew) return conflictError(plan, isHere(shown) ? ['apply'] : ['apply', '-C', shown]);
  try {
    refuseConflicts(plan);
    return undefined;
  } catch (error) {
    return error;
  }
}

function nextStepsAfter(
  io: Io,
  { model, target, keysFolder, plan }: Prepared,
  records: readonly StepRecord[],
  { wasCommitted, afterPublishing, server }: Finishing & Pick<Finished, 'afterPublishing' | 'server'>,
): NextStep[] {
  if (wasCommitted && !afterPublishing?.length) return stepsAfterRewrite(plan.changes, target.shown);
  const commit = records.find(({ id }) => id === 'git-commit');
  return nextSteps({
    model,
    shown: target.shown,
    keysFolder,
    missingSecrets: missingSecretCommands(model, plan, target.shown),
    home: io.home,
    platform: io.platform,
    isCommitted: commit?.state === 'done',
    afterPublishing,
    server,
    isInGit: existsSync(join(target.root, '.git')),
    isNobody: commit?.reason === unknownIdentityReason,
  });
}
