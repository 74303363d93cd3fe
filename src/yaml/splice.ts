/** Text that takes the place of a range; an insertion when the range is empty. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/**
 * All splices at once; offsets are those of the text given. Ranges may overlap (what several take away is gone), and
 * insertions at the same offset come out in the order of the list.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const splice of inOrder(splices)) {
    if (splice.start > at) parts.push(text.slice(at, splice.start));
    parts.push(splice.text);
    at = Math.max(at, splice.start, splice.end);
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** What is inserted at an offset stands before what replaces the text from there on. */
function inOrder(splices: readonly Splice[]): Splice[] {
  return splices.toSorted((a, b) => a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start));
}

/** How far the splices move an offset that is between lines; what is inserted right there comes before it. */
export function shiftAt(splices: readonly Splice[], offset: number): number {
  let shift = 0;
  let at = 0;
  for (const { start, end, text } of inOrder(splices)) {
    if (start > offset) break;
    shift += text.length - Math.max(0, Math.min(end, offset) - Math.max(at, start));
    at = Math.max(at, end);
  }
  return shift;
}
