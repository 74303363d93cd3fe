import { formatGoFloat, parseGoFloat } from './go-float.ts';
import { goTimestamp } from './go-timestamp.ts';
import type { PlainValue } from './plain-value.ts';

/** What go-yaml makes of a plain scalar. `null` is never encrypted; `unsupported` is what SOPS itself fails on. */
export type GoScalar = PlainValue | { type: 'null' } | { type: 'unsupported'; what: string };

const words = new Map<string, GoScalar>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'bool', text: 'True' }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'bool', text: 'False' }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', text: 'NaN' }] as const),
  ...['.inf', '.Inf', '.INF'].flatMap((word) => [
    [word, { type: 'float', text: '+Inf' }] as const,
    [`+${word}`, { type: 'float', text: '+Inf' }] as const,
    [`-${word}`, { type: 'float', text: '-Inf' }] as const,
  ]),
]);

const decimal = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
/** Go's own rule for a number that begins with a point: an underscore only between two digits. */
const pointFirst = /^\.\d+(_\d+)*([eE][-+]?\d+(_\d+)*)?$/;

/**
 * The value and type that go-yaml v3 gives a plain (unquoted, untagged) scalar, and so SOPS. It is neither YAML 1.1
 * nor 1.2: `0644` is 420, `1_000` is 1000, `yes` and `1:30` are text, `1e400` is text.
 * https://github.com/yaml/go-yaml/blob/v3.0.4/resolve.go, "resolve"
 *
 * @param source the scalar's text, lines already folded
 */
export function goScalar(source: string): GoScalar {
  const word = words.get(source);
  if (word !== undefined) return word;
  if (source.startsWith('.')) return (pointFirst.test(source) && float(source.replaceAll('_', ''))) || text(source);
  if (!/^[-+\d]/.test(source)) return text(source);
  const timestamp = goTimestamp(source);
  if (timestamp === 'invalid') return { type: 'unsupported', what: 'a time zone of 24 hours or more' };
  if (timestamp !== undefined) return { type: 'time', text: timestamp };
  const digits = source.replaceAll('_', '');
  return (
    integer(digits) ?? (decimal.test(digits) ? float(digits) : undefined) ?? prefixedInteger(digits) ?? text(source)
  );
}

function text(source: string): GoScalar {
  return { type: 'str', text: source };
}

function float(digits: string): GoScalar | undefined {
  const number = parseGoFloat(digits);
  return number === undefined ? undefined : { type: 'float', text: formatGoFloat(number) };
}

/** Go's `ParseInt` and `ParseUint` with base 0: the prefix says the base, a leading zero means octal. */
function integer(digits: string): GoScalar | undefined {
  const parts = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(digits);
  if (parts === null) return undefined;
  const [, sign = '', number = ''] = parts;
  const size = BigInt(/^0\d/.test(number) ? `0o${number.slice(1)}` : number);
  return integerOf(sign === '-' ? -size : size, sign === '');
}

/** After `0b` and `0o`, and only in small letters, go-yaml lets a sign stand. */
function prefixedInteger(digits: string): GoScalar | undefined {
  const parts = /^(?:0(?<base>[bo])(?<sign>[-+])|-0(?<negative>[bo]))(?<number>\d+)$/.exec(digits)?.groups;
  if (parts === undefined) return undefined;
  const base = parts.base ?? parts.negative;
  const number = parts.number ?? '';
  if (!(base === 'b' ? /^[01]+$/ : /^[0-7]+$/).test(number)) return undefined;
  const size = BigInt(`0${base}${number}`);
  return integerOf(parts.sign === '+' ? size : -size, false);
}

/** What fits 64 bits only without a sign is a Go `uint64`, which SOPS cannot handle; what does not fit at all is no integer. */
function integerOf(value: bigint, mayBeUnsigned: boolean): GoScalar | undefined {
  if (BigInt.asIntN(64, value) === value) return { type: 'int', text: String(value) };
  if (mayBeUnsigned && BigInt.asUintN(64, value) === value)
    return { type: 'unsupported', what: 'a whole number above 9223372036854775807' };
  return undefined;
}
