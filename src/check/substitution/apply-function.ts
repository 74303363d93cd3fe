import { globMatcher } from './glob.ts';

/**
 * What a function of envsubst makes of a value. Lengths and positions count bytes of UTF-8.
 *
 * @param words the function's arguments, substituted themselves
 * @returns undefined for a range that the real one cannot cut out: it crashes
 */
export function applyFunction(operator: string, value: string, words: readonly string[]): string | undefined {
  const [first = '', second] = words;
  switch (operator) {
    case '':
      return value;
    case 'length':
      return String(Buffer.byteLength(value));
    case '^':
      return firstCharacter(value, (character) => character.toUpperCase());
    case '^^':
      return value.toUpperCase();
    case ',':
      return firstCharacter(value, (character) => character.toLowerCase());
    case ',,':
      return value.toLowerCase();
    case ':':
      return range(value, first, second);
    case '#':
    case '##':
      return withoutPrefix(value, first, operator === '##');
    case '%':
    case '%%':
      return withoutSuffix(value, first, operator === '%%');
    case '/':
      return value.replace(first, () => second ?? '');
    case '//':
      return value.replaceAll(first, () => second ?? '');
    case '/#':
      return second !== undefined && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return second !== undefined && value.endsWith(first)
        ? value.slice(0, value.length - first.length) + second
        : value;
    default:
      return value === '' ? words.join('') : value;
  }
}

/** Whether an expression gives a value also where the variable is not set. */
export function isDefault(operator: string): boolean {
  return /^:?=$|^:[-+?]$/.test(operator);
}

function firstCharacter(value: string, change: (character: string) => string): string {
  const [first = ''] = value;
  return change(first) + value.slice(first.length);
}

/** A position that is no number leaves all as it is; a negative one counts from the end. */
function range(value: string, position: string, length: string | undefined): string | undefined {
  const bytes = Buffer.from(value);
  const start = wholeNumber(position);
  const count = length === undefined ? Number.POSITIVE_INFINITY : wholeNumber(length);
  if (start === undefined || count === undefined) return value;
  const from = start < 0 ? Math.max(0, bytes.length + start) : start;
  if (from + count >= bytes.length) return bytes.subarray(from).toString();
  return count < 0 ? undefined : bytes.subarray(from, from + count).toString();
}

function wholeNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

function withoutPrefix(value: string, pattern: string, isLongest: boolean): string {
  const matches = globMatcher(pattern);
  const lengths = Array.from({ length: value.length }, (_, index) => index + 1);
  const length = (isLongest ? lengths.reverse() : lengths).find((each) => matches(value.slice(0, each)));
  return value.slice(length ?? 0);
}

function withoutSuffix(value: string, pattern: string, isLongest: boolean): string {
  const matches = globMatcher(pattern);
  const starts = Array.from({ length: value.length }, (_, index) => index);
  const start = (isLongest ? starts : starts.reverse()).find((each) => matches(value.slice(each)));
  return value.slice(0, start ?? value.length);
}
