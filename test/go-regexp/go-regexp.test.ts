import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { compileGoRegExp } from '../../src/go-regexp/go-regexp.ts';

/** Pieces of expressions, whole and broken; what they come to together is for the two engines to say. */
const pieces = [
  ...['a', 'b', 'K', 's', 'ſ', 'é', 'Σ', '😀', '-', ',', '.', '^', '$', '\\A', '\\z', '\\b', '\\B', '|', '\\n'],
  ...['*', '+', '?', '{2}', '{2,}', '{0,1}', '{01}', '{', '}', '{1001}', '{2,1}', '(a{100}){10}', '(a{100}){11}'],
  ...[
    '(',
    ')',
    '(?:',
    '(?i)',
    '(?i:',
    '(?s)',
    '(?m)',
    '(?-i)',
    '(?-)',
    '(?U)',
    '(?i-s:',
    '(?P<n>',
    '(?<m>',
    '(?=',
    '(?<=',
  ],
  ...['[a-k]', '[^a-k]', '[[:alpha:]]', '[[:^digit:]x]', '[[:foo:]]', '[]a]', '[^]a]', '[a-]', '[z-a]', '[a&&b]', '['],
  ...['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '[\\W\\d]', '[^\\W]', '[\\d-x]', '[a-\\d]', '[\\b]', '[(){}/|]'],
  ...['\\pL', '\\PL', '\\p{Lu}', '\\p{Greek}', '\\P{^Greek}', '\\p{Nope}', '[\\pL_]', '\\p{L'],
  ...[
    '\\Q',
    '\\E',
    '\\Qa.b\\E',
    '\\x41',
    '\\x{1F600}',
    '\\x4',
    '\\x{110000}',
    '\\012',
    '\\1',
    '\\_',
    '\\C',
    '\\Z',
    '\\',
  ],
];
const characters = [...'abkKsSſéÉΣσς07_ \n\r\v-.Zz{},[]/😀K'];

function askRe2(pattern: string, texts: readonly string[]): boolean[] | undefined {
  try {
    const expression = RE2JS.compile(pattern);
    return texts.map((text) => expression.test(text));
  } catch {
    return undefined;
  }
}

function askOurs(pattern: string, texts: readonly string[]): boolean[] | undefined {
  const isMatch = compileGoRegExp(pattern);
  return isMatch && texts.map((text) => isMatch(text));
}

describe('an expression of Go', () => {
  it('means what RE2 takes it to mean, or is refused as RE2 does', () => {
    const pattern = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
    const text = fc.array(fc.constantFrom(...characters), { maxLength: 4 }).map((parts) => parts.join(''));
    const texts = fc.array(text, { minLength: 8, maxLength: 8 }).map((some) => [...some, ...characters]);
    const run = { numRuns: 2000 };
    fc.assert(
      fc.property(pattern, texts, (some, them) => {
        expect(askOurs(some, them)).toEqual(askRe2(some, them));
      }),
      run,
    );
  });

  it.each([
    ['(?i)^A[[:digit:]]+/\\Qx.y\\E$', 'a12/X.Y', 'a12/xzy'],
    ['^(data|stringData)$', 'data', 'metadata'],
    ['a(?i)b', 'aB', 'AB'],
    ['(?i)\\w', '\u212A', 'é'],
    ['(?m)^b$', 'a\nb\nc', 'a b'],
    ['^.$', '😀', '\n'],
    ['[^[:alpha:]]', '1', 'x'],
  ])('%s matches %j and not %j', (pattern, matching, other) => {
    expect(askOurs(pattern, [matching, other])).toEqual([true, false]);
  });

  it.each(['^(?!metadata)', '(a)\\1', 'a**', 'a{1001}', '[z-a]', '(?P<n>a)(?P<n>b)', '(', ')', '\\p{Nope}'])(
    'is not %s, which Go cannot compile',
    (pattern) => {
      expect(compileGoRegExp(pattern)).toBeUndefined();
    },
  );
});
