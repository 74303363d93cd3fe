import { type Child, type ListContent, type MapContent, writtenAs } from './draft.ts';
import { draftValue } from './draft-value.ts';
import { emitEntry, emitItem } from './emit-block.ts';
import { keepsBlankLines, mayEndWithBlock, regionEnd, regionStart, type Slot } from './layout.ts';
import { type Place, type Rendering, refuse, splice } from './rendering.ts';
import { columnOf, isFirstOnLine, lineKind, lineStart } from './text-lines.ts';

/** A block collection: its slots, and for each the range that goes when it is removed. */
interface BlockParts {
  slots: readonly Slot[];
  /** The children that are kept, by the index of their slot. */
  kept: ReadonlyMap<number | undefined, Child>;
  place: Place;
  /** The first entry begins on the line of its dash. */
  inline: boolean;
  column: number;
}

/** Entries added to and removed from a block collection. */
export function renderBlockChanges(
  rendering: Rendering,
  content: MapContent | ListContent,
  { slots, place }: { slots: readonly Slot[]; place: Place },
): void {
  const { text } = rendering;
  const [first] = slots;
  if (first === undefined) throw new Error('a block collection without entries');
  const inline = place.parent !== 'root' && !isFirstOnLine(text, first.start);
  const kept = new Map(content.children.map((child) => [child.index, child]));
  const parts: BlockParts = { slots, kept, place, inline, column: columnOf(text, first.start) };
  const removed = slots.flatMap((_, index) => (kept.has(index) ? [] : [index]));
  const runs = runsOf(rendering, content, slots);
  for (const [after, lines] of runs) if (after >= 0) insertAfter(rendering, parts, after, lines);
  const opening = runs.get(-1);
  if (content.children.length === 0) renderEmptied(rendering, parts, content.kind);
  else if (opening !== undefined) insertFirst(rendering, parts, opening, !kept.has(0));
  else if (inline && !kept.has(0)) {
    renderNewHead(rendering, parts, removed);
    return;
  }
  for (const index of removed) {
    if (index > 0 || !(inline || content.children.length === 0)) removeEntry(rendering, parts, index);
  }
}

/** The lines of each added entry, by the index of the source's entry they follow; -1 for the beginning. */
function runsOf(
  rendering: Rendering,
  { kind, children }: MapContent | ListContent,
  slots: readonly Slot[],
): Map<number, string[][]> {
  const runs = new Map<number, string[][]>();
  let after = -1;
  for (const child of children) {
    if (child.index !== undefined) after = child.index;
    else {
      const value = draftValue(rendering.document, child.draft);
      const before = slots[after] ?? slots[0];
      const literals = before !== undefined && mayEndWithBlock(rendering.text, before);
      const style = { ...rendering.style, literals };
      const given = literals ? writtenAs(child.draft) : undefined;
      const emitted = () => (kind === 'map' ? emitEntry(child.key ?? '', value, style) : emitItem(value, style));
      const lines = given === undefined ? emitted() : [...given];
      runs.set(after, [...(runs.get(after) ?? []), lines]);
    }
  }
  return runs;
}

function insertAfter(rendering: Rendering, parts: BlockParts, after: number, run: readonly string[][]): void {
  const { text, lineEnding } = rendering;
  const slot = parts.slots[after];
  if (slot === undefined) return;
  const offset = regionEnd(text, slot);
  const blank = isSpaced(text, parts) && !takesBlankLines(text, parts, after) ? lineEnding : '';
  const lines = run.map((entry) => blank + entryText(rendering, parts, entry)).join('');
  splice(rendering, offset, offset, lines);
}

/** Before all others: at their first comment, but below the comment that heads a document. */
function insertFirst(rendering: Rendering, parts: BlockParts, run: readonly string[][], replaces: boolean): void {
  const { text, lineEnding } = rendering;
  const [first] = parts.slots;
  if (first === undefined) return;
  const blank = isSpaced(text, parts) ? lineEnding : '';
  const lines = run.map((entry) => entryText(rendering, parts, entry) + blank).join('');
  if (!parts.inline) {
    const offset = startOf(text, parts, 0);
    splice(rendering, offset, offset, lines);
    return;
  }
  const body = lines.slice(parts.column);
  if (replaces) splice(rendering, first.start, lastLineOf(text, first), body.slice(0, -lineEnding.length));
  else splice(rendering, first.start, first.start, body + ' '.repeat(parts.column));
}

/** The lines of an entry at the collection's column, each with its ending. */
function entryText({ lineEnding }: Rendering, { column }: BlockParts, lines: readonly string[]): string {
  const indent = ' '.repeat(column);
  return lines.map((line) => (line === '' ? '' : indent + line) + lineEnding).join('');
}

