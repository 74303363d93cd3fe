import { isMap, isSeq, type YAMLMap } from 'yaml';
import { usageError } from '../../errors.ts';
import { columnOf, lineEndAfter } from './column.ts';
import { pathText } from './format-error.ts';
import { deepest, type Entry, endOf, entriesOf, notThere, type Target } from './locate.ts';
import { textScalar } from './plain-scalar.ts';
import { leafEdit, sealedScalar } from './seal-tree.ts';
import { type Edit, lineEndOf } from './splice.ts';

/**
 * The edit that puts a sealed value at a path: in place of the value that is there, else as the last key of its map, which is
 * made where it is missing.
 *
 * @param sealed `ENC[…]`, or nothing for the empty text
 * @throws ExpectedError `sops-not-a-value` where a map or list stands, `sops-no-such-key` for an index that is not there
 */
export function setValue(target: Target, sealed: string): Edit[] {
  const { yaml, root, leaves, path } = target;
  const same = pathText(path);
  const leaf = leaves.find((each) => pathText(each.path) === same);
  if (leaf !== undefined) {
    const scalar = scalarOf(sealed, leaf.isInFlow);
    return [leafEdit(leaf, leaf.start === leaf.end ? apart(yaml.text, leaf.start, scalar) : scalar)];
  }
  const { node, length, pair } = deepest(root, path);
  if (length === path.length)
    throw usageError(`cannot set ${same} in ${yaml.file}: it is a map or list`, { code: 'sops-not-a-value' });
  const keys = path.slice(length).filter((part) => typeof part === 'string');
  if (keys.length < path.length - length || isSeq(node)) throw notThere(target);
  if (isMap(node) && node.items.length > 0)
    return [node.flow === true ? addInBraces(node, keys, sealed) : addLine(yaml.text, node, keys, sealed)];
  const empty = leaves.find((each) => pathText(each.path) === pathText(path.slice(0, length)));
  if (!isMap(node) && empty?.value !== null)
    throw usageError(`cannot set ${same} in ${yaml.file}: ${pathText(path.slice(0, length))} is a value, not a map`, {
      code: 'sops-not-a-value',
    });
  if (pair === undefined || empty?.isInFlow) throw notThere(target);
  return [fillEmpty(yaml.text, pair, keys, sealed)];
}

/** A scalar where none was: blanks keep it from the colon before and a comment behind. */
function apart(text: string, at: number, scalar: string): string {
  return `${/\s/.test(text[at - 1] ?? '') ? '' : ' '}${scalar}${text[at] === '#' ? ' ' : ''}`;
}

function scalarOf(sealed: string, isInFlow: boolean): string {
  return sealed === '' ? '""' : sealedScalar(sealed, isInFlow);
}

/** `{a: 1}` becomes `{a: 1, key: "ENC[…]"}`. */
function addInBraces(map: YAMLMap, keys: readonly string[], sealed: string): Edit {
  const last = entriesOf(map).at(-1)?.pair.value;
  const end = (isMap(last) || isSeq(last) ? last.range?.[1] : undefined) ?? rangeEnd(last);
  const nested = keys.map((key) => `${textScalar(key, true)}: `).join('{') + scalarOf(sealed, true);
  return { start: end, end, text: `, ${nested}${'}'.repeat(keys.length - 1)}` };
}

function rangeEnd(node: unknown): number {
  if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
    return Number(node.range[1]);
  throw new Error('a pair without a place in the text');
}

/** A new last line of a map, at the column of its keys; in a root map before the `sops` block. */
function addLine(text: string, map: YAMLMap, keys: readonly string[], sealed: string): Edit {
  const entries = entriesOf(map).filter(({ key }) => key.value !== 'sops' || map.items.length === 1);
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new Error('an empty map');
  const column = columnOf(text, first.key.range[0]);
  const at = lineEndAfter(text, endOf(text, last));
  const lines = nestedLines(keys, sealed, column).join(lineEndOf(text));
  const isCutOff = text[at - 1] !== '\n';
  return { start: at, end: at, text: isCutOff ? lineEndOf(text) + lines : lines + lineEndOf(text) };
}

/** `stringData:` and `stringData: {}` get their first key on the next line. */
function fillEmpty(text: string, entry: Entry, keys: readonly string[], sealed: string): Edit {
  const colon = text.indexOf(':', entry.key.range[1]) + 1;
  const lines = nestedLines(keys, sealed, columnOf(text, entry.key.range[0]) + 2);
  const end = endOf(text, entry);
  return { start: colon, end, text: ['', ...lines].join(lineEndOf(text)) + (text[end] === '#' ? ' ' : '') };
}

function nestedLines(keys: readonly string[], sealed: string, column: number): string[] {
  return keys.map((key, depth) => {
    const value = depth === keys.length - 1 ? ` ${scalarOf(sealed, false)}` : '';
    return `${' '.repeat(column + 2 * depth)}${textScalar(key, false)}:${value}`;
  });
}
