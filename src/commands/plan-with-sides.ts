import { readBlock } from '../plan/block.ts';
import { contentHash } from '../plan/content-hash.ts';
import type { Entry, UnitId } from '../plan/entry.ts';
import { plainText } from '../plan/line-style.ts';
import type { FileRecord, Locks, UnitLock } from '../plan/lock-file.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlanRequest, planChanges } from '../plan/plan-changes.ts';
import { presentFile } from '../plan/present-file.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { ChosenSides, Side } from './sides.ts';

/**
 * The plan, with conflicts settled as the person chose. A side is chosen by telling the comparison another past:
 * with `ours` the wanted text is what was generated last, so that only the person has changed it since; with `theirs`
 * the present text is, so that only the model has.
 */
export function planWithSides(request: PlanRequest, { named, others }: ChosenSides): Plan {
  const sides = new Map<RepoPath, Side>(named);
  if (others !== undefined)
    for (const { action, path } of planChanges(request).changes)
      if (action === 'conflict' && !sides.has(path)) sides.set(path, others);
  return planChanges(sides.size === 0 ? request : { ...request, locks: withOtherPast(request, sides) });
}

function withOtherPast({ units, locks, tree }: PlanRequest, sides: ReadonlyMap<RepoPath, Side>): Locks {
  const changed = new Map<UnitId, UnitLock>(locks);
  for (const { unit, part, entries } of units)
    for (const entry of entries) {
      const side = sides.get(entry.path);
      if (side === undefined) continue;
      const lock = changed.get(unit) ?? { unit, toolVersion: '', part, files: {} };
      const { [entry.path]: before, ...others } = lock.files;
      const record = pastRecord(tree, entry, side, before);
      changed.set(unit, { ...lock, files: record === undefined ? others : { ...others, [entry.path]: record } });
    }
  return changed;
}

/** Undefined for a file or block that is gone and shall come back: then it was never there. */
function pastRecord(tree: Tree, entry: Entry, side: Side, before: FileRecord | undefined): FileRecord | undefined {
  const past = side === 'ours' ? entry.contents : presentText(tree, entry);
  if (past === undefined) return undefined;
  const sha256 = contentHash(past);
  if (entry.kind === 'file') return { ownership: entry.ownership, sha256 };
  const blocks = before?.ownership === 'block' ? before.blocks : {};
  return { ownership: 'block', blocks: { ...blocks, [entry.id]: { sha256 } } };
}

function presentText(tree: Tree, entry: Entry): string | undefined {
  const present = presentFile(tree, entry.path);
  if (present.kind !== 'text') return undefined;
  return entry.kind === 'file' ? plainText(present.text) : readBlock(present.text, entry);
}
