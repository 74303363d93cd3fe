import type { Child, ListContent, MapContent } from './draft.ts';
import { draftValue } from './draft-value.ts';
import { emitFlow, emitFlowEntry } from './emit-flow.ts';
import { regionStart, type Slot } from './layout.ts';
import { type Rendering, splice } from './rendering.ts';
import { isFirstOnLine, lineAfter, lineEnd, lineStart } from './text-lines.ts';
import type { YamlCollection } from './yaml-node.ts';

interface FlowParts {
  node: YamlCollection;
  slots: readonly Slot[];
  quoted: boolean;
}

/** Entries added to and removed from a collection in brackets. */
export function renderFlowChanges(rendering: Rendering, content: MapContent | ListContent, parts: FlowParts): void {
  const { text } = rendering;
  const { node, slots } = parts;
  const inside: [number, number] = [node.range[0] + 1, node.range[1] - 1];
  if (content.children.every(({ index }) => index === undefined) && !text.slice(...inside).includes('#')) {
    const written = content.children.map((child) => emitChild(rendering, child, parts.quoted)).join(', ');
    const space = written !== '' && text[inside[0]] === ' ' && slots.length > 0 ? ' ' : '';
    splice(rendering, ...inside, space + written + space);
    return;
  }
  const kept = new Set(content.children.map(({ index }) => index));
  const lastChild = content.children.at(-1);
  const endsWithComma = slots.at(-1)?.comma !== undefined;
  let previous: Slot | undefined;
  for (const child of content.children) {
    const needsComma = child !== lastChild || endsWithComma;
    const slot = child.index === undefined ? undefined : slots[child.index];
    if (slot !== undefined) {
      if (needsComma && slot.comma === undefined) splice(rendering, slot.end, slot.end, ',');
      if (!needsComma && slot.comma !== undefined) splice(rendering, slot.comma, slot.comma + 1, '');
      previous = slot;
    } else {
      const written = emitChild(rendering, child, parts.quoted);
      insert(rendering, parts, previous, written + (needsComma ? ',' : ''));
    }
  }
  const lastKept = Math.max(-1, ...content.children.map(({ index }) => index ?? -1));
  for (const [index, slot] of slots.entries())
    if (!kept.has(index)) remove(rendering, slot, floorOf(parts, index), index > lastKept);
}

function emitChild({ document }: Rendering, { key, draft }: Child, quoted: boolean): string {
  const value = draftValue(document, draft);
  return key === undefined ? emitFlow(value, quoted) : emitFlowEntry(key, value, quoted);
}

/** On a line of its own where the neighbour has one. */
function insert(rendering: Rendering, { node, slots }: FlowParts, previous: Slot | undefined, written: string): void {
  const { text, lineEnding } = rendering;
  const neighbour = previous ?? slots[0];
  if (neighbour === undefined) {
    const offset = node.range[0] + 1;
    splice(rendering, offset, offset, written);
    return;
  }
  const indent = text.slice(lineStart(text, neighbour.start), neighbour.start);
  const ownLine = isFirstOnLine(text, neighbour.start);
  if (previous === undefined) {
    const offset = ownLine ? regionStart(text, neighbour, node.range[0] + 1) : neighbour.start;
    splice(rendering, offset, offset, ownLine ? indent + written + lineEnding : spaced(written));
    return;
  }
  const end = previous.comma === undefined ? previous.end : previous.comma + 1;
  const closesLine = /^[ \t]*(#.*)?$/.test(text.slice(end, lineEnd(text, end)));
  if (ownLine && closesLine) splice(rendering, lineEnd(text, end), lineEnd(text, end), lineEnding + indent + written);
  else splice(rendering, end, end, ` ${written}`);
}

/** Without a comma it is the last, and the old entries behind it are gone. */
function spaced(written: string): string {
  return written.endsWith(',') ? `${written} ` : written;
}

/** An entry that has its lines for itself goes with its comments; else only what is between its neighbours. */
function remove(rendering: Rendering, slot: Slot, floor: number, isAtEnd: boolean): void {
  const { text } = rendering;
  const end = slot.comma === undefined ? slot.end : slot.comma + 1;
  const closesLine = /^[ \t]*(#.*)?$/.test(text.slice(end, lineEnd(text, end)));
  if (isFirstOnLine(text, slot.start) && closesLine) {
    splice(rendering, regionStart(text, slot, floor), lineAfter(text, end), '');
    return;
  }
  const next = skipSpaces(text, end);
  if (isAtEnd) splice(rendering, afterWhatStays(text, floor, slot.start), end, '');
  else if (next === lineEnd(text, end)) splice(rendering, backOverSpaces(text, slot.start), end, '');
  else splice(rendering, slot.start, next, '');
}

/** Behind the entry before, or behind the bracket. */
function floorOf({ node, slots }: FlowParts, index: number): number {
  const before = slots[index - 1];
  if (before === undefined) return node.range[0] + 1;
  return before.comma === undefined ? before.end : before.comma + 1;
}

/** White space goes with the last entry, unless there is a comment in it. */
function afterWhatStays(text: string, floor: number, start: number): number {
  return text.slice(floor, start).trim() === '' ? floor : start;
}

function skipSpaces(text: string, offset: number): number {
  let at = offset;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

function backOverSpaces(text: string, offset: number): number {
  let at = offset;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}
