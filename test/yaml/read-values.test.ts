import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { readAnyValue } from '../../src/yaml/read-any-value.ts';
import { readSimpleValue } from '../../src/yaml/read-simple-value.ts';
import { readValues } from '../../src/yaml/read-values.ts';
import { splitDocuments } from '../../src/yaml/split-documents.ts';
import { ValueFault } from '../../src/yaml/value-fault.ts';

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** What either reader says; undefined where it does not read. */
function anyValue(text: string): unknown {
  try {
    return readAnyValue(text, 'manifest');
  } catch (error) {
    if (error instanceof ValueFault) return undefined;
    throw error;
  }
}

function expectAlike(text: string): boolean {
  const simple = readSimpleValue(text, 'manifest');
  if (simple !== undefined) expect(anyValue(text), text).toEqual(simple);
  return simple !== undefined;
}

describe('the reader of the plain style never reads otherwise than the one for all of YAML', () => {
  test('in what we generate, all of which it reads', () => {
    const chunks = filesBelow('test/golden').flatMap((text) => splitDocuments(text));
    const read = chunks.filter(({ text }) => expectAlike(text));
    expect(chunks.length).toBeGreaterThan(200);
    expect(read.length).toBeGreaterThan(chunks.length * 0.98);
  });

  test('in odd files', () => {
    for (const text of filesBelow('test/yaml/corpus'))
      for (const chunk of splitDocuments(text)) expectAlike(chunk.text);
  });

  test('in any value, written in block style', () => {
    const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), tree), fc.constantFrom(0, 40, 80), (value, lineWidth) => {
        expectAlike(stringify(value, { lineWidth, version: '1.1' }));
      }),
      { numRuns: 300 },
    );
  });

  test('in lines put together at random', () => {
    const line = fc.constantFrom(
      'a: 1',
      'b:',
      '  c: x # y',
      '  - d: "q"',
      '- e',
      '  f: |',
      '    text',
      '',
      '   more',
      "g: 'it''s'",
      '# note',
      'h: >',
      'i: [a, 1]',
      'j: {}',
      'k: &x 1',
      'l: *x',
      '<<: {a: 1}',
      '  - - m',
      'n: a: b',
      '\to: 1',
      'p: |-',
      '  q',
      'r: "a\\tb"',
      's: -',
      't: - u',
      '? v',
      ': w',
      'a: 2',
      'x: 012',
      '"y": ~',
      'z: 1:30',
      '...',
      'aa: |+',
      '  ',
      'bb: #c',
      'cc: d#e',
      'true: 1',
      "dd: 'open",
      'ee: "open',
      'ff: %x',
      'gg: @x',
      'hh: a, b',
      'ii: [a: 1]',
      'jj: 2001-01-01',
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), (lines) => {
        expectAlike(`${lines.join('\n')}\n`);
      }),
      { numRuns: 4000 },
    );
  });
});

describe('values are what go-yaml makes of them', () => {
  test.for([
    ['a: 0644', 420],
    ['a: yes', 'yes'],
    ['a: 1_000', 1000],
    ['a: 2001-01-01', '2001-01-01T00:00:00Z'],
    ['a: !!str 1', '1'],
    ['a: !!binary aGVsbG8=', 'hello'],
    ['a: ', null],
    ['a: 12345678901234567890', 12345678901234567000],
  ] as const)('%s', ([text, value]) => expect(readValues(text)[0]?.value).toEqual({ a: value }));

  test('in a kustomization file yes is true, and a key may be there twice', () => {
    expect(readValues('a: yes\nb: 1\nb: 2\n', 'kustomization')[0]?.value).toEqual({ a: true, b: 2 });
  });

  test('merge keys fill in what the map itself does not say', () => {
    const [, value] = readValues('---\nbase: &b {x: 1, y: 2}\n---\nbase: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\n');
    expect(value?.value).toEqual({ base: { x: 1, y: 2 }, one: { x: 1, y: 3 } });
  });
});

/** What a hostile file holds, and what is said of it. */
const hostile: readonly [name: string, text: string, says: RegExp][] = [
  ['a billion laughs', laughs(), /repeat/],
  ['lists 10,000 deep', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n`, /deep/],
  [
    'maps 10,000 deep',
    Array.from({ length: 10_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
    /deep|larger/,
  ],
  ['an alias to itself', 'a: &a [*a]\n', /itself/],
  ['a control character', 'a: b\0c\n', /control/],
  ['a key twice', 'a: 1\na: 2\n', /twice/],
  ['a number as key', 'a: {1: x}\n', /quotes/],
];

function laughs(): string {
  const levels = Array.from({ length: 10 }, (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`);
  return ['l0: &l0 lol', ...levels, ''].join('\n');
}

describe('hostile files end in a fault, soon', () => {
  test.for(hostile)('%s', ([, text, says]) => {
    const start = performance.now();
    expect(() => readValues(text)).toThrow(says);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('a large file in plain style is read, another is refused', () => {
    const large = 'abcdefg: hijklmnop\n';
    const text = Array.from({ length: 100_000 }, (_, index) => `k${index}: v`).join('\n');
    expect(Object.keys(Object(readValues(text)[0]?.value))).toHaveLength(100_000);
    expect(() => readValues(`&a ${large.repeat(500_000)}`)).toThrow(/larger than/);
  });
});
