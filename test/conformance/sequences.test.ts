import { afterAll, describe, expect, test } from 'vitest';
import { neverTried } from '../sequences/every-edit.ts';
import { printCoverage } from '../sequences/print-coverage.ts';
import { runSequences } from '../sequences/run-sequences.ts';
import type { Coverage } from '../sequences/sequence.ts';

const coverage: Coverage = new Map();

describe('whatever is edited by hand and in the model, in whatever order', () => {
  test.each(Array.from({ length: 30 }, (_, at) => 1 + 10 * at))(
    'nothing is lost and nothing is forgotten, ten times (seeds from %i)',
    async (first) => {
      await runSequences(
        Array.from({ length: 10 }, (_, at) => first + at),
        coverage,
      );
    },
  );

  test('every kind of edit was tried', () => expect(neverTried(coverage)).toEqual([]));

  afterAll(() => printCoverage(coverage));
});
