import { type CST, isMap, isSeq } from 'yaml';
import { columnOf, lineAfter, lineKind, lineStart } from './text-lines.ts';
import { isCollection, isEmptyNode, isFlow, keyText, type YamlCollection, type YamlNode } from './yaml-node.ts';

/** Where the parts of one map entry or list item stand; all are offsets into the document's text. */
export interface Slot {
  /** The key with its anchor and tag, `?`, `-`, or a flow list's value. */
  start: number;
  key: { node: YamlNode; start: number; end: number } | undefined;
  /** Behind the `:` or the `-`; undefined without one (flow lists, keys without value). */
  mark: number | undefined;
  /** Behind the value's anchor and tag, else like `mark`, else where a mark would be. */
  props: number;
  /** The value; null when nothing is written. */
  node: YamlNode | null;
  /** Behind the last character that is no comment, white space or comma. */
  end: number;
  /** Offset of the comma behind it, in flow collections. */
  comma?: number;
}

type Item = CST.CollectionItem;

/** The slots of a collection, in the order of its `items`. */
export function slotsOf(text: string, collection: YamlCollection): Slot[] {
  const items = itemsOf(collection);
  return items.map(({ item, next }, index) => slotOf(text, collection, index, item, next));
}

/** Behind the last character of a node that is no comment or white space; see `Slot.end`. */
export function contentEnd(text: string, node: YamlNode): number {
  const token = node.srcToken;
  if (token?.type === 'block-scalar') return blockScalarEnd(text, token);
  if ((isMap(node) || isSeq(node)) && !isFlow(node)) {
    const items = itemsOf(node);
    const last = items.at(-1);
    if (last !== undefined) return slotOf(text, node, items.length - 1, last.item, undefined).end;
  }
  return node.range[1];
}

function slotOf(text: string, collection: YamlCollection, index: number, item: Item, next: Item | undefined): Slot {
  const pair = isMap(collection) ? collection.items[index] : undefined;
  const value = isMap(collection) ? (pair?.value ?? null) : (collection.items[index] ?? null);
  const node = isEmptyNode(value) ? null : value;
  const key = pair && keySlot(pair.key);
  const opening = item.start.find((token) => !isSpace(token));
  const marks = isMap(collection) ? (item.sep ?? []) : item.start;
  const mark = endOf(marks.find(({ type }) => type === 'map-value-ind' || type === 'seq-item-ind'));
  const start = opening?.offset ?? item.key?.offset ?? item.sep?.[0]?.offset ?? node?.range[0] ?? 0;
  const propsEnd = endOf(marks.findLast(({ type }) => type === 'anchor' || type === 'tag'));
  const props = propsEnd ?? mark ?? key?.end ?? start;
  const end = node === null ? props : contentEnd(text, node);
  const comma = next?.start.find(({ type }) => type === 'comma')?.offset;
  return { start, key, mark, props, node, end, ...(comma === undefined ? {} : { comma }) };
}

function keySlot(node: YamlNode): Slot['key'] {
  return keyText(node) === undefined ? undefined : { node, start: node.range[0], end: node.range[1] };
}

/** The tokens of a collection's entries, without those that hold comments or a last comma alone. */
function itemsOf(collection: YamlCollection): { item: Item; next: Item | undefined }[] {
  const token = collection.srcToken;
  const all: readonly Item[] = token === undefined ? [] : token.items;
  return all
    .map((item, index) => ({ item, next: all[index + 1] }))
    .filter(
      ({ item }) => item.key !== undefined || item.value !== undefined || item.sep || item.start.some(isEntryToken),
    );
}

function isEntryToken({ type }: CST.SourceToken): boolean {
  return type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'anchor' || type === 'tag';
}

function isSpace({ type }: CST.SourceToken): boolean {
  return type === 'space' || type === 'newline' || type === 'comment' || type === 'comma';
}

function endOf(token: CST.SourceToken | undefined): number | undefined {
  return token && token.offset + token.source.length;
}

/** Blank lines behind a block scalar are its own only if it keeps them (`|+`); then its end is behind a newline. */
function blockScalarEnd(text: string, token: CST.BlockScalar): number {
  const parts = token.props.filter((part) => 'source' in part);
  const bodyStart = parts.reduce((offset, { source }) => offset + source.length, token.offset);
  const header = headerOf(token);
  if (header.includes('+')) return bodyStart + token.source.length;
  const body = bodyOf(token.source, /\d/.test(header));
  if (body > 0) return bodyStart + body;
  return token.offset + text.slice(token.offset, bodyStart).trimEnd().length;
}

function headerOf({ props }: CST.BlockScalar): string {
  const [header] = props;
  return header !== undefined && 'source' in header ? header.source : '';
}

/** The entry ends with a block scalar that blank lines below belong to (`|+`), or would if there were some. */
export function keepsBlankLines(text: string, slot: Slot): boolean {
  let node = slot.node;
  while (isCollection(node) && !isFlow(node)) node = lastValue(node);
  const token = node?.srcToken;
  return (
    token?.type === 'block-scalar' &&
    headerOf(token).includes('+') &&
    regionEnd(text, slot) === lineAfter(text, slot.end)
  );
}

function lastValue(node: YamlCollection): YamlNode | null {
  return (isMap(node) ? node.items.at(-1)?.value : node.items.at(-1)) ?? null;
}

/** Length of a block scalar's text without the blank lines at its end and its last line ending. */
function bodyOf(source: string, hasIndentIndicator: boolean): number {
  const first = /^(?:[ \t]*\r?\n)*( *)/.exec(source)?.[1] ?? '';
  const indent = hasIndentIndicator ? 0 : first.length;
  let length = 0;
  for (const line of source.matchAll(/([^\r\n]*)(\r?\n|$)/g)) {
    const content = line[1] ?? '';
    // White space beyond the indentation is text.
    if (content.trim() !== '' || content.length > indent) length = line.index + content.length;
  }
  return length;
}

/**
 * Where an entry of a block collection ends for all its neighbours: behind its last line and the comments below that
 * are indented deeper than the entry, which can only be about its inside.
 */
export function regionEnd(text: string, slot: Slot): number {
  const column = columnOf(text, slot.start);
  let end = lineAfter(text, slot.end);
  for (let at = end; at < text.length; ) {
    const line = lineKind(text, at);
    if (line.kind === 'content' || (line.kind === 'comment' && line.column <= column)) break;
    at = line.next;
    if (line.kind === 'comment') end = at;
  }
  return end;
}

/**
 * A block scalar may stand at the end of an entry: nothing below would become a part of it. Comments that are
 * indented deeper would, and white space on empty lines might.
 */
export function mayEndWithBlock(text: string, slot: Slot): boolean {
  for (let at = lineAfter(text, slot.end); at < text.length; ) {
    const line = lineKind(text, at);
    if (line.kind !== 'blank') return line.kind === 'content' || line.column <= columnOf(text, slot.start);
    if (/[ \t]/.test(text.slice(at, line.next))) return false;
    at = line.next;
  }
  return true;
}

/**
 * The beginning of the line of an entry that has its line for itself, or of the comment lines directly above it,
 * which belong to it.
 * @param floor comments before this offset belong to something else
 */
export function regionStart(text: string, slot: Slot, floor: number): number {
  const column = columnOf(text, slot.start);
  let start = lineStart(text, slot.start);
  while (start > floor) {
    const above = lineStart(text, start - 1);
    const line = lineKind(text, above);
    if (above < floor || line.kind !== 'comment' || line.column > column) break;
    start = above;
  }
  return start;
}
