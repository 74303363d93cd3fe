/** A place in an expression, moved on by whoever reads. */
export interface Cursor {
  /** The expression, by characters rather than UTF-16 units. */
  characters: readonly string[];
  at: number;
}

/** Go cannot compile the expression. Never leaves this folder. */
export class NotGo extends Error {}

/** The next character without reading it, `''` at the end. */
export function peek(cursor: Cursor, ahead = 0): string {
  return cursor.characters[cursor.at + ahead] ?? '';
}

/** Reads one character. @throws NotGo at the end */
export function take(cursor: Cursor): string {
  const character = peek(cursor);
  if (character === '') throw new NotGo();
  cursor.at += 1;
  return character;
}

/** Reads the text if it comes next. */
export function accept(cursor: Cursor, text: string): boolean {
  const comes = [...text].every((character, index) => peek(cursor, index) === character);
  if (comes) cursor.at += text.length;
  return comes;
}

/** Reads up to the text and the text itself; undefined, with nothing read, if it does not come. The text is ASCII. */
export function takeUntil(cursor: Cursor, text: string): string | undefined {
  const start = cursor.at;
  while (cursor.at < cursor.characters.length) {
    const before = cursor.at;
    if (accept(cursor, text)) return cursor.characters.slice(start, before).join('');
    cursor.at += 1;
  }
  cursor.at = start;
  return undefined;
}

/** Reads to the end. */
export function takeRest(cursor: Cursor): string {
  const rest = cursor.characters.slice(cursor.at).join('');
  cursor.at = cursor.characters.length;
  return rest;
}
