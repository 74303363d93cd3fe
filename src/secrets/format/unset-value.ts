import { isMap, type YAMLMap } from 'yaml';
import { usageError } from '../../errors.ts';
import { lineEndAfter, lineStartOf } from './column.ts';
import { pathText } from './format-error.ts';
import { deepest, type Entry, endOf, entriesOf, notThere, type Target } from './locate.ts';
import type { Edit } from './splice.ts';

/**
 * The edits that take a key out, with all below it and the comment on its line. A map that loses its last key becomes `{}`.
 *
 * @throws ExpectedError `sops-no-such-key`, `sops-not-a-value` for an item of a list or the last key of a document
 */
export function unsetValue(target: Target): Edit[] {
  const { yaml, root, path } = target;
  const { length, pair } = deepest(root, path);
  if (length < path.length) throw notThere(target);
  const { node: map, pair: parent } = deepest(root, path.slice(0, -1));
  if (pair === undefined || !isMap(map))
    throw usageError(`cannot take ${pathText(path)} out of ${yaml.file}: it is an item of a list`, {
      code: 'sops-not-a-value',
    });
  const entries = entriesOf(map).filter(({ key }) => map !== root || key.value !== 'sops');
  const index = entries.findIndex(({ key }) => key.value === pair.key.value);
  if (entries.length === 1 && map === root)
    throw usageError(`cannot take ${pathText(path)} out of ${yaml.file}: nothing would be left`, {
      code: 'sops-not-a-value',
    });
  if (entries.length === 1) return [emptied(yaml.text, map, parent)];
  if (map.flow === true) return [withoutItem(yaml.text, entries, index)];
  return [withoutLines(yaml.text, pair, entries[index + 1])];
}

/** A map that is an item of a list has no colon before it. */
function emptied(text: string, map: YAMLMap, parent: Entry | undefined): Edit {
  const [start, end] = map.range ?? [0, 0];
  if (map.flow === true) return { start, end, text: '{}' };
  const lineEnd = lineEndAfter(text, end);
  const lastLineEnd = /\r?\n$/.exec(text.slice(start, lineEnd))?.[0] ?? '';
  if (parent === undefined) return { start, end: lineEnd, text: `{}${lastLineEnd}` };
  return { start: text.indexOf(':', parent.key.range[1]) + 1, end: lineEnd, text: ` {}${lastLineEnd}` };
}

/** In braces a comma goes with it: the one behind, for the last key the one before. */
function withoutItem(text: string, entries: readonly Entry[], index: number): Edit {
  const [before, own, after] = [entries[index - 1], entries[index], entries[index + 1]];
  if (own === undefined) throw new Error('a key that is not in its map');
  if (after !== undefined) return { start: own.key.range[0], end: after.key.range[0], text: '' };
  return { start: before === undefined ? own.key.range[0] : endOf(text, before), end: endOf(text, own), text: '' };
}

/** Whole lines; but the first key of a map in a list shares its line with the dash, which stays. */
function withoutLines(text: string, own: Entry, after: Entry | undefined): Edit {
  const [keyStart] = own.key.range;
  const lineStart = lineStartOf(text, keyStart);
  const isAlone = /^\uFEFF? *$/.test(text.slice(lineStart, keyStart));
  if (isAlone || after === undefined) return { start: lineStart, end: lineEndAfter(text, endOf(text, own)), text: '' };
  return { start: keyStart, end: after.key.range[0], text: '' };
}
