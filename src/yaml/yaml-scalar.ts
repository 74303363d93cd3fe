import { stringify } from 'yaml';
import { doubleQuoted } from './double-quoted.ts';

/** Text that no YAML version reads as anything but itself, wherever a scalar may stand. */
const plain = /^[A-Za-z_./][A-Za-z0-9_./-]*$/;

/** Plain words that YAML 1.1 or 1.2 take for null, booleans or numbers. https://yaml.org/type/bool.html */
const notText = /^(~|null|true|false|yes|no|on|off|y|n|[.](inf|nan)|0?[.][0-9_]*)$/i;

/** What YAML 1.1 takes for a line break or an editor does not show; plain and single-quoted text cannot escape it. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u;

/**
 * One value as one YAML scalar on one line, quoted only where a reader of YAML 1.1 (Kubernetes tools) or 1.2
 * could take it for something else.
 * @throws Error when given a map or a list, which no scalar can hold: a template asked for the wrong thing
 */
export function yamlScalar(value: unknown): string {
  if (typeof value === 'string' && plain.test(value) && !notText.test(value)) return value;
  if (typeof value === 'object' && value !== null) throw new Error('A map or a list is no YAML scalar');
  if (typeof value === 'string' && hidden.test(value)) return doubleQuoted(value);
  return stringify(value, { compat: 'yaml-1.1', lineWidth: 0, blockQuote: false }).trimEnd();
}
