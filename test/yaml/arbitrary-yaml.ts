import fc from 'fast-check';
import type { Json } from './edit-oracle.ts';

/** Keys and texts that are awkward to write. */
const words = [
  'a',
  'b',
  'name',
  'on',
  'true',
  '1',
  'a b',
  'x: y',
  '- z',
  '#c',
  "it's",
  'ü',
  '',
  ' s ',
  'k,l',
  '{',
  '*x',
  '<<',
];
const word = fc.oneof(fc.constantFrom(...words), fc.stringMatching(/^[a-z]{1,6}$/));
const lines = ['one', '', '  indented', 'two words', '\ttab', '# no comment', '---', 'trailing '];
const longText = fc
  .array(fc.constantFrom(...lines), { minLength: 1, maxLength: 4 })
  .chain((parts) => fc.constantFrom('', '\n', '\n\n').map((end) => parts.join('\n') + end));

const scalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 2, arbitrary: longText },
  fc.constantFrom<Json>(null, true, false, 0, 42, -1.5, 'with "quotes"', 'tab\there', 'nul\u0000', 'break\u2028'),
);

/** Values of every kind, small enough that many can be tried. */
export const anyValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    {
      weight: 2,
      arbitrary: fc.dictionary(
        word.filter((key) => key !== '<<'),
        tie('value'),
        { maxKeys: 3, noNullPrototype: true },
      ),
    },
  ),
})).value;

export const anyKey = word.filter((key) => key !== '<<');

/** Plain one-line text that means itself wherever it stands. */
const plainWords = ['alpha', 'beta', 'gamma', 'delta'];

/** Random YAML text as people write it: each node in a random style, comments and blank lines anywhere. */
export const anyYaml: fc.Arbitrary<string> = fc
  .infiniteStream(fc.nat({ max: 1_000_000 }))
  .chain((choices) => fc.constantFrom(1, 2, 3).map((depth) => writeYaml(choices, depth)));

function writeYaml(choices: Iterable<number>, depth: number): string {
  const source = choices[Symbol.iterator]();
  let count = 0;
  const pick = (max: number): number => Number(source.next().value ?? 0) % max;
  const comment = () => `# c${++count}`;
  const trailing = () => (pick(5) === 0 ? `  ${comment()}` : '');
  const between = (indent: string): string[] => {
    const choice = pick(10);
    if (choice === 0) return [''];
    if (choice === 1) return [indent + comment()];
    if (choice === 2) return ['', indent + comment(), ''];
    if (choice === 3) return [`${indent}    ${comment()}`];
    return [];
  };
  const inline = (): string => {
    const choices = [
      'plain text',
      `'it''s'`,
      '"two\\n"',
      '3',
      'true',
      '~',
      '""',
      '{}',
      '[]',
      '[a, "b", {c: d}]',
      '{ x: 1, z: [2] }',
    ];
    return choices[pick(choices.length)] ?? 'x';
  };
  const block = (indent: string): string[] => {
    const header = ['|', '|-', '|+', '>', '>-'][pick(5)] ?? '|';
    const body = ['text', '', `more ${count}`].slice(0, 1 + pick(3));
    return [header, ...body.map((line) => (line === '' ? '' : `${indent}${line}`))];
  };
  const flowLines = (indent: string): string[] => [
    '[',
    `${indent}one,${trailing()}`,
    `${indent}${comment()}`,
    `${indent}{k: v}${pick(2) ? ',' : ''}${trailing()}`,
    `${indent}]`,
  ];
  /** The text behind a key or dash: the rest of its line, then more lines. */
  const value = (indent: string, level: number): string[] => {
    const choice = level > 0 ? pick(8) : pick(5);
    if (choice === 0) return [` ${block(`${indent}  `).join('\n')}`];
    if (choice === 1) return [`${trailing()}`];
    if (choice === 2) return [` ${flowLines(`${indent}  `).join('\n')}${trailing()}`];
    if (choice <= 4) return [` ${inline()}${trailing()}`];
    const step = ' '.repeat([2, 2, 4, 1][pick(4)] ?? 2);
    if (choice === 5) return [trailing(), ...list(indent + (pick(2) ? '' : step), level - 1)];
    return [trailing(), ...map(indent + step, level - 1)];
  };
  const map = (indent: string, level: number): string[] =>
    plainWords.slice(0, 1 + pick(4)).flatMap((key) => {
      const name = pick(6) === 0 ? `"${key}"` : key;
      const [first = '', ...others] = value(indent, level);
      return [...between(indent), `${indent}${name}:${first}`, ...others];
    });
  const list = (indent: string, level: number): string[] =>
    Array.from({ length: 1 + pick(3) }).flatMap(() => {
      const lead = between(indent);
      if (level > 0 && pick(2) === 0) {
        const gap = ' '.repeat(1 + pick(3));
        const inside = map(`${indent} ${gap}`, level - 1).filter((line, index) => index > 0 || line.trim() !== '');
        const first = inside.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('#'));
        const [head = '', ...others] = inside.slice(first);
        return [...lead, `${indent}-${gap}${head.trimStart()}`, ...others];
      }
      const [first = '', ...others] = value(indent, 0);
      return [...lead, `${indent}-${first}`, ...others];
    });
  const root = pick(4) === 0 ? list('', depth) : map('', depth);
  const end = pick(4) === 0 ? '' : '\n';
  return [...between(''), ...root, ...between('')].join('\n') + end;
}
