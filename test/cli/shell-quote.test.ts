import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellCommand, shellQuote } from '../../src/cli/shell-quote.ts';

test('plain words stay plain', () => {
  expect(shellCommand(['demo', '--cluster', 'a:b,c=d', './x/y.yaml'])).toBe('demo --cluster a:b,c=d ./x/y.yaml');
});

test('everything else is quoted', () => {
  expect(shellQuote('my repo')).toBe("'my repo'");
  expect(shellQuote("it's")).toBe("'it'\\''s'");
  expect(shellQuote('')).toBe("''");
  expect(shellQuote('a\nb')).toBe("$'a\\012b'");
});

test('a shell reads back exactly what was quoted', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((word) => word.replaceAll('\0', ''));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (words) => {
      const script = `printf '%s\\0' ${shellCommand(words)} end`;
      const read = execFileSync('bash', ['--norc', '-c', script], { env: { LC_ALL: 'C.UTF-8' } }).toString('utf8');
      expect(read.split('\0')).toEqual([...words, 'end', '']);
    }),
    { numRuns: 40 },
  );
});
