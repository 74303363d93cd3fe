import type { JsonValue } from './json-value.ts';
import { plainJson } from './plain-json.ts';
import { type Cursor, unusual } from './yaml-cursor.ts';

const nothingMore = /^ *$|^ +#/;
const indicators = new Set([...'&*!%@`>{}[],?:']);
const simpleItem = /^[A-Za-z_./][\w./-]*$|^-?\d+$/;

/** A text in double quotes on one line, with JSON's escapes at most. */
export function doubleQuoted(cursor: Cursor, text: string): string {
  let end = 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  if (end >= text.length || !nothingMore.test(text.slice(end + 1))) throw unusual;
  cursor.row++;
  const inner = text.slice(1, end);
  if (!inner.includes('\\')) return inner;
  if (/\\[/u]/.test(inner)) throw unusual;
  try {
    return String(JSON.parse(text.slice(0, end + 1)));
  } catch {
    throw unusual;
  }
}

/** A text in single quotes on one line. */
export function singleQuoted(cursor: Cursor, text: string): string {
  let end = 1;
  while (end < text.length && (text[end] !== "'" || text[end + 1] === "'")) end += text[end] === "'" ? 2 : 1;
  if (end >= text.length || !nothingMore.test(text.slice(end + 1))) throw unusual;
  cursor.row++;
  return text.slice(1, end).replaceAll("''", "'");
}

/** `{}`, `[]`, and lists of plain words and numbers on one line. */
export function flowList(cursor: Cursor, text: string): JsonValue {
  const end = text.lastIndexOf(text.startsWith('{') ? '}' : ']');
  if (end === -1 || !nothingMore.test(text.slice(end + 1))) throw unusual;
  const inner = text.slice(1, end).trim();
  if (inner !== '' && text.startsWith('{')) throw unusual;
  cursor.row++;
  if (inner === '') return text.startsWith('{') ? {} : [];
  return inner.split(',').map((part) => {
    const item = part.trim();
    if (/^"[^"\\]*"$/.test(item)) return item.slice(1, -1);
    const value = simpleItem.test(item) ? plainJson(item, cursor.dialect) : undefined;
    if (value === undefined) throw unusual;
    return value;
  });
}

/** The unquoted text of one line, its comment left out. */
export function plainText(text: string): string {
  const first = text[0] ?? '';
  if (indicators.has(first) || (first === '-' && (text.length === 1 || text[1] === ' '))) throw unusual;
  return onePlainLine(text);
}

function onePlainLine(text: string): string {
  const comment = text.indexOf(' #');
  const value = (comment === -1 ? text : text.slice(0, comment)).trimEnd();
  if (value.endsWith(':') || value.includes(': ')) throw unusual;
  return value;
}

/** An unquoted text goes on in lines that are deeper than its key; the breaks become spaces. */
export function continuedText(cursor: Cursor, column: number, firstLine: string): string {
  const hasComment = (cursor.lines[cursor.row] ?? '').includes(' #');
  let text = firstLine;
  for (cursor.row++; cursor.row < cursor.lines.length; cursor.row++) {
    const line = cursor.lines[cursor.row] ?? '';
    const content = line.trim();
    if (content === '' || content.startsWith('#')) return endOfText(cursor, column, text);
    if (line.search(/\S/) <= column) return text;
    if (hasComment || line.includes(' #') || line.includes('\t')) throw unusual;
    text += ` ${onePlainLine(content)}`;
  }
  return text;
}

/** After an empty line or a comment nothing may follow that would belong to the text. */
function endOfText(cursor: Cursor, column: number, text: string): string {
  for (let row = cursor.row; row < cursor.lines.length; row++) {
    const line = cursor.lines[row] ?? '';
    const content = line.trim();
    if (content === '' || content.startsWith('#')) continue;
    if (line.search(/\S/) > column) throw unusual;
    break;
  }
  return text;
}

/** A block after `|`, `|-` or `|+`: lines as they are, less their common indentation. */
export function literalBlock(cursor: Cursor, column: number, header: string): string {
  const chomp = /^\|([+-]?) *$/.exec(header)?.[1];
  if (chomp === undefined) throw unusual;
  cursor.row++;
  const lines: string[] = [];
  let indent = -1;
  for (; cursor.row < cursor.lines.length; cursor.row++) {
    const line = cursor.lines[cursor.row] ?? '';
    const start = line.search(/[^ ]/);
    if (start === -1) {
      if (line.length > Math.max(indent, 0)) throw unusual;
      lines.push('');
      continue;
    }
    if (indent === -1) {
      if (start <= column) break;
      indent = start;
    }
    if (start < indent) break;
    lines.push(line.slice(indent));
  }
  if (indent === -1) throw unusual;
  return chomped(lines, chomp, cursor.row === cursor.lines.length);
}

/** The last line of a text has no break of its own when the text ends there. */
function chomped(lines: string[], chomp: string, isAtEnd: boolean): string {
  if (isAtEnd && lines.at(-1) !== '') throw unusual;
  const text = `${lines.join('\n')}${isAtEnd ? '' : '\n'}`;
  if (chomp === '+') return text;
  const stripped = text.replace(/\n+$/, '');
  return chomp === '-' ? stripped : `${stripped}\n`;
}
