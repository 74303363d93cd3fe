import { findBlock, holdsMarkers, markerLines } from './block-markers.ts';
import type { BlockEntry } from './entry.ts';
import { type LineEnding, lineEndingOf, plainText } from './line-style.ts';

/** What identifies a block in a file. */
export type BlockPlace = Pick<BlockEntry, 'id' | 'comment' | 'path'>;

/**
 * The contents of our region as plain text (LF); undefined when the file has no such block.
 * @throws ExpectedError (exit code 3) for broken markers
 */
export function readBlock(text: string, block: BlockPlace): string | undefined {
  const range = findBlock(text, block.id, block.comment, block.path);
  return range && plainText(text.slice(range.contentsStart, range.contentsEnd));
}

/**
 * The text with our region being what the entry wants; every byte outside the region stays.
 * A text without the block gets it at its beginning or end, set off by an empty line.
 * @throws ExpectedError (exit code 3) for broken markers
 */
export function writeBlock(text: string, block: BlockEntry): string {
  const range = findBlock(text, block.id, block.comment, block.path);
  if (range === undefined) return insertBlock(text, block);
  const ending = lineEndingOf(text.slice(range.start));
  return text.slice(0, range.start) + regionOf(block, ending) + text.slice(range.end);
}

/** A file that holds the block alone, within its frame. */
export function newBlockFile(block: BlockEntry): string {
  return `${block.frame?.before ?? ''}${regionOf(block, '\n')}\n${block.frame?.after ?? ''}`;
}

function insertBlock(text: string, block: BlockEntry): string {
  const ending = lineEndingOf(text);
  const region = regionOf(block, ending);
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  if (body === '') return mark + region + ending;
  if (block.position === 'first') return mark + region + ending + ending + body;
  const closed = /\n$/.test(body) ? body : body + ending;
  return mark + closed + ending + region + ending;
}

/** Markers and contents, without the last line ending. The markers are indented as the contents begin. */
function regionOf(block: BlockEntry, ending: LineEnding): string {
  const { begin, end } = markerLines(block.id, block.comment);
  const indentation = /^[ \t]*/.exec(block.contents)?.[0] ?? '';
  refuseMarkers(block);
  const region = `${indentation}${begin}\n${block.contents}${indentation}${end}`;
  return ending === '\n' ? region : region.replaceAll('\n', ending);
}

/** A block that would not be read back as it was written is our bug. */
function refuseMarkers(block: BlockEntry): void {
  if (holdsMarkers(block.contents, block.comment)) throw new Error(`the block ${block.id} contains markers`);
  if (block.contents !== '' && !block.contents.endsWith('\n'))
    throw new Error(`the block ${block.id} has no newline at its end`);
}
