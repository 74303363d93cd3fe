const byteOrderMark = '\uFEFF';

/** The text as we generate it: no byte order mark, LF. Two files are equal to us when their plain texts are. */
export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
}

export type LineEnding = '\n' | '\r\n';

/** The ending of a text's first line; LF when it has no line ending. */
export function lineEndingOf(text: string): LineEnding {
  return /\r?\n/.exec(text)?.[0] === '\r\n' ? '\r\n' : '\n';
}

/** Plain text (LF) written the way an existing file is: its byte order mark and its line endings. */
export function inStyleOf(existing: string, text: string): string {
  const mark = existing.startsWith(byteOrderMark) ? byteOrderMark : '';
  return mark + text.replaceAll('\n', lineEndingOf(existing));
}
