/** The offset at which the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The column of an offset, from 0. A byte order mark takes no column. */
export function columnOf(text: string, offset: number): number {
  const lineStart = lineStartOf(text, offset);
  return offset - lineStart - (lineStart === 0 && text.startsWith('\uFEFF') ? 1 : 0);
}

/** The offset behind the line in which something ends (exclusively) at `end`. */
export function lineEndAfter(text: string, end: number): number {
  const at = text.indexOf('\n', Math.max(end - 1, 0));
  return at === -1 ? text.length : at + 1;
}
