/** Numbers from a generator with a seed, so that a failing document can be made again. */
function numbers(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** Plain scalars of every type go-yaml knows, and texts that look like one. */
export const plainScalars = [
  ...[
    'text',
    'two words',
    'x:y',
    "it's",
    'a#b',
    'http://example.org/?a=b&c=d',
    'größe',
    '😀',
    'ENC',
    'C:\\dir',
    '-dash',
    '?q',
  ],
  ...['true', 'False', 'TRUE', 'yes', 'No', 'on', 'off', 'y', 'n', 'null', '~', 'Null', 'nULL', 'tRUE'],
  ...['0', '1', '-1', '+5', '007', '0644', '0o17', '0O17', '0b101', '-0b11', '0X1F', '0x_f', '1_000', '-1_0', '0b-11'],
  ...['9007199254740993', '9223372036854775807', '-9223372036854775808', '18446744073709551616', '08', '0899', '-08'],
  ...[
    '1.0',
    '1.50',
    '-0.0',
    '-0',
    '.5',
    '5.',
    '1e3',
    '1e21',
    '1e-7',
    '1E+2',
    '1e400',
    '1_000.5',
    '3.14159265358979',
    '0.1',
  ],
  ...[
    '.inf',
    '-.INF',
    '+.Inf',
    '.nan',
    '.NaN',
    'nan',
    'inf',
    '1:30',
    '12:30:45',
    '1.2.3',
    '0x',
    '0xg',
    '1e',
    '--1',
    '._5',
    '.5_0',
  ],
  ...[
    '2001-12-14',
    '2001-1-2',
    '2001-12-14t21:59:43.10-05:00',
    '2001-12-14T21:59:43Z',
    '2001-12-14 21:59:43.5',
    '2001-02-30',
  ],
  ...['2001-12-14T21:59:43,123456789Z', '2001-12-14 21:59:43 Z', '20011214', '2001-12-14T25:00:00Z'],
];

const doubleQuoted = [
  ...[
    '""',
    '"true"',
    '"0644"',
    '"a\\nb\\n"',
    '"tab\\tend"',
    '"\\u00e9\\x41\\U0001F600"',
    '"\\0\\a\\b\\e"',
    '"\\N\\_\\L\\P"',
    '" lead"',
    '"a: b #c"',
  ],
  ...['"quote \\" \\\\"', '"\\ \\t x"', '"\\uFEFF"', '"2001-12-14"', '"# no comment"', '"ENC[x]"'],
];
const singleQuoted = ["''", "'yes'", "'it''s'", "'a \\n b'", "'{}[],#&*!|>%@`'", "'12'", "' '"];
const literalLines = [
  ['one'],
  ['one', 'two'],
  ['a', '', 'b'],
  ['# not a comment', 'x: y'],
  ['  deeper', 'less'],
  ['x', ' y', '  z'],
  ['tab\there', '- a'],
];
const keys = [
  'name',
  'user',
  'PASSWORD',
  'tls.crt',
  '"quoted key"',
  "'single'",
  'a_unencrypted',
  'with space',
  'x-y',
  '"123"',
  '"true"',
  'ключ',
  '"a:b"',
  'yes',
  'data',
  '.dockerconfigjson',
];

/** A YAML file that SOPS takes: maps and lists in both styles, every kind of scalar, comments wherever they may stand. */
export function generatedYaml(seed: number): string {
  const number = numbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[number(items.length)] as Item;
  const chance = (percent: number) => number(100) < percent;
  let serial = 0;
  const comment = () => `#${pick([' ', '', '  '])}comment ${serial++}${pick(['', ' # more', ': x', ' "'])}`;

  function flow(depth: number): string {
    const kind = number(depth > 0 ? 6 : 4);
    const gap = pick([' ', '', '  ']);
    const separator = pick([', ', ',', ' , ']).padEnd(2);
    if (kind === 4) return `[${gap}${Array.from({ length: number(4) }, () => flow(depth - 1)).join(separator)}${gap}]`;
    if (kind === 5) {
      const pairs = distinctKeys(number(4)).map((key) => `${key}: ${flow(depth - 1)}`);
      return `{${gap}${pairs.join(separator)}${gap}}`;
    }
    if (kind === 3) return pick(doubleQuoted);
    if (kind === 2) return pick(singleQuoted);
    return pick(plainScalars.filter((text) => !/[,?:[\]{}]/.test(text)));
  }

  function distinctKeys(count: number): string[] {
    return [...new Set(Array.from({ length: count }, () => pick(keys)))];
  }

  /** What follows `key:` or `-`, up to the end of its last line. */
  function value(indent: number, depth: number): string[] {
    const inner = ' '.repeat(indent);
    const inline = chance(15) ? `${pick([' ', '  '])}${comment()}` : '';
    const kind = number(100);
    if (kind < 30) return [` ${pick(plainScalars)}${inline}`];
    if (kind < 38) return [` ${pick(doubleQuoted)}${inline}`];
    if (kind < 46) return [` ${pick(singleQuoted)}${inline}`];
    if (kind < 56) return literal(inner);
    if (kind < 60) return [` plain on`, `${inner}${pick(['', ' '])}two lines${inline}`];
    if (kind < 64) return [` "quoted on`, `${inner}two \\`, `${inner}  lines"${inline}`];
    if (kind < 66) return [inline, `${inner}${pick(plainScalars)}`];
    if (kind < 68) return [inline];
    if (kind < 75) return [` ${flow(2)}${inline}`];
    if (depth === 0) return [` end`];
    return kind < 90 ? [inline, ...map(indent, depth - 1)] : [inline, ...list(indent, depth - 1)];
  }

  function literal(inner: string): string[] {
    const lines = pick(literalLines);
    const indicator = lines[0]?.startsWith(' ') ? '2' : '';
    const header = `${pick(['|', '|', '>'])}${indicator}${pick(['', '-', '+'])}`;
    const indented = lines.map((line) => (line === '' ? '' : `${inner}${line}`));
    return [` ${header}${chance(20) ? ` ${comment()}` : ''}`, ...indented, ...(chance(25) ? [''] : [])];
  }

  function between(indent: string): string[] {
    return [...(chance(10) ? [''] : []), ...(chance(15) ? [`${indent}${comment()}`] : []), ...(chance(5) ? [''] : [])];
  }

  function map(indent: number, depth: number): string[] {
    const space = ' '.repeat(indent);
    const lines = distinctKeys(1 + number(5)).flatMap((key) => {
      const [first = '', ...rest] = value(indent + 2, depth);
      return [...between(space), `${space}${key}:${first}`, ...rest];
    });
    return [...lines, ...(chance(10) ? [`${space}${comment()}`] : [])];
  }

  function list(indent: number, depth: number): string[] {
    const space = ' '.repeat(indent);
    return Array.from({ length: 1 + number(4) }, () => {
      if (depth > 0 && chance(25)) {
        const [first = '', ...rest] = map(indent + 2, depth - 1).filter((line) => !/^ *(#|$)/.test(line));
        return [`${space}- ${first.trimStart()}`, ...rest];
      }
      const [first = '', ...rest] = value(indent + 2, depth);
      return [...between(space), `${space}-${first}`, ...rest];
    }).flat();
  }

  function document(): string[] {
    const top = ['apiVersion: v1', 'kind: Thing', ...between(''), 'metadata:', '  name: x'];
    const secret = ['stringData:', ...map(2, 3), '  token: t'];
    const free = distinctKeys(number(4)).flatMap((key) => {
      const [first = '', ...rest] = value(2, 2);
      return [`${key === 'data' ? 'other' : key}:${first}`, ...rest];
    });
    return [...(chance(20) ? [comment()] : []), ...top, ...secret, ...free];
  }

  const documents = Array.from({ length: chance(20) ? 2 + number(2) : 1 }, () => document().join('\n'));
  const start = chance(20) ? '---\n' : '';
  const end = chance(10) ? '' : '\n';
  const text = start + documents.join(`\n${pick(['---', '---', '...\n---'])}\n`) + end;
  const withLineEnds = chance(10) ? text.replaceAll('\n', '\r\n') : text;
  return chance(5) ? `\uFEFF${withLineEnds}` : withLineEnds;
}
