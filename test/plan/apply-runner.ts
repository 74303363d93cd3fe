import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { ExpectedError } from '../../src/errors.ts';
import { applyPlan } from '../../src/plan/apply-plan.ts';
import { fileDoor } from '../../src/plan/file-door.ts';
import { scenarioPlan } from './apply-scenario.ts';
import { type FaultKind, faultyDoor } from './faulty-door.ts';

/**
 * Applies in a process of its own, bundled by `bundleRunner`. Arguments: the root, what to do and its number.
 * Prints one word: `applied`, or the code of the failure.
 */
const [root = '', what = '', number = ''] = process.argv.slice(2);

/** Stops with everything staged until something comes on stdin. */
const pausingDoor = {
  ...fileDoor,
  async flush(paths: readonly string[]) {
    writeSync(1, 'paused\n');
    await once(process.stdin, 'data');
    process.stdin.destroy();
    return fileDoor.flush(paths);
  },
};
const racePlan = {
  changes: [
    {
      action: 'create' as const,
      path: 'winner',
      unit: 'repository' as const,
      ownership: 'managed' as const,
      after: number,
    },
  ],
};

async function run(): Promise<unknown> {
  if (what === 'pause') return applyPlan(root, scenarioPlan, pausingDoor);
  if (what === 'race') return applyPlan(root, racePlan);
  if (what === 'plain') return applyPlan(root, scenarioPlan);
  return applyPlan(root, scenarioPlan, faultyDoor([], { at: Number(number), kind: what as FaultKind }));
}

run().then(
  () => process.stdout.write('applied\n'),
  (error: unknown) => {
    if (!(error instanceof ExpectedError)) throw error;
    process.stdout.write(`${error.code}: ${error.message}: ${error.why.join()}\n`);
  },
);
