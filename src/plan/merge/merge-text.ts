import { diff3MergeRegions, diffIndices } from 'node-diff3';
import { type LineEnding, lineEndingOf, plainText } from '../line-style.ts';
import type { MergeConflict, MergeResult, Side } from './merge-result.ts';
import { segmentsOf } from './text-segments.ts';

/** A text in three versions; `base` is undefined when nobody knows it. */
export interface TextVersions {
  base: string | undefined;
  ours: string;
  theirs: string;
}

type Lines = readonly string[];

/** Lines that both changed, differently. */
interface Contested {
  base: Lines | undefined;
  ours: Lines;
  theirs: Lines;
}

/** What comes of lines that both changed; without either they are a conflict. */
interface Settling {
  /** Whose lines are taken. */
  prefer?: Side | undefined;
  /** For lines that both put at one place, where there were none. Lines beside changed ones are no conflict then. */
  together?: Together | undefined;
}

type Together = (ours: Lines, theirs: Lines) => Lines;

/** Comparing two stretches costs that many steps at most; beyond, they are one change. */
const mostComparisons = 1_000_000;

/**
 * Merges text line by line. Lines of ours keep their line endings, new ones get that of the first line.
 * Without a base every difference is a conflict.
 */
export function mergeText({ base, ours, theirs, prefer, together }: TextVersions & Settling): MergeResult {
  const own = linesOf(ours);
  const found = base === undefined ? compare(own, linesOf(theirs)) : mergeLines(own, linesOf(base), linesOf(theirs));
  const parts =
    together === undefined ? found : found.map((part) => ('ours' in part ? sideBySide(part, together) : part));
  const merged = parts.flatMap((part) => ('ours' in part ? (prefer === 'theirs' ? part.theirs : part.ours) : part));
  const contested = prefer === undefined ? parts.filter((part) => 'ours' in part) : [];
  const conflicts = contested.map(
    (part): MergeConflict => ({
      at: [],
      base: part.base?.join('\n'),
      ours: part.ours.join('\n'),
      theirs: part.theirs.join('\n'),
      isText: true,
    }),
  );
  return { text: withEndingsOf(ours, own, merged), conflicts };
}

/** Lines put at one place by both, or beside lines that the other changed; any other conflict as it was. */
function sideBySide(contested: Contested, together: Together): Lines | Contested {
  const { base: old, ours, theirs } = contested;
  if (old === undefined) return contested;
  if (old.length === 0) return together(ours, theirs);
  const beside = (kept: Lines, changed: Lines) => {
    if (sameLines(kept.slice(0, old.length), old)) return [...changed, ...kept.slice(old.length)];
    if (sameLines(kept.slice(-old.length), old)) return [...kept.slice(0, -old.length), ...changed];
    return undefined;
  };
  return beside(ours, theirs) ?? beside(theirs, ours) ?? contested;
}

function mergeLines(ours: Lines, base: Lines, theirs: Lines): (Lines | Contested)[] {
  return segmentsOf([ours, base, theirs]).flatMap(([own = [], old = [], wanted = []]): (Lines | Contested)[] => {
    if (sameLines(own, wanted) || sameLines(old, wanted)) return [own];
    if (sameLines(old, own)) return [wanted];
    if (comparisons(old, own) + comparisons(old, wanted) > mostComparisons)
      return [{ base: old, ours: own, theirs: wanted }];
    return diff3MergeRegions([...own], [...old], [...wanted]).map((region) => {
      if (region.stable) return region.bufferContent;
      if (sameLines(region.aContent, region.bContent)) return region.aContent;
      return { base: region.oContent, ours: region.aContent, theirs: region.bContent };
    });
  });
}

/** Two versions: what both have, and what differs. */
function compare(ours: Lines, theirs: Lines): (Lines | Contested)[] {
  return segmentsOf([ours, theirs]).flatMap(([own = [], wanted = []]): (Lines | Contested)[] => {
    if (sameLines(own, wanted)) return [own];
    if (comparisons(own, wanted) > mostComparisons) return [{ base: undefined, ours: own, theirs: wanted }];
    const parts: (Lines | Contested)[] = [];
    let at = 0;
    for (const { buffer1, buffer1Content, buffer2Content } of diffIndices([...own], [...wanted])) {
      parts.push(own.slice(at, buffer1[0]), { base: undefined, ours: buffer1Content, theirs: buffer2Content });
      at = buffer1[0] + buffer1[1];
    }
    return [...parts, own.slice(at)];
  });
}

function linesOf(text: string): string[] {
  return plainText(text).split('\n');
}

function sameLines(one: Lines, other: Lines): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/** How many pairs of equal lines two stretches have, at least one per line. */
function comparisons(one: Lines, other: Lines): number {
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  return other.reduce((sum, line) => sum + (counts.get(line) ?? 0), one.length + other.length);
}

/** The merged lines, those that ours has too with the endings they have there; and the byte order mark of ours. */
function withEndingsOf(ours: string, own: Lines, merged: Lines): string {
  const mark = ours.startsWith('\uFEFF') ? '\uFEFF' : '';
  const fresh = lineEndingOf(ours);
  const endings = [...ours.matchAll(/\r?\n/g)].map(([ending]): LineEnding => (ending === '\n' ? '\n' : '\r\n'));
  if (endings.every((ending) => ending === fresh)) return mark + merged.join(fresh);
  const kept: LineEnding[] = [];
  let at = 0;
  for (const part of compare(own, merged)) {
    if ('ours' in part) {
      at += part.ours.length;
      kept.push(...part.theirs.map(() => fresh));
    } else for (const _ of part) kept.push(endings[at++] ?? fresh);
  }
  return (
    mark + merged.map((line, index) => (index === merged.length - 1 ? line : line + (kept[index] ?? fresh))).join('')
  );
}
