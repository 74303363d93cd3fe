/** Text written below its key, line by line; the body is to be indented by `indent` columns from the key or dash. */
export interface BlockText {
  header: string;
  body: string[];
}

/** What plain lines cannot show or what a YAML 1.1 reader takes for a line break; tabs and newlines are fine. */
const unfit = /[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\uFEFF]/u;

/**
 * Text of several lines as a literal block (`|`); undefined when it does not stay the same in one: without any line,
 * or with characters that have to be escaped.
 */
export function literalText(text: string, indent: number): BlockText | undefined {
  const lines = blockLines(text);
  if (lines === undefined) return undefined;
  return { header: `|${indicators(text, indent)}`, body: lines };
}

/** Lines that a block would hold only with indicators, or with white space that editors remove. */
const untidyLines = /^\s|[ \t]$|[ \t]\n|\n\n$/;

/** New text as a literal block, where that is the tidiest way: several lines that need no care. */
export function tidyLiteral(text: string, indent: number): BlockText | undefined {
  return text.trimEnd().includes('\n') && !untidyLines.test(text) ? literalText(text, indent) : undefined;
}

/**
 * Text as a folded block (`>`), long lines broken at single spaces; undefined when it does not stay the same in one.
 * @param width columns for the text of a line
 */
export function foldedText(text: string, indent: number, width: number): BlockText | undefined {
  const lines = blockLines(text);
  if (lines === undefined || lines.some((line) => /[ \t]$/.test(line))) return undefined;
  const body: string[] = [];
  let previous = '';
  for (const line of lines) {
    // A single line break between two ordinary lines would be read as a space.
    if (isOrdinary(line) && isOrdinary(previous)) body.push('');
    body.push(...(isOrdinary(line) ? wrap(line, width) : [line]));
    if (line !== '') previous = line;
  }
  return { header: `>${indicators(text, indent)}`, body };
}

function blockLines(text: string): string[] | undefined {
  if (unfit.test(text) || !/[^\s]/.test(text) || /^\n*[\t]/.test(text)) return undefined;
  return text.replace(/\n$/, '').split('\n');
}

/** Lines that begin with white space are not folded. */
function isOrdinary(line: string): boolean {
  return line !== '' && !/^[ \t]/.test(line);
}

function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of line.split(/(?<=[^ \t]) (?=[^ \t])/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** https://yaml.org/spec/1.2.2/#811-block-scalar-headers */
function indicators(text: string, indent: number): string {
  const indentation = /^\n*[ \t]/.test(text) ? String(indent) : '';
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  return indentation + chomping;
}
