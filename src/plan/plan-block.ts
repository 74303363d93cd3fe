import { forgetBase, rememberBase } from './base-store.ts';
import { newBlockFile, readBlock, writeBlock } from './block.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';
import { conflictChanges } from './conflict-changes.ts';
import { contentHash } from './content-hash.ts';
import type { BlockEntry, UnitId } from './entry.ts';
import type { BlockRecord } from './lock-file.ts';
import { mergeText } from './merge/merge-text.ts';
import { isAskedFor, preferredSide } from './resolution.ts';
import { threeWay } from './three-way.ts';

/** One of our regions in a shared file: who wants it, and what the lock remembers of it. */
export interface WantedBlock {
  unit: UnitId;
  entry: BlockEntry;
  record: BlockRecord | undefined;
}

/** The file after one of its blocks was looked at. */
export interface BlockStep {
  text: string;
  /** Why the block was left as it is. */
  reason?: string;
  conflicts?: readonly Change[];
  /** Changes of the base store. */
  bookkeeping?: readonly Change[];
}

/** What the lock is to remember of a region. */
export interface BlockOutcome extends WantedBlock {
  next: BlockRecord;
}

export type WantedStep = BlockStep & { outcome: BlockOutcome };

/** Compares one of our regions with the disk. @param text undefined for no file */
export function planBlock(comparison: Comparison, text: string | undefined, block: WantedBlock): WantedStep {
  const { tree, resolve } = comparison;
  const { unit, entry, record } = block;
  const { path, id, contents } = entry;
  const outcome = { ...block, next: generatedBlock(entry) };
  const forget = () => forgetBase(tree, unit, { path, block: id });
  if (text === undefined) return { text: newBlockFile(entry), outcome, bookkeeping: forget() };
  const inside = readBlock(text, entry);
  if (inside === undefined && record !== undefined && !isAskedFor(resolve, path)) {
    const next = { ...record, kept: true as const };
    return { text, outcome: { ...block, next }, reason: 'our block was deleted by hand' };
  }
  const verdict = inside === undefined ? 'follow' : threeWay(inside, record?.sha256, contents);
  if (inside === undefined || verdict === 'follow')
    return { text: writeBlock(text, entry), outcome, bookkeeping: forget() };
  if (verdict === 'same') return { text, outcome };
  const remember = [rememberBase(tree, unit, { path, block: id }, contents)];
  const reason = 'our block was edited by hand';
  if (verdict === 'keep') return { text, outcome, reason, bookkeeping: remember };
  const merged = mergeBlock(comparison, block, inside);
  if (merged.conflicts.length > 0) {
    const conflicts = conflictChanges({ path, unit, ownership: 'block' }, merged.conflicts);
    return { text, outcome: { ...block, next: record ?? outcome.next }, conflicts };
  }
  if (merged.text === contents) return { text: writeBlock(text, entry), outcome, bookkeeping: forget() };
  const after = writeBlock(text, { ...entry, contents: merged.text });
  return after === text
    ? { text, outcome, reason, bookkeeping: remember }
    : { text: after, outcome, bookkeeping: remember };
}

function mergeBlock({ bases, resolve }: Comparison, { entry, record }: WantedBlock, ours: string) {
  const { path, id, contents } = entry;
  const textIn = (file: string) => readBlock(file, entry);
  const base = record && bases.find({ path, block: id, sha256: record.sha256, textIn });
  return mergeText({ base, ours, theirs: contents, prefer: preferredSide(resolve, path) });
}

export function generatedBlock({ contents }: BlockEntry): BlockRecord {
  return { sha256: contentHash(contents) };
}
