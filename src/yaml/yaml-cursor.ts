import type { YamlDialect } from './plain-json.ts';

/** Thrown where the simple reader leaves a document to the one for all of YAML. */
export const unusual = new Error('not in the plain block style');

/** Where the simple reader stands. */
export interface Cursor {
  readonly lines: readonly string[];
  row: number;
  readonly dialect: YamlDialect;
  readonly hasTabs: boolean;
}

/** Goes on to the next line that holds something. @returns where it begins on its line, -1 at the end */
export function contentColumn(cursor: Cursor): number {
  for (; cursor.row < cursor.lines.length; cursor.row++) {
    const line = cursor.lines[cursor.row] ?? '';
    let column = 0;
    while (line.charCodeAt(column) === 32) column++;
    if (column === line.length) continue;
    const first = line.charCodeAt(column);
    if (first === 35) continue;
    if (first === 9) throw unusual;
    return column;
  }
  return -1;
}
