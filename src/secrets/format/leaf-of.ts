import { isScalar, type Scalar } from 'yaml';
import { goScalar } from '../../yaml/go-scalar.ts';
import type { PlainValue } from '../../yaml/plain-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import type { CommentText, Leaf } from './leaf.ts';

/** Throws the error for what SOPS or we cannot handle. */
export type Refuse = (what: string, at: number, path: YamlPath) => never;

/** Where a scalar stands. */
interface Standing {
  path: YamlPath;
  /** Offset of its key or dash. */
  item: number;
  indent: number;
  isInFlow: boolean;
}

/**
 * Escapes in double quotes that YAML 1.2 has from JSON and go-yaml refuses: `\/`, and half a character (`\ud83d`), of which
 * other readers join two.
 */
const jsonEscape = /(?:^|[^\\])(?:\\\\)*\\(?:\/|(?:u|U0000)[dD][89a-fA-F])/;

/** One scalar of a parsed document as SOPS sees it; `node` is null where even the colon is missing (`{key}`). */
export function leafOf(text: string, node: unknown, standing: Standing, refuse: Refuse): Leaf {
  const { path, item, indent, isInFlow } = standing;
  if (node === null || node === undefined) return refuse('a key without a colon', item, path);
  if (!isScalar(node) || !node.range) return refuse('something that is neither map, list nor value', item, path);
  const [start, end] = node.range;
  const source = text.slice(start, end);
  if (node.type === 'QUOTE_DOUBLE' && jsonEscape.test(source))
    refuse('an escape of JSON that is none in YAML 1.1 (\\/ or \\ud83d)', start, path);
  const value = scalarValue(node, end === text.length && !source.endsWith('\n'), (what) => refuse(what, start, path));
  if (node.type !== 'BLOCK_LITERAL' && node.type !== 'BLOCK_FOLDED')
    return { path, start, end, value, isInFlow, indent };
  const headerComment = headerCommentOf(text, start, end);
  const lineEnd = /\r?\n$/.exec(source)?.[0].length ?? 0;
  return { path, start, end: end - lineEnd, value, isInFlow, indent, ...(headerComment && { headerComment }) };
}

function scalarValue(node: Scalar, isCutOff: boolean, refuse: (what: string) => never): PlainValue | null {
  const value = String(node.value);
  if (node.type === 'PLAIN') {
    const scalar = goScalar(value);
    if (scalar.type === 'unsupported') return refuse(scalar.what);
    return scalar.type === 'null' ? null : scalar;
  }
  // go-yaml gives a block scalar no line end that is not in the file; the npm library adds one.
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  return { type: 'str', text: isBlock && isCutOff ? value.replace(/\n$/, '') : value };
}

function headerCommentOf(text: string, start: number, end: number): CommentText | undefined {
  const header = text.slice(start, end).split(/\r?\n/, 1)[0] ?? '';
  const sign = header.indexOf('#');
  if (sign === -1) return undefined;
  return { start: start + sign, end: start + header.length, text: header.slice(sign + 1) };
}
