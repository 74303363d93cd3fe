import { contentEnd, slotsOf } from './layout.ts';
import type { Place } from './rendering.ts';
import { isFirstOnLine, lineEnd } from './text-lines.ts';
import { isCollection, isFlow } from './yaml-node.ts';

/** The two ranges a block-style value takes: what begins on its key's line (or alone on one), and the lines below. */
export interface Extent {
  headStart: number;
  headEnd: number;
  /** From the end of a line to the end of another, so that line endings stay where they are. */
  bodyStart: number;
  bodyEnd: number;
  /** A block collection that begins on the line of its dash, or the document's root. */
  inline: boolean;
}

/** Where a place's value is. */
export function extentOf(text: string, place: Place): Extent {
  const { node } = place;
  if (node === null) return outside(text, place.props);
  const token = node.srcToken;
  if (token?.type === 'block-scalar') {
    const headerLength = /^[|>][-+0-9]*/.exec(text.slice(node.range[0]))?.[0].length ?? 1;
    const bodyStart = lineEnd(text, node.range[0]);
    const bodyEnd = Math.max(bodyStart, lastLineEnd(text, contentEnd(text, node)));
    return { headStart: node.range[0], headEnd: node.range[0] + headerLength, bodyStart, bodyEnd, inline: false };
  }
  if (isCollection(node) && !isFlow(node)) {
    const start = slotsOf(text, node)[0]?.start ?? node.range[0];
    const end = lastLineEnd(text, contentEnd(text, node));
    if (place.parent === 'root' || !isFirstOnLine(text, start))
      return { headStart: start, headEnd: end, bodyStart: end, bodyEnd: end, inline: true };
    return { ...outside(text, place.props), bodyEnd: end };
  }
  const body = lineEnd(text, node.range[1]);
  return { headStart: node.range[0], headEnd: node.range[1], bodyStart: body, bodyEnd: body, inline: false };
}

function outside(text: string, props: number): Extent {
  const body = lineEnd(text, props);
  return { headStart: props, headEnd: props, bodyStart: body, bodyEnd: body, inline: false };
}

/** The end of the last line, without its line ending also where the content includes that. */
function lastLineEnd(text: string, end: number): number {
  if (end === 0 || text[end - 1] !== '\n') return lineEnd(text, end);
  return text[end - 2] === '\r' ? end - 2 : end - 1;
}
