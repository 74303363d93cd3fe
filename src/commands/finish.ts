import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../cli/io.ts';
import { type NextStep, nothingWritten, type Outcome, type StepRecord } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { unknownIdentityReason } from '../git/identity.ts';
import type { Change } from '../plan/change.ts';
import { isWrite } from '../plan/plan.ts';
import { refuseConflicts } from '../plan/write-refusals.ts';
import { keyFileName } from '../secrets/key-name.ts';
import type { Step } from '../step.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { createSteps } from './create-steps.ts';
import { createText } from './create-text.ts';
import { folderWords } from './folder-words.ts';
import { nextSteps } from './next-steps.ts';
import type { Prepared } from './prepare.ts';
import { type PlanToProve, provePlan } from './prove-plan.ts';
import { lookAtSteps, pending, runSteps, type StepsRun } from './run-steps.ts';
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
}

/** Does what was decided, or says what it would do, and tells how it went. */
export async function finish(io: Io, prepared: Prepared, how: Finishing): Promise<Outcome> {
  const { plan, model, target, keys, keysFolder, git } = prepared;
  const { steps, takeKeysBack } = createSteps(io, prepared, how.wantsGit);
  const { records, did, failure } = await runOrLook(io, prepared, steps, how);
  const isMade = areWritten(records) && failure?.error === undefined;
  if (failure !== undefined && !areWritten(records) && !isHalfWritten(failure.error)) await takeKeysBack();
  const didSomething = how.isNew || plan.changes.some(isWrite) || did.length > 0;
  const next = isMade && !how.dryRun && didSomething ? nextStepsAfter(io, prepared, records, how) : [];
  const outcome = { changes: plan.changes, steps: records, nextSteps: next };
  const sealed = isMade && how.isNew && !how.dryRun ? [] : sealedNotes(model, plan, target.shown);
  const notes = [...(target.note ? [target.note] : []), ...git.notes, ...sealed];
  // the step has said it, and the next steps say what to do about it
  const news = notes.filter((note) => how.dryRun || !note.includes(unknownIdentityReason));
  return {
    ...outcome,
    problems: notes.map((message) => ({ rule: 'create/note', severity: 'warning', message })),
    result: {
      repository: model.repository.name,
      id: model.id,
      // only written keys have a public half that is somebody's
      keys: keys.map(({ key, recipient }) => ({ file: keyFileName(key), ...(areWritten(records) && { recipient }) })),
      ...(keysFolder !== undefined && { keysFolder }),
    },
    ...(failure === undefined
      ? { text: createText(io, { shown: target.shown, ...how, ...outcome, did, notes: news }) }
      : { failure: failure.error, ...standing(failure.error, target.shown, records) }),
  };
}

/** A conflict is refused before anything is done, by a dry run too. */
async function runOrLook(
  io: Io,
  { plan, target, model }: Prepared,
  steps: readonly Step[],
  how: Finishing,
): Promise<StepsRun> {
  const refusal = conflictIn(plan.changes) ?? (await refusalBy(io, { root: target.root, plan, model }));
  if (refusal !== undefined) return { records: steps.map(pending), did: [], failure: { error: refusal } };
  if (!how.dryRun) return runSteps(io, steps);
  return { records: how.isNew ? steps.map(pending) : await lookAtSteps(io, steps), did: [] };
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

function conflictIn(changes: readonly Change[]): unknown {
  try {
    refuseConflicts({ changes });
    return undefined;
  } catch (error) {
    return error;
  }
}

function nextStepsAfter(
  io: Io,
  { model, target, keysFolder, plan }: Prepared,
  records: readonly StepRecord[],
  { wasCommitted }: Finishing,
): NextStep[] {
  if (wasCommitted) return stepsAfterRewrite(plan.changes, target.shown);
  const commit = records.find(({ id }) => id === 'git-commit');
  return nextSteps({
    model,
    shown: target.shown,
    keysFolder,
    missingSecrets: missingSecretCommands(model, plan, target.shown),
    home: io.home,
    platform: io.platform,
    isCommitted: commit?.state === 'done',
    isInGit: existsSync(join(target.root, '.git')),
    isNobody: commit?.reason === unknownIdentityReason,
  });
}

function areWritten(records: readonly StepRecord[]): boolean {
  return records.some(({ id, state }) => id === 'files' && state === 'done');
}

/** The next run finishes the files, and they name the keys. */
function isHalfWritten(error: unknown): boolean {
  return error instanceof ExpectedError && error.code === 'half-written';
}

/** After a failure: what exists now. */
function standing(error: unknown, shown: string, records: readonly StepRecord[]): Pick<Outcome, 'standing'> {
  if (isHalfWritten(error)) return {};
  if (!areWritten(records)) return { standing: nothingWritten };
  return { standing: `The files are in ${folderWords(shown)}. To go on: ${npx} ${shellQuote(shown)}` };
}
