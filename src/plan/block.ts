import { insertInList } from './block-in-list.ts';
import { findBlock, holdsMarkers, markerLines } from './block-markers.ts';
import type { BlockEntry } from './entry.ts';
import { indentedBy, indentOf } from './indentation.ts';
import { type LineEnding, lineEndingOf, plainText } from './line-style.ts';

/** What identifies a block in a file. */
export type BlockPlace = Pick<BlockEntry, 'id' | 'comment' | 'path'> & Partial<Pick<BlockEntry, 'contents' | 'within'>>;

/**
 * The contents of our region as plain text (LF), in a list as far indented as the entry is; undefined when the file
 * has no such block.
 * @throws ExpectedError (exit code 3) for broken markers
 */
export function readBlock(text: string, block: BlockPlace): string | undefined {
  const range = findBlock(text, block.id, block.comment, block.path);
  if (range === undefined) return undefined;
  const inside = plainText(text.slice(range.contentsStart, range.contentsEnd));
  if (block.within === undefined) return inside;
  return indentedBy(inside, indentOf(block.contents ?? '') - indentOf(text.slice(range.start))) ?? inside;
}

/**
 * The text with our region being what the entry wants; every byte outside the region stays.
 * A text without the block gets it at its beginning or end, set off by an empty line, or at the end of its list.
 * @throws ExpectedError (exit code 3) for broken markers, and where its list is one we cannot write into
 */
export function writeBlock(text: string, block: BlockEntry): string {
  const range = findBlock(text, block.id, block.comment, block.path);
  if (range === undefined) return insertBlock(text, block);
  const ending = lineEndingOf(text.slice(range.start));
  const indent = block.within === undefined ? undefined : indentOf(text.slice(range.start));
  return text.slice(0, range.start) + regionOf(block, ending, indent) + text.slice(range.end);
}

/** The text without the block, and without the empty line that set it off. */
export function removeBlock(text: string, block: BlockPlace): string {
  const range = findBlock(text, block.id, block.comment, block.path);
  if (range === undefined) return text;
  const before = text.slice(0, range.start);
  const after = text.slice(range.end).replace(/^\r?\n/, '');
  const isFirst = before.replace(/^\uFEFF/, '') === '';
  return isFirst ? before + after.replace(/^\r?\n/, '') : before.replace(/(\n)\r?\n$/, '$1') + after;
}

/** A file that holds the block alone, within its frame. */
export function newBlockFile(block: BlockEntry): string {
  return `${block.frame?.before ?? ''}${regionOf(block, '\n')}\n${block.frame?.after ?? ''}`;
}

function insertBlock(text: string, block: BlockEntry): string {
  const ending = lineEndingOf(text);
  if (block.within !== undefined)
    return insertInList(text, { ...block, within: block.within }, (indent) => regionOf(block, ending, indent));
  const region = regionOf(block, ending);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  if (body === '') return mark + region + ending;
  if (block.position === 'first') return mark + region + ending + ending + body;
  const closed = /\n$/.test(body) ? body : body + ending;
  return mark + closed + ending + region + ending;
}

/**
 * Markers and contents, without the last line ending. The markers are indented as the contents begin.
 * @param indent columns, if not those of the entry
 */
function regionOf(block: BlockEntry, ending: LineEnding, indent = indentOf(block.contents)): string {
  const { begin, end } = markerLines(block.id, block.comment);
  refuseMarkers(block);
  const contents = indentedBy(block.contents, indent - indentOf(block.contents)) ?? block.contents;
  const indentation = ' '.repeat(indent);
  const region = `${indentation}${begin}\n${contents}${indentation}${end}`;
  return ending === '\n' ? region : region.replaceAll('\n', ending);
}

/** A block that would not be read back as it was written is our bug. */
function refuseMarkers(block: BlockEntry): void {
  if (holdsMarkers(block.contents, block.comment)) throw new Error(`the block ${block.id} contains markers`);
  if (block.contents !== '' && !block.contents.endsWith('\n'))
    throw new Error(`the block ${block.id} has no newline at its end`);
}
