import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelFault } from '../../src/model/label.ts';

test.for([
  ['web', undefined],
  ['a', undefined],
  ['0-0', undefined],
  ['a'.repeat(63), undefined],
  ['', undefined],
  ['Web', 'web'],
  ['Über App', 'uber-app'],
  ['my_app', 'my-app'],
  ['-web-', 'web'],
  ['a.b.c', 'a-b-c'],
  ['a'.repeat(70), 'a'.repeat(63)],
  ['漢字', undefined],
  ['...', undefined],
] as const)('for %s the nearest label is %s', ([name, corrected]) => {
  expect(labelFault(name)?.corrected).toBe(corrected);
});

test('the character that is wrong is named, and does nothing to a terminal', () => {
  expect(labelFault('a b')?.message).toContain('" " is not allowed');
  expect(labelFault('a"b')?.message).toContain('""" is not allowed');
  expect(labelFault('a\u001b[31m')?.message).toContain('"\\u001b" is not allowed');
  expect(labelFault('a🚀')?.message).toContain('"🚀" is not allowed');
});

test('no name, however long it may be, is said to be empty or too long without reason', () => {
  expect(labelFault('')?.message).toBe('a name cannot be empty');
  expect(labelFault('a'.repeat(54), 53)?.message).toBe('54 characters, at most 53 fit the names made from it');
  expect(labelFault('a'.repeat(53), 53)).toBeUndefined();
});

test('what is proposed is always a label, and what is a label is never corrected', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 1, max: 63 }), (name, longest) => {
      const fault = labelFault(name, longest);
      const isLabel = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name) && name.length <= longest;
      expect(fault === undefined).toBe(isLabel);
      if (fault?.corrected !== undefined) expect(labelFault(fault.corrected, longest)).toBeUndefined();
    }),
    { seed: 3 },
  );
});
