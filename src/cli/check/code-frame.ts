import type { Paint } from '../marks.ts';
import { printable } from '../printable.ts';

/** What may be secret is not shown, wherever the output ends up: in a log of CI first of all. */
const secretFile = /^kind:\s*["']?Secret\b|AGE-SECRET-KEY|PRIVATE KEY-----|^sops:/m;
const secretLine = /(pass|secret|token|key|credential|auth)[\w.-]*["']?\s*[:=]\s*\S/i;
const shownValue = /^(\s*(?:-\s+)?["']?[\w./-]+["']?\s*[:=])\s*\S.*$/;

/**
 * A place in a file, with a line before and after it.
 *
 * @param line 1-based, as `column`
 * @param width columns there are
 * @returns nothing for files that hold secrets
 */
export function codeFrame(
  text: string,
  { line, column }: { line: number; column?: number | undefined },
  { paint, width }: { paint: Paint; width: number },
): string[] {
  if (secretFile.test(text)) return [];
  const lines = text.split(/\r?\n/);
  if (lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const digits = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const content = masked(lines[number - 1] ?? '');
    if (content.trim() === '' && number !== line) continue;
    const isPlace = number === line;
    const gutter = `${isPlace ? '>' : ' '} ${String(number).padStart(digits)} |`;
    const room = Math.max(20, width - gutter.length - 1);
    const visible = printable(content.length > room ? `${content.slice(0, room - 3)}...` : content);
    shown.push(isPlace ? `${paint('bold', gutter)} ${visible}` : paint('dim', `${gutter} ${visible}`));
    if (isPlace && column !== undefined && column > 1 && column <= room)
      shown.push(`${' '.repeat(gutter.length - 1)}| ${' '.repeat(column - 1)}${paint('red', '^')}`);
  }
  return shown.map((content) => content.trimEnd());
}

function masked(line: string): string {
  return secretLine.test(line) ? line.replace(shownValue, '$1 ...') : line;
}
