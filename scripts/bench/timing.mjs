import { spawnSync } from 'node:child_process';

/** The middle one of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Medians of some measurements taken in turns, so that what else the machine does weighs on all alike.
 * @param measurements name -> function that gives milliseconds, or a promise of them
 * @returns name -> milliseconds
 */
export async function interleaved(measurements, rounds) {
  const samples = Object.fromEntries(Object.keys(measurements).map((name) => [name, []]));
  for (const measure of Object.values(measurements)) await measure();
  for (let round = 0; round < rounds; round++)
    for (const [name, measure] of Object.entries(measurements)) samples[name].push(await measure());
  return Object.fromEntries(Object.entries(samples).map(([name, taken]) => [name, median(taken)]));
}

/** Milliseconds that a program takes from its start to its end. A failure of it is one of the bench. */
export function timeOf(command, args, options = {}) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  const taken = performance.now() - start;
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}: exit code ${status}\n${stdout}${stderr}`);
  return taken;
}
