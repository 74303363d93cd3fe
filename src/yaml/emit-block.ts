import { type BlockText, tidyLiteral } from './block-text.ts';
import type { IndentStyle } from './indent-style.ts';
import { isFilled } from './value-kinds.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** How new values are written in block style. */
export interface BlockStyle extends IndentStyle {
  /** Text of several lines may be written as a literal block. */
  literals: boolean;
}

/** A filled map or list as lines without line endings, the outermost entries at column 0. */
export function emitBlock(value: Record<string, unknown> | readonly unknown[], style: BlockStyle): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => emitItem(item, style));
  return Object.entries(value).flatMap(([key, part]) => emitEntry(key, part, style));
}

/** One map entry as lines. */
export function emitEntry(key: string, value: unknown, style: BlockStyle): string[] {
  const name = `${yamlScalar(key)}:`;
  if (isFilled(value)) return [name, ...indented(emitBlock(value, style), indentBelowKey(value, style))];
  const literal = multiline(value, style.map, style);
  if (literal) return [`${name} ${literal.header}`, ...indented(literal.body, style.map)];
  return [`${name} ${emitInline(value)}`];
}

/** One list item as lines. */
export function emitItem(value: unknown, style: BlockStyle): string[] {
  if (isFilled(value)) {
    const [first, ...others] = emitBlock(value, style);
    return [`- ${first}`, ...indented(others, 2)];
  }
  const literal = multiline(value, 2, style);
  if (literal) return [`- ${literal.header}`, ...indented(literal.body, 2)];
  return [`- ${emitInline(value)}`];
}

/** A scalar or an empty collection. */
export function emitInline(value: unknown): string {
  if (Array.isArray(value)) return '[]';
  return typeof value === 'object' && value !== null ? '{}' : yamlScalar(value);
}

/** Columns from a key to the collection below it. */
export function indentBelowKey(value: unknown, style: IndentStyle): number {
  return Array.isArray(value) ? style.list : style.map;
}

/** Empty lines stay empty. */
export function indented(lines: readonly string[], columns: number): string[] {
  const indent = ' '.repeat(columns);
  return lines.map((line) => (line === '' ? '' : indent + line));
}

function multiline(value: unknown, indent: number, style: BlockStyle): BlockText | undefined {
  return style.literals && typeof value === 'string' ? tidyLiteral(value, indent) : undefined;
}
