import { goScalar } from '../../yaml/go-scalar.ts';
import type { PlainValue } from '../../yaml/plain-value.ts';
import { yamlScalar } from '../../yaml/yaml-scalar.ts';
import type { Leaf } from './leaf.ts';
import { lineEndOf } from './splice.ts';

/**
 * A decrypted value as a YAML scalar for the place of a leaf, which go-yaml and YAML 1.2 read as that value and type. Texts
 * of several lines become block scalars where that is safe.
 */
export function plainScalar({ type, text }: PlainValue, leaf: Leaf, file: string): string {
  switch (type) {
    case 'int':
    case 'time':
      return text;
    case 'bool':
      return text.toLowerCase();
    case 'float':
      return floatScalar(text);
    case 'str':
      if (isBlockSafe(text, leaf, file)) return blockLiteral(text, leaf.indent, lineEndOf(file));
      return textScalar(text, leaf.isInFlow);
  }
}

/** A text as a scalar on one line, for a key too. */
export function textScalar(text: string, isInFlow: boolean): string {
  const isWord = /^[A-Za-z_][\w./-]*$/.test(text);
  return (isInFlow && !isWord) || goScalar(text).type !== 'str' ? doubleQuoted(text) : yamlScalar(text);
}

/** Without a point SOPS would take `1` for an integer when it encrypts again. */
function floatScalar(text: string): string {
  const word = new Map([
    ['+Inf', '.inf'],
    ['-Inf', '-.inf'],
    ['NaN', '.nan'],
  ]).get(text);
  return word ?? (text.includes('.') ? text : `${text}.0`);
}

/** No line that is only blanks, no first line that begins with one (it would set the indentation), nothing to escape. */
function isBlockSafe(text: string, leaf: Leaf, file: string): boolean {
  if (leaf.isInFlow || !/^\S.*\n/.test(text) || /^[ \t]+$/m.test(text)) return false;
  if (/[^\P{Cc}\t\n]|[\p{Zl}\p{Zp}\p{Cs}\uFEFF\uFFFE\uFFFF]/u.test(text)) return false;
  const behind = /^\r?\n((?:[ \t]*\r?\n)*)( *)/.exec(file.slice(leaf.end));
  if (behind === null) return false;
  const [, blankLines = '', indent = ''] = behind;
  return indent.length <= leaf.indent && !(text.endsWith('\n\n') && blankLines !== '');
}

/** The last line end is the one that is already in the file. */
function blockLiteral(text: string, indent: number, lineEnd: string): string {
  const chomping = text.endsWith('\n\n') ? '+' : text.endsWith('\n') ? '' : '-';
  const lines = text.replace(/\n$/, '').split('\n');
  const indented = lines.map((line) => (line === '' ? '' : ' '.repeat(indent + 2) + line));
  return [`|${chomping}`, ...indented].join(lineEnd);
}

/** JSON's escapes are YAML's too; JSON leaves some characters bare that YAML readers do not take. */
function doubleQuoted(text: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\p{Cc}\p{Zl}\p{Zp}\uFEFF\uFFFE\uFFFF]/gu, escaped);
}
