import { expect, test } from 'vitest';
import { allPairs, pairsIn } from './all-pairs.ts';

test('every two values of two factors meet, in few rows', () => {
  const factors = { a: 5, b: 4, c: 3, d: 2, e: 2 };
  const rows = allPairs(factors);
  const met = new Set(rows.flatMap((row) => pairsIn(row, ['a', 'b', 'c', 'd', 'e'])));
  expect(met.size).toBe(20 + 15 + 10 + 10 + 12 + 8 + 8 + 6 + 6 + 4);
  expect(rows.length).toBeLessThan(30);
  expect(allPairs(factors)).toEqual(rows);
  expect(allPairs(factors, 64)).toHaveLength(64);
});
