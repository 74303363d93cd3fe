import { afterAll, describe, expect, test } from 'vitest';
import { neverTried } from './every-edit.ts';
import { printCoverage } from './print-coverage.ts';
import { runSequences } from './run-sequences.ts';
import type { Coverage } from './sequence.ts';

const coverage: Coverage = new Map();

// All 300 are in the conformance lane.
describe('whatever is edited by hand and in the model, in whatever order', () => {
  test.each([1, 11, 21])('nothing is lost and nothing is forgotten, ten times (seeds from %i)', async (first) => {
    await runSequences(
      Array.from({ length: 10 }, (_, at) => first + at),
      coverage,
    );
  });

  test('every kind of edit was tried', () => expect(neverTried(coverage)).toEqual([]));

  afterAll(() => printCoverage(coverage));
});
