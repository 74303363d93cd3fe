import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import { newBlockFile, readBlock, writeBlock } from './block.ts';
import type { Change, ConflictChange } from './change.ts';
import { contentHash } from './content-hash.ts';
import type { BlockEntry, UnitId } from './entry.ts';
import type { BlockRecord } from './lock-file.ts';
import { presentFile } from './present-file.ts';
import { threeWay } from './three-way.ts';

/** One of our regions in a shared file: who wants it, and what the lock remembers of it. */
export interface WantedBlock {
  unit: UnitId;
  entry: BlockEntry;
  record: BlockRecord | undefined;
}

/** What the lock is to remember of a region. */
export interface BlockOutcome extends WantedBlock {
  next: BlockRecord;
}

interface BlocksOutcome {
  changes: Change[];
  blocks: BlockOutcome[];
}

/** Compares all our regions of one file with the disk. They lead to one change, or to one conflict per region. */
export function planBlocks(tree: Tree, path: RepoPath, wanted: readonly WantedBlock[]): BlocksOutcome {
  const [first] = wanted;
  if (first === undefined) return { changes: [], blocks: [] };
  const file = { path, unit: first.unit, ownership: 'block' } as const;
  const present = presentFile(tree, path);
  if (present.kind === 'binary') return refuseBinary(wanted, present.shown);
  if (present.kind === 'absent' && wanted.some((block) => block.record !== undefined)) {
    const blocks = wanted.map((block) => ({
      ...block,
      next: { ...(block.record ?? generated(block)), kept: true as const },
    }));
    return { changes: [{ action: 'kept', ...file, reason: 'deleted by hand' }], blocks };
  }
  const before = present.kind === 'text' ? present.text : undefined;
  const steps: BlockStep[] = [];
  for (const block of inInsertionOrder(wanted)) steps.push(planBlock(steps.at(-1)?.text ?? before, block));
  const conflicts = steps.flatMap((step) => step.conflict ?? []);
  const blocks = steps.map(({ block, next }) => ({ ...block, next }));
  if (conflicts.length > 0) return { changes: conflicts, blocks };
  const after = steps.at(-1)?.text ?? '';
  if (before === undefined) return { changes: [{ action: 'create', ...file, after }], blocks };
  if (before !== after) return { changes: [{ action: 'update', ...file, before, after }], blocks };
  const reason = steps.find((step) => step.reason !== undefined)?.reason;
  return {
    changes: [reason === undefined ? { action: 'same', ...file } : { action: 'kept', ...file, reason }],
    blocks,
  };
}

/** The file after one of its blocks was looked at. */
interface BlockStep {
  block: WantedBlock;
  text: string;
  next: BlockRecord;
  /** Why the block was left as it is. */
  reason?: string;
  conflict?: ConflictChange;
}

function planBlock(text: string | undefined, block: WantedBlock): BlockStep {
  const { entry, record } = block;
  const next = generated(block);
  if (text === undefined) return { block, text: newBlockFile(entry), next };
  const inside = readBlock(text, entry);
  if (inside === undefined) {
    if (record === undefined) return { block, text: writeBlock(text, entry), next };
    return { block, text, next: { ...record, kept: true }, reason: 'our block was deleted by hand' };
  }
  switch (threeWay(inside, record?.sha256, entry.contents)) {
    case 'same':
      return { block, text, next };
    case 'follow':
      return { block, text: writeBlock(text, entry), next };
    case 'keep':
      return { block, text, next, reason: 'our block was edited by hand' };
    case 'conflict':
      return { block, text, next: record ?? next, conflict: conflictOf(block, inside) };
  }
}

function refuseBinary(wanted: readonly WantedBlock[], shown: string): BlocksOutcome {
  const blocks = wanted.map((block) => ({ ...block, next: block.record ?? generated(block) }));
  return { changes: wanted.map((block) => conflictOf(block, shown)), blocks };
}

/** Regions have no base store: both values are there to see. */
function conflictOf({ unit, entry }: WantedBlock, ours: string): ConflictChange {
  return {
    action: 'conflict',
    path: entry.path,
    unit,
    ownership: 'block',
    at: [],
    base: undefined,
    ours,
    theirs: entry.contents,
  };
}

/** Each block that goes first is put above those before it: inserted in reverse, they end up in the order given. */
function inInsertionOrder(wanted: readonly WantedBlock[]): WantedBlock[] {
  const first = wanted.filter((block) => block.entry.position === 'first').reverse();
  return [...first, ...wanted.filter((block) => block.entry.position === 'last')];
}

function generated(block: WantedBlock): BlockRecord {
  return { sha256: contentHash(block.entry.contents) };
}
