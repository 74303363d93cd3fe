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
      if (step.isIndependent && error instanceof ExpectedError && !isFinal(error) && !io.signal.aborted) {
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

/** As they stand when nothing is run. */
export async function lookAtSteps(io: Io, steps: readonly Step[]): Promise<StepRecord[]> {
  const records: StepRecord[] = [];
  for (const { id, title, isDone } of steps)
    records.push({ id, title, state: (await isDone(io.signal)) ? 'done' : 'pending' });
  return records;
}

export function pending({ id, title }: Step): StepRecord {
  return { id, title, state: 'pending' };
}
