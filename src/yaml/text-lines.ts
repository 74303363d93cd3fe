/** Offset of the first character of the line that `offset` is on. */
export function lineStart(text: string, offset: number): number {
  // A negative position would count as 0.
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset behind the last character of the line, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** Where the line that ends with `offset` is over: behind its line ending. Some block text ends there already. */
export function lineAfter(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** 0-based, in UTF-16 code units. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Only white space stands before it on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

export interface LineKind {
  kind: 'blank' | 'comment' | 'content';
  /** Of the first character that is no white space; -1 for a blank line. */
  column: number;
  /** Offset of the next line's first character, or the end of the text. */
  next: number;
}

/** What stands on the line that begins at `start`. */
export function lineKind(text: string, start: number): LineKind {
  const newline = text.indexOf('\n', start);
  const next = newline === -1 ? text.length : newline + 1;
  const line = text.slice(start, next);
  const column = line.search(/[^ \t\r\n]/);
  return { kind: column === -1 ? 'blank' : line[column] === '#' ? 'comment' : 'content', column, next };
}
