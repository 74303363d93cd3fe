import { ExpectedError } from '../errors.ts';
import { generateUnits } from '../generators/generate-units.ts';
import type { Model } from '../model/model.ts';
import { unitsOf } from '../model/units.ts';
import type { Change } from '../plan/change.ts';
import { contentHash } from '../plan/content-hash.ts';
import { isGenerated, type UnitEntries, type UnitId } from '../plan/entry.ts';
import { plainText } from '../plan/line-style.ts';
import type { FileRecord, Locks, UnitLock } from '../plan/lock-file.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { stableJson } from '../plan/stable-json.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/** A generated file that is not as the model wants it. */
export interface Drift {
  path: RepoPath;
  unit: UnitId;
  /** `edited` by hand; `behind` what the model says by now; `missing` although nobody told so. */
  kind: 'edited' | 'behind' | 'missing';
  /** 1-based, where the first difference is. */
  line?: number;
}

/**
 * Compares generated files with what the model wants, as `apply --theirs` would, but for values that belong to people.
 * Units whose files, model and tool are those of the last time are not generated again.
 *
 * @throws ExpectedError as `planChanges`, where something stands in the way of any plan
 */
export function driftOf(tree: Tree, model: Model, locks: Locks, toolVersion: string): Drift[] {
  const suspects = new Set(
    unitsOf(model)
      .filter(({ unit, part }) => !isAsApplied(tree, locks.get(unit), part, toolVersion))
      .map(({ unit }) => unit),
  );
  if (suspects.size === 0) return [];
  const units = generateUnits(model, { toolVersion }).filter(({ unit }) => suspects.has(unit));
  return [...missingFiles(tree, units, locks), ...differences(tree, units, locks, toolVersion)];
}

/** Without generating anything: same model, same tool, every file still has the hash it was generated with. */
function isAsApplied(tree: Tree, lock: UnitLock | undefined, part: unknown, toolVersion: string): boolean {
  if (lock === undefined || lock.toolVersion !== toolVersion) return false;
  if (stableJson(lock.part) !== stableJson(part)) return false;
  return Object.entries(lock.files).every(([path, record]) => isUntouched(tree, path, record));
}

/** Blocks stand in files that others write in too: those are compared. */
function isUntouched(tree: Tree, path: RepoPath, record: FileRecord): boolean {
  if (record.ownership === 'sealed' || record.ownership === 'external') return true;
  if (record.ownership === 'block') return false;
  if (record.kept === true) return true;
  if (record.ownership === 'seed') return tree.kindOf(path) !== undefined;
  return hashAt(tree, path) === record.sha256;
}

function hashAt(tree: Tree, path: RepoPath): string | undefined {
  const contents = tree.kindOf(path) === undefined ? undefined : readable(tree, path);
  return contents === undefined ? undefined : contentHash(plainText(contents));
}

function readable(tree: Tree, path: RepoPath): string | undefined {
  try {
    const contents = tree.read(path);
    return typeof contents === 'string' ? contents : undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

function missingFiles(tree: Tree, units: readonly UnitEntries[], locks: Locks): Drift[] {
  return units.flatMap(({ unit, entries }) =>
    entries.filter(isGenerated).flatMap(({ path }) => {
      const record = locks.get(unit)?.files[path];
      const isKept = record !== undefined && 'kept' in record && record.kept === true;
      const isMissing = record !== undefined && !isKept && tree.kindOf(path) === undefined;
      return isMissing ? [{ path, unit, kind: 'missing' as const }] : [];
    }),
  );
}

function differences(tree: Tree, units: readonly UnitEntries[], locks: Locks, toolVersion: string): Drift[] {
  const { changes } = planChanges({
    units,
    tree,
    locks: asGenerated(tree, locks),
    toolVersion,
    resolve: { theirs: true },
  });
  return changes.flatMap((change): Drift[] => {
    const { path, unit } = change;
    if (!isDifference(change) || tree.kindOf(path) === undefined) return [];
    const record = locks.get(unit)?.files[path];
    const isEdited = record?.ownership === 'managed' && hashAt(tree, path) !== record.sha256;
    const line = change.action === 'update' ? firstDifference(change.before, change.after) : undefined;
    return [{ path, unit, kind: isEdited ? 'edited' : 'behind', ...(line !== undefined && { line }) }];
  });
}

function isDifference({ action, ownership }: Change): boolean {
  return action === 'update' && (ownership === 'managed' || ownership === 'block');
}

/** As if what is there had been generated: then the comparison leaves to people only what is theirs. */
function asGenerated(tree: Tree, locks: Locks): Locks {
  return new Map(
    [...locks].map(([unit, lock]) => {
      const files = Object.entries(lock.files).map(([path, record]): [RepoPath, FileRecord] => {
        const sha256 = record.ownership === 'managed' ? hashAt(tree, path) : undefined;
        return [path, record.ownership === 'managed' && sha256 !== undefined ? { ...record, sha256 } : record];
      });
      return [unit, { ...lock, files: Object.fromEntries(files) }];
    }),
  );
}

function firstDifference(before: string, after: string): number {
  const [one, other] = [before.split('\n'), after.split('\n')];
  const row = one.findIndex((line, index) => line !== other[index]);
  return row === -1 ? one.length : row + 1;
}
