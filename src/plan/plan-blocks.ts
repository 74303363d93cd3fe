import type { RepoPath } from '../tree/repo-path.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';
import { conflictChanges } from './conflict-changes.ts';
import { dropBlock, type UnwantedBlock } from './drop-block.ts';
import { type BlockOutcome, type BlockStep, generatedBlock, planBlock, type WantedBlock } from './plan-block.ts';
import { presentFile } from './present-file.ts';
import { isAskedFor } from './resolution.ts';

/** Our regions of one shared file, whoever wants them. */
export interface BlocksOfFile {
  path: RepoPath;
  wanted: readonly WantedBlock[];
  unwanted: readonly UnwantedBlock[];
}

interface BlocksOutcome {
  changes: Change[];
  blocks: BlockOutcome[];
}

/** Compares all our regions of one file with the disk. They lead to one change, or to conflicts. */
export function planBlocks(comparison: Comparison, { path, wanted, unwanted }: BlocksOfFile): BlocksOutcome {
  const unit = [...wanted, ...unwanted][0]?.unit;
  if (unit === undefined) return { changes: [], blocks: [] };
  const file = { path, unit, ownership: 'block' } as const;
  const present = presentFile(comparison.tree, path);
  if (present.kind === 'binary') return refuseBinary(wanted, present.shown);
  if (present.kind === 'absent' && wanted.length === 0) return { changes: [], blocks: [] };
  const wasThere = wanted.some((block) => block.record !== undefined) && !isAskedFor(comparison.resolve, path);
  if (present.kind === 'absent' && wasThere)
    return { changes: [{ action: 'kept', ...file, reason: 'deleted by hand' }], blocks: wanted.map(deletedBlock) };
  const before = present.kind === 'text' ? present.text : undefined;
  const { text: after, steps, blocks } = walk(comparison, before, { path, wanted, unwanted });
  const conflicts = steps.flatMap((step) => step.conflicts ?? []);
  if (conflicts.length > 0) return { changes: conflicts, blocks };
  const changes = fileChange(file, before, after, steps).filter(({ action }) => action !== 'same' || wanted.length > 0);
  return { changes: [...changes, ...steps.flatMap((step) => step.bookkeeping ?? [])], blocks };
}

/** Looks at one block after the other, each in the text that those before it made. */
function walk(
  comparison: Comparison,
  before: string | undefined,
  { path, wanted, unwanted }: BlocksOfFile,
): { text: string | undefined; steps: BlockStep[]; blocks: BlockOutcome[] } {
  const steps: BlockStep[] = [];
  const blocks: BlockOutcome[] = [];
  let text = before;
  for (const block of before === undefined ? [] : unwanted) {
    const step = dropBlock(comparison, path, text ?? '', block);
    steps.push(step);
    text = step.text;
  }
  for (const block of inInsertionOrder(wanted)) {
    const { outcome, ...step } = planBlock(comparison, text, block);
    steps.push(step);
    blocks.push(outcome);
    text = step.text;
  }
  return { text, steps, blocks };
}

/** A file that held nothing but what goes, goes too. */
function fileChange(
  file: Pick<Change, 'path' | 'unit'> & { ownership: 'block' },
  before: string | undefined,
  after: string | undefined,
  steps: readonly BlockStep[],
): Change[] {
  if (before === undefined) return [{ action: 'create', ...file, after: after ?? '' }];
  if (before !== after && after?.trim() === '') return [{ action: 'delete', ...file, before }];
  if (before !== after) return [{ action: 'update', ...file, before, after: after ?? '' }];
  const reason = steps.find((step) => step.reason !== undefined)?.reason;
  return [reason === undefined ? { action: 'same', ...file } : { action: 'kept', ...file, reason }];
}

function deletedBlock(block: WantedBlock): BlockOutcome {
  return { ...block, next: { ...(block.record ?? generatedBlock(block.entry)), kept: true } };
}

function refuseBinary(wanted: readonly WantedBlock[], shown: string): BlocksOutcome {
  const changes = wanted.flatMap(({ unit, entry: { path, contents } }) =>
    conflictChanges({ path, unit, ownership: 'block' }, [
      { at: [], base: undefined, ours: shown, theirs: contents, isText: true },
    ]),
  );
  const blocks = wanted.map((block) => ({ ...block, next: block.record ?? generatedBlock(block.entry) }));
  return { changes, blocks };
}

/** Each block that goes first is put above those before it: inserted in reverse, they end up in the order given. */
function inInsertionOrder(wanted: readonly WantedBlock[]): WantedBlock[] {
  const first = wanted.filter((block) => block.entry.position === 'first').reverse();
  return [...first, ...wanted.filter((block) => block.entry.position === 'last')];
}
