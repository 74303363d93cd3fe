/** One document of a file, with its directives, markers and comments. All chunks of a file together are its text. */
export interface DocumentChunk {
  text: string;
  /** 1-based line of the file on which the chunk begins. */
  line: number;
}

const blankOrComment = /^[ \t]*(#.*)?\r?$/;

/**
 * The documents of a text without byte order mark; always at least one.
 * `---` and `...` at the beginning of a line end whatever is open, quoted and block text included, so lines are
 * enough to find them: https://yaml.org/spec/1.2.2/#912-document-markers. Comments after `...` belong to the
 * document they precede; at the end of the file, to the last one.
 */
export function splitDocuments(text: string): DocumentChunk[] {
  const chunks: DocumentChunk[] = [];
  let start = 0;
  let startLine = 1;
  let hasBody = false;
  let line = 0;
  const close = (end: number, nextLine: number) => {
    if (end > start) chunks.push({ text: text.slice(start, end), line: startLine });
    start = end;
    startLine = nextLine;
    hasBody = false;
  };
  for (let offset = 0; offset < text.length; ) {
    line++;
    const end = text.indexOf('\n', offset) + 1 || text.length;
    if (isMarker(text, offset, '---')) {
      if (hasBody) close(offset, line);
      hasBody = true;
    } else if (isMarker(text, offset, '...')) {
      close(end, line + 1);
    } else if (!hasBody) {
      hasBody = text[offset] !== '%' && !blankOrComment.test(text.slice(offset, end).replace(/\n$/, ''));
    }
    offset = end;
  }
  const last = chunks.at(-1);
  if (last !== undefined && !hasBody) last.text += text.slice(start);
  else chunks.push({ text: text.slice(start), line: startLine });
  return chunks;
}

/** Three characters at the beginning of a line, followed by white space or nothing. */
function isMarker(text: string, offset: number, marker: '---' | '...'): boolean {
  if (!text.startsWith(marker, offset)) return false;
  const after = text[offset + 3];
  return after === undefined || after === ' ' || after === '\t' || after === '\r' || after === '\n';
}
