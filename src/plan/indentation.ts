/** Columns in front of a text's first line. */
export function indentOf(text: string): number {
  return /^[ \t]*/.exec(text)?.[0].length ?? 0;
}

/** Plain text (LF) moved by so many columns; empty lines stay empty. Undefined when some line has not that many. */
export function indentedBy(text: string, columns: number): string | undefined {
  if (columns >= 0) return text.replace(/^(?=[^\n])/gm, ' '.repeat(columns));
  const taken = new RegExp(`^ {${-columns}}`);
  const lines = text.split('\n');
  if (!lines.every((line) => line === '' || taken.test(line))) return undefined;
  return lines.map((line) => line.replace(taken, '')).join('\n');
}
