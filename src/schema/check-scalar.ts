import { isIPv4, isIPv6 } from 'node:net';
import { nearest } from '../nearest.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { showPath } from './finding.ts';
import { isDurationPattern, patternHint, patternWords } from './pattern-words.ts';
import type { Schema } from './schema.ts';
import type { WalkState } from './walk-state.ts';

/** Compiled once: the same few patterns check thousands of values. */
const compiled = new Map<string, RegExp>();

export function checkValues(state: WalkState, schema: Schema, value: unknown, path: YamlPath): void {
  const allowed = schema.enum;
  if (!allowed || allowed.includes(value)) return;
  const shown = state.secret || typeof value !== 'string' || value.length > 60 ? '' : `, not ${JSON.stringify(value)}`;
  const words = allowed.filter((word) => typeof word === 'string');
  const likely = typeof value === 'string' ? nearest(value, words) : undefined;
  const hint = likely && !state.secret ? `Did you mean ${likely}?` : undefined;
  const choice = allowed.map((word) => (word === '' ? '""' : String(word))).join(', ');
  state.report('schema/enum', path, `${showPath(path)} must be one of ${choice}${shown}`, hint);
}

export function checkString(state: WalkState, schema: Schema, value: string, path: YamlPath): void {
  checkLength(state, schema, value, path);
  checkPattern(state, schema, value, path);
  if (schema.format && !hasFormat(schema.format, value))
    state.report('schema/pattern', path, `${showPath(path)} must be ${formatWords[schema.format] ?? schema.format}`);
}

function checkLength(state: WalkState, schema: Schema, value: string, path: YamlPath): void {
  if (schema.minLength === undefined && schema.maxLength === undefined) return;
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength)
    state.report('schema/range', path, `${showPath(path)} must not be shorter than ${schema.minLength} characters`);
  if (schema.maxLength !== undefined && length > schema.maxLength)
    state.report('schema/range', path, `${showPath(path)} must not be longer than ${schema.maxLength} characters`);
}

function checkPattern(state: WalkState, schema: Schema, value: string, path: YamlPath): void {
  if (schema.pattern === undefined || matches(schema.pattern, value)) return;
  if (isDurationPattern(schema.pattern)) {
    const shown = state.secret || value.length > 60 ? '' : `, not ${JSON.stringify(value)}`;
    const message = `${showPath(path)} must be a duration such as 30s, 10m or 1h30m${shown}`;
    state.report('schema/duration', path, message, 'Write a number with its unit: h, m or s.');
  } else {
    const message = `${showPath(path)} must ${patternWords(schema.pattern)}`;
    state.report('schema/pattern', path, message, patternHint(schema.pattern, value));
  }
}

/** Whether a text matches a pattern of the data; Go's RE2 and JavaScript agree on all of them. */
function matches(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    expression = new RegExp(pattern);
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}

const formatWords: Readonly<Record<string, string>> = {
  byte: 'base64; under stringData it may be plain text',
  'date-time': 'a time such as 2026-01-31T12:00:00Z',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
};

function hasFormat(format: string, value: string): boolean {
  switch (format) {
    case 'byte': {
      // Go's decoder passes over line breaks.
      const packed = value.replace(/[\r\n]/g, '');
      return packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed);
    }
    case 'date-time':
      return /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(value);
    case 'ipv4':
      return isIPv4(value);
    case 'ipv6':
      return isIPv6(value) && !value.includes('%');
    default:
      return true;
  }
}

export function checkNumber(state: WalkState, schema: Schema, value: number, path: YamlPath): void {
  const limit = schema.format === 'int32' ? 2 ** 31 : schema.format === 'int64' ? 2 ** 63 : Number.POSITIVE_INFINITY;
  const minimum = Math.max(schema.minimum ?? -limit, -limit);
  const maximum = Math.min(schema.maximum ?? limit, limit - 1);
  if (value < minimum) state.report('schema/range', path, `${showPath(path)} must not be less than ${minimum}`);
  if (value > maximum) state.report('schema/range', path, `${showPath(path)} must not be greater than ${maximum}`);
}
