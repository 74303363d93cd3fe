import { ExpectedError } from '../errors.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { CommentStyle } from './entry.ts';

/** Our region as offsets: from the start of its first marker line to the end of its last one, without line ending. */
export interface BlockRange {
  start: number;
  contentsStart: number;
  contentsEnd: number;
  end: number;
}

interface Marker {
  kind: 'begin' | 'end';
  id: string;
  /** 1-based. */
  line: number;
  start: number;
  /** Behind the last character, before the line ending. */
  end: number;
}

const markerPattern: Record<CommentStyle, RegExp> = {
  hash: /^[ \t]*# flux-repo:(begin|end) ([a-z0-9-]+)(?: [^\r\n]*)?$/,
  html: /^[ \t]*<!-- flux-repo:(begin|end) ([a-z0-9-]+)(?: [^\r\n]*)?-->[ \t]*$/,
};

/** The two marker lines of a block, without indentation and line ending. */
export function markerLines(id: string, comment: CommentStyle): { begin: string; end: string } {
  if (!/^[a-z0-9-]+$/.test(id)) throw new Error(`block id ${JSON.stringify(id)} cannot be part of a marker`);
  const begin = `flux-repo:begin ${id} (managed, edit outside)`;
  const end = `flux-repo:end ${id}`;
  return comment === 'hash'
    ? { begin: `# ${begin}`, end: `# ${end}` }
    : { begin: `<!-- ${begin} -->`, end: `<!-- ${end} -->` };
}

/**
 * Where the block with this id is; undefined when the file has none.
 * @throws ExpectedError (exit code 3) when its markers are doubled, out of order, unpaired or have others between them
 */
export function findBlock(text: string, id: string, comment: CommentStyle, path: RepoPath): BlockRange | undefined {
  const markers = markersIn(text, comment);
  const [begin, end, extra] = markers.filter((marker) => marker.id === id);
  if (begin === undefined) return undefined;
  if (begin.kind === 'end') throw broken(path, begin, `the block ${id} ends without having begun`);
  if (end === undefined) throw broken(path, begin, `the block ${id} begins and never ends`);
  if (end.kind === 'begin') throw broken(path, end, `the block ${id} begins twice`);
  if (extra !== undefined) throw broken(path, extra, `the block ${id} is there twice`);
  const inner = markers[markers.indexOf(begin) + 1];
  if (inner !== undefined && inner !== end)
    throw broken(path, inner, `a marker of ${inner.id} is inside the block ${id}`);
  return { start: begin.start, contentsStart: text.indexOf('\n', begin.end) + 1, contentsEnd: end.start, end: end.end };
}

/** Whether some line is a marker of any block. */
export function holdsMarkers(text: string, comment: CommentStyle): boolean {
  return markersIn(text, comment).length > 0;
}

function markersIn(text: string, comment: CommentStyle): Marker[] {
  const markers: Marker[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  for (let line = 1; start < text.length; line++) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline;
    const end = text[next - 1] === '\r' && next > start ? next - 1 : next;
    const match = markerPattern[comment].exec(text.slice(start, end));
    if (match?.[2] !== undefined)
      markers.push({ kind: match[1] === 'begin' ? 'begin' : 'end', id: match[2], line, start, end });
    start = next + 1;
  }
  return markers;
}

function broken(path: RepoPath, marker: Marker, reason: string): ExpectedError {
  const hint =
    'Put the two marker lines right, or delete both with everything between them; then run the same command again.';
  return new ExpectedError({
    code: 'broken-block',
    exitCode: 3,
    message: `cannot update ${path}: ${reason}`,
    why: [`${path}:${marker.line} is that marker`],
    hint,
    problems: [
      { rule: 'plan/broken-block', severity: 'error', message: reason, file: path, line: marker.line, column: 1, hint },
    ],
  });
}
