import { readBlock, removeBlock, writeBlock } from '../block.ts';
import type { BlockEntry } from '../entry.ts';
import { type BranchText, mergeBranches } from './merge-branches.ts';
import type { MergeConflict, MergeResult, Side } from './merge-result.ts';
import { mergeText } from './merge-text.ts';

/** A shared file in its versions. */
export interface BlockFileVersions {
  base: string | undefined;
  ours: string;
  theirs: string;
}

/**
 * Merges a file in which we have regions: each region around what the merged model wants there, then the people's
 * lines, with the same region in every version.
 * @param generatedBy what a version's branch generated last into a region
 * @throws ExpectedError (exit code 3) for broken markers
 */
export function mergeBlockFile(
  versions: BlockFileVersions,
  entries: readonly BlockEntry[],
  generatedBy: (side: keyof BlockFileVersions, entry: BlockEntry) => string | undefined,
  prefer: Side | undefined,
): MergeResult {
  const conflicts: MergeConflict[] = [];
  const texts = { ...versions };
  for (const entry of entries) {
    const inside = (side: keyof BlockFileVersions): BranchText | undefined => {
      const text = versions[side] === undefined ? undefined : readBlock(versions[side], entry);
      return text === undefined ? undefined : { text, generated: generatedBy(side, entry) };
    };
    const [base, ours, theirs] = [inside('base'), inside('ours'), inside('theirs')];
    const isGone = base !== undefined && (ours === undefined || theirs === undefined);
    let write = (text: string) => (isGone ? removeBlock(text, entry) : writeBlock(text, entry));
    if (ours !== undefined && theirs !== undefined) {
      const merge = { path: `${entry.path}#${entry.id}`, base, ours, theirs, wanted: entry.contents, prefer };
      const merged = mergeBranches(merge);
      conflicts.push(...merged.conflicts);
      write = (text) => writeBlock(text, { ...entry, contents: merged.text });
    }
    texts.ours = write(texts.ours);
    texts.theirs = write(texts.theirs);
    if (texts.base !== undefined) texts.base = write(texts.base);
  }
  const around = mergeText({ ...texts, prefer });
  return { text: around.text, conflicts: [...conflicts, ...around.conflicts] };
}
