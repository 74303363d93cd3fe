import type { Paint } from '../marks.ts';
import { printable } from '../printable.ts';

/** What may be secret is not shown, wherever the output ends up: in a log of CI first of all. */
const secretFile = /^kind:\s*["']?Secret\b|AGE-SECRET-KEY|PRIVATE KEY-----|^sops:/m;
const secretLine = /(pass|secret|token|key|credential|auth)[\w.-]*["']?\s*[:=]\s*\S/i;
/** An address that lets in whoever knows it, or with a password in it. */
const secretAddress = /:\/\/(?:[^\s/]*@|\S*(?:hook|[?&](?:sig|key|secret|token)=|\/bot\d))/i;
/** What begins a text of several lines. */
const blockStart = /[|>][-+\d]*\s*(?:#.*)?$/;
/** Further up nobody looks for the key of a line. */
const farthest = 200;
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
  const lines = shownLines(text);
  if (lines[line - 1] === undefined) return [];
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const digits = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const content = isInSecretBlock(lines, number) ? '...' : masked(lines[number - 1] ?? '');
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

let latest: { text: string; lines: readonly string[] } = { text: '', lines: [] };

/** A file with many findings, one after another, is taken apart once. */
function shownLines(text: string): readonly string[] {
  if (latest.text !== text) latest = { text, lines: secretFile.test(text) ? [] : text.split(/\r?\n/) };
  return latest.lines;
}

/**
 * A line of a diff that is only there for orientation, without what may be secret.
 *
 * @param text of the whole file
 */
export function contextLine(text: string, line: string): string {
  return secretFile.test(text) ? ' ...' : masked(line);
}

function masked(line: string): string {
  return secretLine.test(line) || secretAddress.test(line) ? line.replace(shownValue, '$1 ...') : line;
}

/** Whether a line is part of a text that a key further up begins, and the key says that it may be secret. */
function isInSecretBlock(lines: readonly string[], number: number): boolean {
  let depth = indentOf(lines[number - 1] ?? '');
  for (let above = number - 1; above > Math.max(0, number - farthest) && depth > 0; above--) {
    const line = lines[above - 1] ?? '';
    if (line.trim() === '' || indentOf(line) >= depth) continue;
    if (secretLine.test(line) && blockStart.test(line)) return true;
    depth = indentOf(line);
  }
  return false;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
