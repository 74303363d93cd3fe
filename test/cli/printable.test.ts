import { expect, test } from 'vitest';
import { printable } from '../../src/cli/printable.ts';

test('what would act on a terminal is written out', () => {
  expect(printable('a\u001b[31mb\nc\u202e\u{e0041}d\u0085')).toBe('a\\u001b[31mb\\u000ac\\u202e\\u{e0041}d\\u0085');
});

test('ordinary text, also of other languages, stays as it is', () => {
  expect(printable('Größe – 日本 ✓ 🙂')).toBe('Größe – 日本 ✓ 🙂');
});
