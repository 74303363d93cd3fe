import { isScalar } from 'yaml';
import { doubleQuoted } from './double-quoted.ts';
import { flowScalar } from './emit-flow.ts';
import type { YamlNode } from './yaml-node.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** Single quotes cannot escape what would end a line or stay invisible. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u;

/** A scalar on one line, quoted as the one it replaces if it can be. */
export function scalarText(value: unknown, old: YamlNode | null, place: { inFlow: boolean; quoted: boolean }): string {
  const style = isScalar(old) ? old.type : undefined;
  if (typeof value === 'string' && style === 'QUOTE_DOUBLE') return doubleQuoted(value);
  if (typeof value === 'string' && style === 'QUOTE_SINGLE' && !hidden.test(value))
    return `'${value.replaceAll("'", "''")}'`;
  return place.inFlow ? flowScalar(value, place.quoted) : yamlScalar(value);
}
