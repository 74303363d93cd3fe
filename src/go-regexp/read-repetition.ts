import { accept, type Cursor, NotGo, peek } from './cursor.ts';

/** How a part is repeated. */
export interface Repetition {
  /** As JavaScript has it: `*`, `+`, `?`, `{2,3}`. */
  sign: string;
  /** What a counted one adds to the thousandfold that Go allows; undefined for the others. */
  times: number | undefined;
}

const mostTimes = 1000;

/** Reads a repetition. @returns undefined, with nothing read, when there is none @throws NotGo for one of more than 1,000 */
export function readRepetition(cursor: Cursor): Repetition | undefined {
  const sign = ['*', '+', '?'].find((one) => accept(cursor, one));
  const repetition = sign === undefined ? readCount(cursor) : { sign, times: undefined };
  // The shortest match or the longest: there is one in both cases.
  if (repetition !== undefined) accept(cursor, '?');
  return repetition;
}

/** `{2}`, `{2,}` or `{2,3}`; anything else in braces, numbers with leading zeros too, is plain characters. */
function readCount(cursor: Cursor): Repetition | undefined {
  if (peek(cursor) !== '{') return undefined;
  const end = cursor.characters.indexOf('}', cursor.at);
  const text = cursor.characters.slice(cursor.at, end + 1).join('');
  const found = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}$/.exec(text);
  if (found === null) return undefined;
  cursor.at = end + 1;
  const least = Number(found[1]);
  const most = found[2] === undefined ? least : found[3] === undefined ? undefined : Number(found[3]);
  if (Math.max(least, most ?? 0) > mostTimes || (most ?? least) < least) throw new NotGo();
  return { sign: text, times: most ?? Math.max(least, 1) };
}
