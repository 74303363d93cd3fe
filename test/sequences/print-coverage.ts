import type { Coverage } from './sequence.ts';

/** How often each operation was done, a row each. */
export function printCoverage(coverage: Coverage): void {
  const rows = [...coverage].sort(([one], [other]) => (one < other ? -1 : 1));
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(rows.map(([name, count]) => `${name.padEnd(width)}  ${String(count).padStart(5)}`).join('\n'));
}
