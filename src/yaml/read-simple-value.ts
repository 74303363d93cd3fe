import { type JsonObject, type JsonValue, setField } from './json-value.ts';
import { isTextKey, plainJson, type YamlDialect } from './plain-json.ts';
import { continuedText, doubleQuoted, flowList, literalBlock, plainText, singleQuoted } from './simple-scalars.ts';
import { deepestNesting } from './value-fault.ts';
import { type Cursor, contentColumn, unusual } from './yaml-cursor.ts';

/** Characters that YAML readers refuse or take for line breaks, and a lone carriage return. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const odd = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;
const entry = /(?:([A-Za-z_./$][\w./$-]*)|"([^"\\]*)"|'([^']*)'):(?= |$)/y;
const marker = /^---[ ]*$/;

/**
 * Reads one document of the plain block style that manifests are written in, many times faster than a parser for all
 * of YAML can; a test holds the two together.
 *
 * @param text one document, line breaks as `\n`
 * @returns undefined for anything unusual, valid or not: the other reader decides
 */
export function readSimpleValue(text: string, dialect: YamlDialect): { value: JsonValue; row: number } | undefined {
  if (odd.test(text)) return undefined;
  const cursor: Cursor = { lines: text.split('\n'), row: 0, dialect, hasTabs: text.includes('\t') };
  try {
    if (contentColumn(cursor) === 0 && marker.test(cursor.lines[cursor.row] ?? '')) cursor.row++;
    const column = contentColumn(cursor);
    const row = cursor.row;
    if (column === -1) return { value: null, row: 0 };
    const value = readBlock(cursor, column);
    return contentColumn(cursor) === -1 ? { value, row } : undefined;
  } catch (error) {
    if (error === unusual || error instanceof RangeError) return undefined;
    throw error;
  }
}

function readBlock(cursor: Cursor, column: number): JsonValue {
  if (column > deepestNesting) throw unusual;
  return isDash(cursor.lines[cursor.row] ?? '', column) ? readList(cursor, column) : readMap(cursor, column);
}

function isDash(line: string, column: number): boolean {
  if (line.charCodeAt(column) !== 45) return false;
  return line.length === column + 1 || line.charCodeAt(column + 1) === 32;
}

function readMap(cursor: Cursor, column: number): JsonObject {
  const map: JsonObject = {};
  let next: number;
  do {
    const line = cursor.lines[cursor.row] ?? '';
    entry.lastIndex = column;
    const found = entry.exec(line);
    if (found === null) throw unusual;
    const end = entry.lastIndex;
    const key = found[1] ?? found[2] ?? found[3] ?? '';
    if (found[1] !== undefined && !isTextKey(key, cursor.dialect)) throw unusual;
    if (Object.hasOwn(map, key)) throw unusual;
    setField(map, key, readValue(cursor, column, end, true));
    next = contentColumn(cursor);
    if (next > column) throw unusual;
  } while (next === column);
  return map;
}

function readList(cursor: Cursor, column: number): JsonValue[] {
  const list: JsonValue[] = [];
  let next: number;
  do {
    const line = cursor.lines[cursor.row] ?? '';
    if (!isDash(line, column)) {
      // A list may stand as deep as the key it belongs to; then the map goes on here.
      return list;
    }
    let start = column + 1;
    while (line.charCodeAt(start) === 32) start++;
    entry.lastIndex = start;
    if (isDash(line, start)) throw unusual;
    list.push(entry.test(line) ? readMap(cursor, start) : readValue(cursor, column, start, false));
    next = contentColumn(cursor);
    if (next > column) throw unusual;
  } while (next === column);
  return list;
}

/** The value that begins at `start` of this line or on a later line; `column` is where its key or dash stands. */
function readValue(cursor: Cursor, column: number, start: number, isField: boolean): JsonValue {
  const line = cursor.lines[cursor.row] ?? '';
  if (cursor.hasTabs && line.includes('\t')) throw unusual;
  let at = start;
  while (line.charCodeAt(at) === 32) at++;
  const first = line[at];
  if (first === undefined || first === '#') {
    cursor.row++;
    const next = contentColumn(cursor);
    if (next > column) return readBlock(cursor, next);
    return isField && next === column && isDash(cursor.lines[cursor.row] ?? '', next) ? readList(cursor, next) : null;
  }
  if (first === '|') return literalBlock(cursor, column, line.slice(at));
  if (first === '"') return doubleQuoted(cursor, line.slice(at));
  if (first === "'") return singleQuoted(cursor, line.slice(at));
  if (first === '[' || first === '{') return flowList(cursor, line.slice(at));
  const text = continuedText(cursor, column, plainText(line.slice(at)));
  const value = plainJson(text, cursor.dialect);
  if (value === undefined) throw unusual;
  return value;
}
