import type { Io } from '../cli/io.ts';
import type { StepRecord } from '../cli/outcome.ts';
import { progressOn } from '../cli/progress.ts';
import { ExpectedError } from '../errors.ts';
import type { Step } from '../step.ts';
import { oneError } from './one-error.ts';

export interface StepsRun {
  records: readonly StepRecord[];
  /** Titles of the steps that had something to do; the others were done before. */
  did: readonly string[];
  /** What stopped it; the steps after that are pending. Of steps that others do not need: all that failed, as one. */
  failure?: { error: unknown };
}

/**
 * Does what is not done yet, one after the other, and stops when the person stops it, or at the first failure of a step
 * that others need.
 *
 * @param isFinal of a failure after which no other step can do better: a server that wants to be left alone
 */
export async function runSteps(
  io: Io,
  steps: readonly Step[],
  isFinal: (error: ExpectedError) => boolean = () => false,
): Promise<StepsRun> {
  const progress = progressOn(io);
  const records: StepRecord[] = [];
  const did: string[] = [];
  const failed: ExpectedError[] = [];
  for (const [index, step] of steps.entries()) {
    const { id, title } = step;
    try {
      io.signal.throwIfAborted();
      if (await step.isDone(io.signal)) {
        records.push({ id, title, state: 'done' });
        continue;
      }
      did.push(title);
      const skipped = await progress(title, async () => {
        const reason = (await step.run(io.signal))?.skipped;
        return { value: reason, skipped: reason };
      });
      records.push(
        skipped === undefined ? { id, title, state: 'done' } : { id, title, state: 'skipped', reason: skipped },
      );
    } catch (error) {
      if (standsAlone(io, step, error, isFinal)) {
        failed.push(error);
        records.push({ id, title, state: 'failed' });
        continue;
      }
      const state = io.signal.aborted ? 'pending' : 'failed';
      return {
        records: [...records, { id, title, state }, ...steps.slice(index + 1).map(pending)],
        did,
        failure: { error: error instanceof ExpectedError ? oneError([...failed, error]) : error },
      };
    }
  }
  const error = oneError(failed);
  return { records, did, ...(error && { failure: { error } }) };
}

/**
 * As they stand when nothing is run. Where a step that others do not need cannot look, it is pending: it fails when it is
 * run, and the others are done.
 *
 * @param isFinal as of `runSteps`
 * @throws ExpectedError of a step that others need, or a final one
 */
export async function lookAtSteps(
  io: Io,
  steps: readonly Step[],
  isFinal: (error: ExpectedError) => boolean = () => false,
): Promise<StepRecord[]> {
  const records: StepRecord[] = [];
  for (const step of steps) {
    const isDone = await step.isDone(io.signal).catch((error: unknown) => {
      if (standsAlone(io, step, error, isFinal)) return false;
      throw error;
    });
    records.push({ id: step.id, title: step.title, state: isDone ? 'done' : 'pending' });
  }
  return records;
}

/** Whether a failure is of one step only, and the others go on. */
function standsAlone(
  io: Io,
  { isIndependent }: Step,
  error: unknown,
  isFinal: (error: ExpectedError) => boolean,
): error is ExpectedError {
  return isIndependent === true && error instanceof ExpectedError && !isFinal(error) && !io.signal.aborted;
}

export function pending({ id, title }: Step): StepRecord {
  return { id, title, state: 'pending' };
}
