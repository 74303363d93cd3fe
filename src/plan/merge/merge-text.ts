import { diff3MergeRegions, diffIndices } from 'node-diff3';
import { lineEndingOf, plainText } from '../line-style.ts';
import type { MergeConflict, MergeResult, Side } from './merge-result.ts';

/** A text in three versions; `base` is undefined when nobody knows it. */
export interface TextVersions {
  base: string | undefined;
  ours: string;
  theirs: string;
}

type Together = (ours: readonly string[], theirs: readonly string[]) => readonly string[];

/**
 * Merges text line by line. Lines of ours keep their line endings, new ones get that of the first line.
 * Without a base every difference is a conflict.
 * @param prefer whose lines are taken where both changed the same ones; absent: that is a conflict
 * @param together what comes of lines that both put at one place, where there were none; then lines put directly beside
 *   changed ones are no conflict either. Absent: both are
 */
export function mergeText({
  base,
  ours,
  theirs,
  prefer,
  together,
}: TextVersions & {
  prefer?: Side | undefined;
  together?: Together;
}): MergeResult {
  const [own, wanted] = [linesOf(ours), linesOf(theirs)];
  const conflicts: MergeConflict[] = [];
  const merged: string[] = [];
  const settle = (
    oldLines: readonly string[] | undefined,
    ownLines: readonly string[],
    newLines: readonly string[],
  ) => {
    const joined = together && oldLines && sideBySide(oldLines, ownLines, newLines, together);
    if (joined !== undefined) {
      merged.push(...joined);
      return;
    }
    if (prefer === undefined)
      conflicts.push({
        at: [],
        base: oldLines?.join('\n'),
        ours: ownLines.join('\n'),
        theirs: newLines.join('\n'),
        isText: true,
      });
    merged.push(...(prefer === 'theirs' ? newLines : ownLines));
  };
  if (base === undefined) {
    let at = 0;
    for (const { buffer1, buffer1Content, buffer2Content } of diffIndices(own, wanted)) {
      merged.push(...own.slice(at, buffer1[0]));
      settle(undefined, buffer1Content, buffer2Content);
      at = buffer1[0] + buffer1[1];
    }
    merged.push(...own.slice(at));
  } else {
    for (const region of diff3MergeRegions(own, linesOf(base), wanted)) {
      if (region.stable) merged.push(...region.bufferContent);
      else if (sameLines(region.aContent, region.bContent)) merged.push(...region.aContent);
      else settle(region.oContent, region.aContent, region.bContent);
    }
  }
  return { text: withEndingsOf(ours, own, merged), conflicts };
}

/** Lines put at one place by both, or beside lines that the other changed; undefined for any other conflict. */
function sideBySide(
  old: readonly string[],
  own: readonly string[],
  wanted: readonly string[],
  together: Together,
): readonly string[] | undefined {
  if (old.length === 0) return together(own, wanted);
  const beside = (kept: readonly string[], changed: readonly string[]) => {
    if (sameLines(kept.slice(0, old.length), old)) return [...changed, ...kept.slice(old.length)];
    if (sameLines(kept.slice(-old.length), old)) return [...kept.slice(0, -old.length), ...changed];
    return undefined;
  };
  return beside(own, wanted) ?? beside(wanted, own);
}

function linesOf(text: string): string[] {
  return plainText(text).split('\n');
}

function sameLines(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/** The merged lines, those that ours has too with the endings they have there; and the byte order mark of ours. */
function withEndingsOf(ours: string, own: string[], merged: string[]): string {
  const mark = ours.startsWith('\uFEFF') ? '\uFEFF' : '';
  const endings = [...ours.matchAll(/\r?\n/g)].map(([ending]) => ending);
  const fresh = lineEndingOf(ours);
  const kept: string[] = [];
  let at = 0;
  const keepUntil = (end: number) => {
    for (; at < end; at++) kept.push(endings[at] ?? fresh);
  };
  for (const { buffer1, buffer2 } of diffIndices(own, merged)) {
    keepUntil(buffer1[0]);
    at += buffer1[1];
    for (let line = 0; line < buffer2[1]; line++) kept.push(fresh);
  }
  keepUntil(own.length);
  return (
    mark + merged.map((line, index) => (index < merged.length - 1 ? line + (kept[index] ?? fresh) : line)).join('')
  );
}