/** All entries are set off by empty lines, so a new one is too. */
function isSpaced(text: string, parts: BlockParts): boolean {
  const { slots } = parts;
  if (slots.length < 2) return false;
  return slots.every((slot, index) => {
    if (index === 0) return true;
    const before = slots[index - 1];
    const between = before === undefined ? '' : text.slice(before.end, slot.start);
    return /\n[ \t]*\r?\n/.test(between);
  });
}

/** Nothing is left: `{}` or `[]` stands where the entries were, and comments that were about none of them stay. */
function renderEmptied(rendering: Rendering, parts: BlockParts, kind: 'map' | 'list'): void {
  const { text } = rendering;
  const { inline, place, slots } = parts;
  const empty = kind === 'map' ? '{}' : '[]';
  const [first] = slots;
  if (first === undefined) return;
  if (inline || place.parent === 'root') {
    splice(rendering, first.start, lastLineOf(text, first), empty);
    return;
  }
  if (place.mark === undefined)
    throw refuse(rendering, 'yaml-layout', 'there is no place for an empty value', place.start);
  splice(rendering, place.props, place.props, ` ${empty}`);
  removeEntry(rendering, parts, 0);
}

/** The first entries of an inline collection are gone: what stays, comments first, moves up behind the dash. */
function renderNewHead(rendering: Rendering, parts: BlockParts, removed: readonly number[]): void {
  const { text } = rendering;
  const { slots } = parts;
  const next = slots.findIndex((_, index) => !removed.includes(index));
  const [first] = slots;
  const head = slots[next];
  if (first === undefined || head === undefined) return;
  let stays = '';
  for (let index = 0; index < next; index++) {
    const [slot, following] = [slots[index], slots[index + 1]];
    if (slot === undefined || following === undefined) break;
    const end = regionEnd(text, slot);
    const isLast = index + 1 === next;
    stays += text.slice(end, isLast ? following.start : regionStart(text, following, end));
  }
  splice(rendering, first.start, head.start, stays.trimStart());
  for (const index of removed) if (index > next) removeEntry(rendering, parts, index);
}

/** Where an entry with its comments begins. A document's first entry leaves the comments above to the document. */
function startOf(text: string, parts: BlockParts, index: number): number {
  const slot = parts.slots[index];
  const before = parts.slots[index - 1];
  if (slot === undefined) return text.length;
  if (index === 0 && parts.place.parent === 'root') return lineStart(text, slot.start);
  return regionStart(text, slot, before === undefined ? 0 : regionEnd(text, before));
}

/** The entry's lines and the comments that belong to it; also empty lines that would otherwise be left doubled. */
function removeEntry(rendering: Rendering, parts: BlockParts, index: number): void {
  const { text } = rendering;
  const slot = parts.slots[index];
  const before = parts.slots[index - 1];
  if (slot === undefined) return;
  let start = startOf(text, parts, index);
  let end = regionEnd(text, slot);
  const floor = before === undefined ? 0 : regionEnd(text, before);
  const isLast = index === parts.slots.length - 1;
  const blankStart = blankAbove(text, start, floor);
  if (blankStart < start) {
    if (isLast || end === text.length || lineKind(text, end).kind === 'blank') start = blankStart;
  } else if (index === 0 && parts.place.parent !== 'root' && !isLast) end = blankBelow(text, end);
  // Blank lines, or white space on them, would be added to text above.
  const blank = blankBelow(text, end);
  const above = parts.slots.findLastIndex((_, other) => other < index && parts.kept.has(other));
  if (takesBlankLines(text, parts, above) || /[ \t]/.test(text.slice(end, blank))) end = blank;
  splice(rendering, start, end, '');
}

/** The entry ends with text that keeps blank lines (`|+`), or may do so when what is inside it changed. */
function takesBlankLines(text: string, { slots, kept }: BlockParts, index: number): boolean {
  const slot = slots[index];
  if (slot === undefined) return false;
  const isTouched = kept.get(index)?.draft.content.kind !== 'kept';
  return keepsBlankLines(text, slot) || (isTouched && /[|>]\d?\+/.test(text.slice(slot.start, slot.end)));
}

function blankBelow(text: string, end: number): number {
  let at = end;
  while (at < text.length && lineKind(text, at).kind === 'blank') at = lineKind(text, at).next;
  return at;
}

function blankAbove(text: string, start: number, floor: number): number {
  let at = start;
  while (at > floor) {
    const above = lineStart(text, at - 1);
    if (above < floor || lineKind(text, above).kind !== 'blank') break;
    at = above;
  }
  return at;
}

/** The end of an entry's last line, its comments included, before the line ending. */
function lastLineOf(text: string, slot: Slot): number {
  const end = regionEnd(text, slot);
  if (text[end - 1] !== '\n') return end;
  return text[end - 2] === '\r' ? end - 2 : end - 1;
}
