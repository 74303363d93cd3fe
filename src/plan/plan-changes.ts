import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';
import type { Change } from './change.ts';
import { dropReferences } from './drop-references.ts';
import type { UnitEntries, UnitId } from './entry.ts';
import type { Locks } from './lock-file.ts';
import { isWrite, type Plan } from './plan.ts';
import { planEntries } from './plan-entries.ts';
import { filesByUnit, planRepositoryLock, planUnitLock, type Remembered } from './plan-locks.ts';
import { planObsolete } from './plan-obsolete.ts';
import { planRemoved } from './plan-removed.ts';
import { planOtherSealed, type Sealing } from './plan-sealed.ts';
import { type BaseSources, baseLookup, type MissingBase } from './pristine-base.ts';
import { refuseCollisions } from './refuse-collisions.ts';
import { refuseObstacles } from './refuse-obstacles.ts';
import type { Resolution } from './resolution.ts';

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
  /** Where pristine bases may be found besides the disk and the base store. */
  bases?: BaseSources;
  /** `--ours`, `--theirs` */
  resolve?: Resolution;
  /** Ciphertext that the command wants written, by path, of declared files or any other. */
  sealed?: ReadonlyMap<RepoPath, string>;
  /** Encrypted files that the command wants deleted. */
  unsealed?: ReadonlySet<RepoPath>;
  /** Units that are to be no more, none of `units`: their files go as far as nobody touched them, and their locks. */
  removed?: ReadonlySet<UnitId>;
}

export interface ComparedPlan extends Plan {
  /**
   * Bases that were needed and not found: their files were compared two ways. When there are any, look for them in
   * git's history and plan again with what was found as `bases.blobs`.
   */
  missingBases: readonly MissingBase[];
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
export function planChanges(request: PlanRequest): ComparedPlan {
  const { units, tree, locks, toolVersion, model, resolve = {} } = request;
  refuseCollisions(units);
  const bases = baseLookup(tree, request.bases ?? {});
  const sealing: Sealing = { sealed: request.sealed ?? new Map(), unsealed: request.unsealed ?? new Set() };
  const { changes: own, remembered } = planEntries({ tree, bases, resolve }, units, locks, sealing);
  const others = [
    ...planOtherSealed(tree, units, locks, sealing),
    ...planUnwanted(request, wantedBesides(request, sealing)),
  ];
  const changes = dropReferences(tree, [...own, ...others]);
  remembered.push(...others.filter((change) => isStillSealed(change, locks)).map(rememberSealed));
  if (model !== undefined) changes.push(modelChange(model));
  const files = filesByUnit(remembered);
  for (const { unit, part } of units) {
    changes.push(planUnitLock(tree, locks, { unit, toolVersion, part, files: files.get(unit) ?? {} }));
  }
  changes.push(planRepositoryLock(tree, toolVersion, changes.some(isWrite)));
  refuseObstacles(tree, changes.filter(isWrite));
  return { changes: changes.sort((one, other) => (one.path < other.path ? -1 : 1)), missingBases: bases.missing };
}

/** What the units of this plan no longer want, and what removed ones had, where no other unit has it either. */
function planUnwanted(
  { units, tree, locks, resolve = {}, removed = new Set() }: PlanRequest,
  wanted: ReadonlySet<RepoPath>,
): Change[] {
  const isWanted = (path: RepoPath) => wanted.has(path);
  const lockOf = (unit: UnitId) => locks.get(unit) ?? [];
  return [
    ...units.flatMap(({ unit }) => lockOf(unit)).flatMap((lock) => planObsolete({ tree, resolve }, lock, isWanted)),
    ...[...removed].flatMap(lockOf).flatMap((lock) => planRemoved({ tree, resolve }, lock, isWanted)),
  ];
}

function wantedBesides({ units, locks, removed }: PlanRequest, { sealed, unsealed }: Sealing): Set<RepoPath> {
  const planned = new Set(units.map(({ unit }) => unit));
  const declared = units.flatMap(({ entries }) => entries.map((entry) => entry.path));
  const wanted = new Set([...declared, ...sealed.keys(), ...unsealed]);
  for (const lock of locks.values()) {
    if (planned.has(lock.unit) || removed?.has(lock.unit)) continue;
    for (const path of Object.keys(lock.files)) wanted.add(path);
  }
  return wanted;
}

/** An encrypted file that nothing declares any more is known as ours as long as it is there. */
function isStillSealed({ action, ownership, unit, path }: Change, locks: Locks): boolean {
  return ownership === 'sealed' && action !== 'delete' && locks.get(unit)?.files[path] !== undefined;
}

function rememberSealed({ unit, path }: Change): Remembered {
  return { unit, path, record: { ownership: 'sealed' } };
}

function modelChange({ path, before, after }: ModelText): Change {
  const file = { path, unit: 'repository', ownership: 'model' } as const;
  if (before === undefined) return { action: 'create', ...file, after };
  return before === after ? { action: 'same', ...file } : { action: 'update', ...file, before, after };
}
