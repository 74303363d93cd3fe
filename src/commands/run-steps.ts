import type { Io } from '../cli/io.ts';
import type { StepRecord } from '../cli/outcome.ts';
import { progressOn } from '../cli/progress.ts';
import type { Step } from '../step.ts';

export interface StepsRun {
  records: readonly StepRecord[];
  /** Titles of the steps that had something to do; the others were done before. */
  did: readonly string[];
  /** What stopped it; the steps after that are pending. */
  failure?: { error: unknown };
}

/** Does what is not done yet, one after the other, and stops at the first failure or when the person stops it. */
export async function runSteps(io: Io, steps: readonly Step[]): Promise<StepsRun> {
  const progress = progressOn(io);
  const records: StepRecord[] = [];
  const did: string[] = [];
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
      const state = io.signal.aborted ? 'pending' : 'failed';
      return {
        records: [...records, { id, title, state }, ...steps.slice(index + 1).map(pending)],
        did,
        failure: { error },
      };
    }
  }
  return { records, did };
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
