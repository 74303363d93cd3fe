import { expect, test } from 'vitest';
import { mergeValues } from '../../src/generators/merge-values.ts';

test.for([
  ['maps are merged', { a: { b: 1, c: 2 } }, { a: { c: 3, d: 4 } }, { a: { b: 1, c: 3, d: 4 } }],
  ['lists are replaced', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['text replaces a map', { a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
  ['a map replaces text', { a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['null is a value, with which Helm takes a default out', { a: { b: 1 } }, { a: null }, { a: null }],
  ['new keys go last', { b: 1 }, { a: 2 }, { b: 1, a: 2 }],
] as const)('%s', ([, under, over, merged]) => {
  const [before, more] = [structuredClone(under), structuredClone(over)];
  expect(JSON.stringify(mergeValues(before, more))).toBe(JSON.stringify(merged));
  expect([before, more]).toEqual([under, over]);
});
