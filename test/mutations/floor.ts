import { readFileSync, writeFileSync } from 'node:fs';
import type { Score } from './scores.ts';

const file = 'test/conformance/mutation-floor.json';

/** What each class has reached, as shares between 0 and 1; a run may only raise it. */
type Floor = Readonly<Record<string, { recall: number; precision: number }>>;

function readFloor(): Floor {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Scores that are worse than they ever were, for people. */
export function belowFloor(scores: readonly Score[]): string[] {
  const floor = readFloor();
  return scores.flatMap(({ name, recall, precision }) => [
    ...(recall < (floor[name]?.recall ?? 0) ? [`recall of ${name} is ${recall}, and was ${floor[name]?.recall}`] : []),
    ...(precision < (floor[name]?.precision ?? 0)
      ? [`precision of ${name} is ${precision}, and was ${floor[name]?.precision}`]
      : []),
  ]);
}

/** Keeps what is better than ever. */
export function raiseFloor(scores: readonly Score[]): void {
  const floor = readFloor();
  const raised = scores.map(({ name, recall, precision }) => [
    name,
    {
      recall: Math.max(roundedDown(recall), floor[name]?.recall ?? 0),
      precision: Math.max(roundedDown(precision), floor[name]?.precision ?? 0),
    },
  ]);
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(raised), undefined, 2)}\n`);
}

function roundedDown(share: number): number {
  return Math.floor(share * 1000) / 1000;
}
