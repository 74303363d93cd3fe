import type { Io } from '../cli/io.ts';
import { nothingWritten, type Outcome, type StepRecord } from '../cli/outcome.ts';
import { npx } from '../cli/program.ts';
import { shellQuote } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import { isWrite } from '../plan/plan.ts';
import { refuseConflicts } from '../plan/write-refusals.ts';
import { keyFileName } from '../secrets/key-name.ts';
import { createSteps } from './create-steps.ts';
import { createText } from './create-text.ts';
import { nextSteps } from './next-steps.ts';
import type { Prepared } from './prepare.ts';
import { lookAtSteps, runSteps } from './run-steps.ts';

export interface Finishing {
  dryRun: boolean;
  verbose: boolean;
  wantsGit: boolean;
  /** False when a repository of ours is continued. */
  isNew: boolean;
  /** The command that does the same without asking, where it is news. */
  command: string | undefined;
}

/** Does what was decided, or says what it would do, and tells how it went. */
export async function finish(io: Io, prepared: Prepared, how: Finishing): Promise<Outcome> {
  const { plan, model, target, keys, git } = prepared;
  const { steps, takeKeysBack } = createSteps(io, prepared, how.wantsGit);
  const isUntouched = how.isNew && how.dryRun;
  if (how.dryRun) refuseConflicts(plan);
  const { records, failure } = how.dryRun
    ? { records: isUntouched ? steps.map(pending) : await lookAtSteps(io, steps) }
    : await runSteps(io, steps);
  if (failure !== undefined && !areWritten(records) && !isHalfWritten(failure)) await takeKeysBack();
  const didNothing = !how.isNew && !plan.changes.some(isWrite) && records.every(({ state }) => state === 'done');
  const next =
    failure !== undefined || how.dryRun || (didNothing && !how.isNew)
      ? []
      : nextSteps({
          model,
          shown: target.shown,
          keysFolder: prepared.keysFolder,
          home: io.home,
          platform: io.platform,
          isCommitted: records.some(({ id, state }) => id === 'git-commit' && state === 'done'),
        });
  const outcome = { changes: plan.changes, steps: records, nextSteps: next };
  const story = { shown: target.shown, ...how, ...outcome, notes: [...git.notes, ...skippedNotes(records)] };
  return {
    ...outcome,
    problems: git.notes.map((message) => ({ rule: 'git/note', severity: 'warning', message })),
    result: {
      repository: model.repository.name,
      id: model.id,
      // a dry run's keys are thrown away: their public halves would be nobody's
      keys: keys.map(({ key, recipient }) => ({ file: keyFileName(key), ...(!how.dryRun && { recipient }) })),
    },
    ...(failure === undefined
      ? { text: createText(io, story) }
      : { failure, ...(!isHalfWritten(failure) && { standing: standing(prepared, records) }) }),
  };
}

function pending({ id, title }: { id: string; title: string }): StepRecord {
  return { id, title, state: 'pending' };
}

function areWritten(records: readonly StepRecord[]): boolean {
  return records.some(({ id, state }) => id === 'files' && state === 'done');
}

/** The next run finishes the files, and they name the keys. */
function isHalfWritten(failure: unknown): boolean {
  return failure instanceof ExpectedError && failure.code === 'half-written';
}

function skippedNotes(records: readonly StepRecord[]): string[] {
  return records.flatMap(({ title, state, reason }) => (state === 'skipped' && reason ? [`${title}: ${reason}`] : []));
}

/** After a failure: what exists now. */
function standing({ target }: Prepared, records: readonly StepRecord[]): string {
  if (!areWritten(records)) return nothingWritten;
  return `The files are in ${target.shown}, not committed. To go on: ${npx} ${shellQuote(target.shown)}`;
}
