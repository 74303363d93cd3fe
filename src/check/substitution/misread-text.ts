import type { JsonValue } from '../../yaml/json-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { BadRange, envsubst, type Lookup } from './envsubst.ts';
import { ExpressionFault } from './parse-expression.ts';

/** A text of an object that substitution stops at. */
export interface MisreadText {
  /** Of the text, or of the key that it is. */
  path: YamlPath;
  /** The line of it that the expression begins in, without the blanks around it. */
  line: string;
}

/**
 * The first text of an object that cannot be substituted by itself.
 *
 * @returns undefined when each can: only as one printed text they cannot
 */
export function misreadText(value: JsonValue, lookup: Lookup, path: YamlPath = []): MisreadText | undefined {
  if (typeof value === 'string') return misread(value, lookup, path);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries: [string | number, JsonValue][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  for (const [step, below] of entries) {
    const own = typeof step === 'string' ? misread(step, lookup, [...path, step]) : undefined;
    const found = own ?? misreadText(below, lookup, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function misread(text: string, lookup: Lookup, path: YamlPath): MisreadText | undefined {
  if (!text.includes('${')) return undefined;
  try {
    envsubst(text, lookup);
    return undefined;
  } catch (error) {
    const offset =
      error instanceof ExpressionFault ? error.offset : error instanceof BadRange ? text.indexOf(error.source) : -1;
    if (offset < 0) return undefined;
    const end = text.indexOf('\n', offset);
    const line = text.slice(text.lastIndexOf('\n', offset) + 1, end === -1 ? undefined : end);
    return { path, line: line.trim() };
  }
}
