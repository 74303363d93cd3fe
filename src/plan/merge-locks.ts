import type { UnitEntries, UnitId } from './entry.ts';
import type { FileRecord, Locks, UnitLock } from './lock-file.ts';
import { stableJson } from './stable-json.ts';

/** The locks of two branches, and of the commit where they parted. */
export interface BranchLocks {
  base: Locks;
  ours: Locks;
  theirs: Locks;
}

/**
 * The locks of both branches together, unit by unit and file by file: the side that changed. What both changed is
 * as ours has it; what one of them no longer has is gone.
 * @param units of the merged model, for their parts
 */
export function mergeLocks(locks: BranchLocks, units: readonly UnitEntries[]): Map<UnitId, UnitLock> {
  const parts = new Map(units.map(({ unit, part }) => [unit, part]));
  const merged = new Map<UnitId, UnitLock>();
  for (const unit of new Set([...locks.ours.keys(), ...locks.theirs.keys()])) {
    const [base, ours, theirs] = [locks.base.get(unit), locks.ours.get(unit), locks.theirs.get(unit)];
    const lock = changed(base, ours, theirs);
    if (lock === undefined) continue;
    const paths = new Set([...Object.keys(ours?.files ?? {}), ...Object.keys(theirs?.files ?? {})]);
    const files: Record<string, FileRecord> = {};
    for (const path of paths) {
      const record = changed(base?.files[path], ours?.files[path], theirs?.files[path]);
      if (record !== undefined) files[path] = record;
    }
    merged.set(unit, { ...lock, part: parts.get(unit) ?? lock.part, files });
  }
  return merged;
}

/** The version of the side that changed; ours where both did. */
function changed<Value>(base: Value | undefined, ours: Value | undefined, theirs: Value | undefined) {
  return stableJson(base ?? null) === stableJson(ours ?? null) ? theirs : ours;
}
