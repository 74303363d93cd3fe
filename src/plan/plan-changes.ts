import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Change } from './change.ts';
import type { UnitEntries } from './entry.ts';
import type { Locks } from './lock-file.ts';
import { isWrite, type Plan } from './plan.ts';
import { planEntries } from './plan-entries.ts';
import { filesByUnit, planRepositoryLock, planUnitLock } from './plan-locks.ts';
import { planObsolete } from './plan-obsolete.ts';
import { refuseCollisions } from './refuse-collisions.ts';
import { refuseObstacles } from './refuse-obstacles.ts';

export interface PlanRequest {
  /** Every unit whose files are to be compared; the others are left alone. */
  units: readonly UnitEntries[];
  /** What is there. */
  tree: Tree;
  /** What was generated last: at least the locks of `units`, where they have one. */
  locks: Locks;
  /** The running version, for the locks. */
  toolVersion: string;
  /** The model file, when the command writes it. The edit is the command's own: it is not compared with anything. */
  model?: ModelText;
}

export interface ModelText {
  path: RepoPath;
  /** Byte for byte what the command read and edited; undefined for no file. Writing refuses anything else. */
  before: string | undefined;
  after: string;
}

/**
 * Compares what is wanted with what is there and with what was generated last. Reads the tree, writes nothing.
 * @throws ExpectedError when something stands in the way, or a block's markers are broken
 */
export function planChanges({ units, tree, locks, toolVersion, model }: PlanRequest): Plan {
  refuseCollisions(units);
  const { changes, remembered } = planEntries(units, tree, locks);
  changes.push(...planUnwanted(units, tree, locks));
  if (model !== undefined) changes.push(modelChange(model));
  const files = filesByUnit(remembered);
  for (const { unit, part } of units) {
    changes.push(planUnitLock(tree, locks, { unit, toolVersion, part, files: files.get(unit) ?? {} }));
  }
  changes.push(planRepositoryLock(tree, toolVersion, changes.some(isWrite)));
  refuseObstacles(tree, changes.filter(isWrite));
  return { changes: changes.sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

/** What the units of this plan no longer want, and no other unit has either. */
function planUnwanted(units: readonly UnitEntries[], tree: Tree, locks: Locks): Change[] {
  const planned = new Set(units.map(({ unit }) => unit));
  const wanted = new Set(units.flatMap(({ entries }) => entries.map((entry) => entry.path)));
  for (const lock of locks.values()) {
    if (!planned.has(lock.unit)) for (const path of Object.keys(lock.files)) wanted.add(path);
  }
  return units.flatMap(({ unit }) => {
    const lock = locks.get(unit);
    return lock === undefined ? [] : planObsolete(tree, lock, (path) => wanted.has(path));
  });
}

function modelChange({ path, before, after }: ModelText): Change {
  const file = { path, unit: 'repository', ownership: 'model' } as const;
  if (before === undefined) return { action: 'create', ...file, after };
  return before === after ? { action: 'same', ...file } : { action: 'update', ...file, before, after };
}
