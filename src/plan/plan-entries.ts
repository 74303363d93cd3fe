import type { RepoPath } from '../tree/repo-path.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';
import type { UnwantedBlock } from './drop-block.ts';
import type { UnitEntries } from './entry.ts';
import type { Locks } from './lock-file.ts';
import { lockedFiles } from './locked-files.ts';
import type { WantedBlock } from './plan-block.ts';
import { planBlocks } from './plan-blocks.ts';
import { planFile } from './plan-file.ts';
import type { Remembered } from './plan-locks.ts';
import { planSealed, type Sealing } from './plan-sealed.ts';

/** Compares everything that is wanted, file by file; the blocks of one file together, whoever wants them. */
export function planEntries(
  comparison: Comparison,
  units: readonly UnitEntries[],
  locks: Locks,
  sealed: Sealing,
): { changes: Change[]; remembered: Remembered[] } {
  const locked = lockedFiles(locks);
  const changes: Change[] = [];
  const remembered: Remembered[] = [];
  const shared = new Map<RepoPath, WantedBlock[]>();
  for (const { unit, entries } of units) {
    for (const entry of entries) {
      const { path } = entry;
      if (entry.kind === 'sealed') {
        changes.push(planSealed(comparison.tree, unit, path, sealed));
        remembered.push({ unit, path, record: { ownership: 'sealed' } });
      } else if (entry.kind === 'block') {
        const block: WantedBlock = { unit, entry, record: locked.block(path, entry.id) };
        shared.set(path, [...(shared.get(path) ?? []), block]);
      } else {
        const outcome = planFile(comparison, unit, entry, locked.file(path));
        changes.push(...outcome.changes);
        remembered.push({ unit, path, record: outcome.record });
      }
    }
  }
  const unwanted = unwantedBlocks(units, locks);
  for (const path of new Set([...shared.keys(), ...unwanted.keys()])) {
    const blocks = { path, wanted: shared.get(path) ?? [], unwanted: unwanted.get(path) ?? [] };
    const outcome = planBlocks(comparison, blocks);
    changes.push(...outcome.changes);
    for (const { unit, entry, next } of outcome.blocks) {
      remembered.push({ unit, path, record: { ownership: 'block', blocks: { [entry.id]: next } } });
    }
  }
  return { changes, remembered };
}

/** Blocks that the units of this plan had, want no longer, and no other unit has either; by path. */
function unwantedBlocks(units: readonly UnitEntries[], locks: Locks): Map<RepoPath, UnwantedBlock[]> {
  const planned = new Set(units.map(({ unit }) => unit));
  const taken = new Set<string>();
  for (const { entries } of units)
    for (const entry of entries) taken.add(entry.kind === 'block' ? key(entry.path, entry.id) : entry.path);
  const blocks = [...locks.values()].flatMap(({ unit, files }) =>
    Object.entries(files).flatMap(([path, record]) =>
      record.ownership !== 'block'
        ? []
        : Object.entries(record.blocks).map(([id, blockRecord]) => ({ path, unit, id, record: blockRecord })),
    ),
  );
  for (const { path, unit, id } of blocks) if (!planned.has(unit)) taken.add(key(path, id));
  const unwanted = new Map<RepoPath, UnwantedBlock[]>();
  for (const { path, ...block } of blocks) {
    if (taken.has(key(path, block.id)) || taken.has(path)) continue;
    unwanted.set(path, [...(unwanted.get(path) ?? []), block]);
  }
  return unwanted;
}

function key(path: RepoPath, id: string): string {
  return `${path}#${id}`;
}
