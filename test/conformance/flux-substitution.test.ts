import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envsubst } from '../../src/check/substitution/envsubst.ts';

const program = [
  process.env.FLUX ?? '',
  ...(process.env.PATH ?? '').split(delimiter).map((path) => join(path, 'flux')),
].find((path) => path !== '' && existsSync(path));
if (program === undefined) console.warn('SKIPPED substitution by flux: flux is not in PATH, and FLUX is not set');

const variables: Readonly<Record<string, string>> = {
  word: 'hello-there',
  empty: '',
  number: '3',
  path: 'apps/base/web.yaml',
  dots: 'a.b.c',
  umlaut: 'äöü',
};

/** The text that flux makes of it; undefined where it refuses. */
function real(text: string): string | undefined {
  const { stdout, status } = spawnSync(program ?? '', ['envsubst', '--strict'], {
    input: text,
    env: variables,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.replace(/\n$/, '') : undefined;
}

function ours(text: string): string | undefined {
  try {
    const lookup = (name: string) => (Object.hasOwn(variables, name) ? { value: variables[name] ?? '' } : undefined);
    const { text: made, missing } = envsubst(text, lookup);
    return missing.length > 0 ? undefined : made;
  } catch {
    return undefined;
  }
}

const name = fc.constantFrom('word', 'empty', 'number', 'path', 'dots', 'umlaut', 'unset', '', '1', 'é');
const operator = fc.constantFrom(
  ...[
    '',
    ':-',
    ':=',
    ':?',
    ':+',
    '=',
    '-',
    ':',
    '#',
    '##',
    '%',
    '%%',
    '/',
    '//',
    '/#',
    '/%',
    '^',
    '^^',
    ',',
    ',,',
    ',^',
    '::',
    '@',
  ],
);
const word = fc.constantFrom(
  ...[
    '',
    'a',
    'he',
    '*',
    '*-',
    '-*',
    '?',
    '[a-h]',
    'l',
    '.',
    '/',
    '*/',
    '1',
    '-2',
    '0',
    '2:3',
    '1:-1',
    ' x ',
    '$',
    '$$',
    '\\/',
    '\\',
  ],
  ...[
    'a/b',
    'l/L',
    './-',
    '//',
    '${word}',
    'x${number}',
    '${unset:-z}',
    '${unset}',
    '"q"',
    "it's",
    ':',
    '{',
    '}',
    '$${word}',
  ],
);
const expression = fc.oneof(
  fc.tuple(name, operator, word, fc.constantFrom('}', '}', '}', '}', '')).map(([a, b, c, d]) => `\${${a}${b}${c}${d}`),
  fc.constantFrom(
    '${#word}',
    '${#umlaut}',
    '${#}',
    '$word',
    '$$word',
    '$${word}',
    '$$${word}',
    '$',
    '$$',
    '{',
    '}',
    'text',
    '\\$',
  ),
);

describe.skipIf(program === undefined)('Substitution', () => {
  test('gives what flux gives, and refuses what it refuses', { timeout: 240_000 }, () => {
    const texts = fc.sample(
      fc.array(expression, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
      { numRuns: Number(process.env.SUBSTITUTIONS ?? 150), seed: Number(process.env.SEED ?? 7) },
    );
    const told = (convert: (text: string) => string | undefined) => texts.map((text) => [text, convert(text)]);

    expect(told(ours)).toEqual(told(real));
  });
});
