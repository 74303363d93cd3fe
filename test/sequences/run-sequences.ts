import { type Coverage, runSequence } from './sequence.ts';

/** So many at once: they wait for the disk most of the time. */
const lanes = 5;

/** Runs sequences; when some fail, the first of them says so after all have ended. */
export async function runSequences(seeds: readonly number[], coverage: Coverage): Promise<void> {
  const queue = [...seeds];
  const lane = async () => {
    for (let seed = queue.shift(); seed !== undefined; seed = queue.shift()) await runSequence(seed, coverage);
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
