import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Change } from './change.ts';
import type { UnitEntries } from './entry.ts';
import type { Locks } from './lock-file.ts';
import { lockedFiles } from './locked-files.ts';
import { planBlocks, type WantedBlock } from './plan-blocks.ts';
import { planFile } from './plan-file.ts';
import type { Remembered } from './plan-locks.ts';

/** Compares everything that is wanted, file by file; the blocks of one file together, whoever wants them. */
export function planEntries(
  units: readonly UnitEntries[],
  tree: Tree,
  locks: Locks,
): { changes: Change[]; remembered: Remembered[] } {
  const locked = lockedFiles(locks);
  const changes: Change[] = [];
  const remembered: Remembered[] = [];
  const shared = new Map<RepoPath, WantedBlock[]>();
  for (const { unit, entries } of units) {
    for (const entry of entries) {
      const { path } = entry;
      if (entry.kind === 'block') {
        const block: WantedBlock = { unit, entry, record: locked.block(path, entry.id) };
        shared.set(path, [...(shared.get(path) ?? []), block]);
      } else {
        const outcome = planFile(tree, unit, entry, locked.file(path));
        changes.push(...outcome.changes);
        remembered.push({ unit, path, record: outcome.record });
      }
    }
  }
  for (const [path, wanted] of shared) {
    const outcome = planBlocks(tree, path, wanted);
    changes.push(...outcome.changes);
    for (const { unit, entry, next } of outcome.blocks) {
      remembered.push({ unit, path, record: { ownership: 'block', blocks: { [entry.id]: next } } });
    }
  }
  return { changes, remembered };
}
