import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Change } from './change.ts';
import type { UnitId } from './entry.ts';
import {
  type FileRecord,
  formatVersion,
  type Locks,
  type RepositoryLock,
  repositoryLockPath,
  type UnitLock,
  unitLockPath,
} from './lock-file.ts';
import { bookkeepingChange } from './present-file.ts';
import { stableJson } from './stable-json.ts';

/** Something a unit's lock is to remember. */
export interface Remembered {
  unit: UnitId;
  path: RepoPath;
  record: FileRecord;
}

/**
 * The change to a unit's lock file. A new version of ours that generates the same writes no new lock: else every upgrade
 * would touch every unit. Nor do files that somebody deleted: that is noted with the next change of the unit.
 */
export function planUnitLock(tree: Tree, locks: Locks, next: UnitLock): Change {
  const previous = locks.get(next.unit);
  const isSame =
    previous !== undefined &&
    stableJson(withoutMarks({ ...previous, toolVersion: next.toolVersion })) === stableJson(withoutMarks(next));
  const file = { path: unitLockPath(next.unit), unit: next.unit, ownership: 'lock' as const };
  return bookkeepingChange(tree, file, stableJson(isSame ? previous : next));
}

function withoutMarks({ files, ...lock }: UnitLock): unknown {
  const unmarked = <Marked extends object>({ kept: _, ...record }: Marked & { kept?: true }) => record;
  const plain = Object.entries(files).map(([path, record]) => {
    if (record.ownership !== 'block') return [path, unmarked(record)];
    return [path, Object.entries(record.blocks).map(([id, block]) => [id, unmarked(block)])];
  });
  return { ...lock, files: Object.fromEntries(plain) };
}

/** The change to `.flux-repo/lock.json`: a version is noted when it changes anything at all. */
export function planRepositoryLock(tree: Tree, toolVersion: string, changesAnything: boolean): Change {
  const lock: RepositoryLock = { formatVersion, toolVersion };
  const file = { path: repositoryLockPath, unit: 'repository', ownership: 'lock' } as const;
  const change = bookkeepingChange(tree, file, stableJson(lock));
  return changesAnything || change.action === 'create' ? change : { action: 'same', ...file };
}

/** The files of each unit's lock; blocks of one file are one record. */
export function filesByUnit(remembered: readonly Remembered[]): Map<UnitId, UnitLock['files']> {
  const units = new Map<UnitId, UnitLock['files']>();
  for (const { unit, path, record } of remembered) {
    const files = units.get(unit) ?? {};
    const known = files[path];
    const isMore = known?.ownership === 'block' && record.ownership === 'block';
    files[path] = isMore ? { ownership: 'block', blocks: { ...known.blocks, ...record.blocks } } : record;
    units.set(unit, files);
  }
  return units;
}
