import { doubleQuoted } from './double-quoted.ts';
import { isPlainMap } from './value-kinds.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** Plain text that stays plain between brackets. */
const plainInFlow = /^[\w./~+-][\w./ :+@%=~-]*$/;

/**
 * A value on one line, lists and maps in brackets.
 * @param quoted write every text in double quotes, for files that are JSON
 */
export function emitFlow(value: unknown, quoted = false): string {
  if (Array.isArray(value)) return `[${value.map((item) => emitFlow(item, quoted)).join(', ')}]`;
  if (!isPlainMap(value)) return flowScalar(value, quoted);
  const entries = Object.entries(value).map(([key, part]) => emitFlowEntry(key, part, quoted));
  return `{${entries.join(', ')}}`;
}

export function emitFlowEntry(key: string, value: unknown, quoted = false): string {
  return `${flowScalar(key, quoted)}: ${emitFlow(value, quoted)}`;
}

/** A scalar that may stand between brackets. */
export function flowScalar(value: unknown, quoted = false): string {
  if (typeof value !== 'string') return yamlScalar(value);
  const text = yamlScalar(value);
  if (!quoted && (/^['"]/.test(text) || plainInFlow.test(text))) return text;
  return doubleQuoted(value);
}
