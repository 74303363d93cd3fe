import { stripVTControlCharacters } from 'node:util';

const gap = '  ';

/** Columns that rows need, side by side. */
export function tableWidth(rows: readonly (readonly string[])[]): number {
  const widths = columnWidths(rows);
  return widths.reduce((sum, width) => sum + width, 0) + gap.length * Math.max(0, widths.length - 1);
}

/** Rows with their cells one below the other; colours take no room, and no line ends in blanks. */
export function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - shownWidth(cell)))
      .join(gap)
      .trimEnd(),
  );
}

function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, index) => Math.max(...rows.map((row) => shownWidth(row[index] ?? ''))));
}

function shownWidth(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
