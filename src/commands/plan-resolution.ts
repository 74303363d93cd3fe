import type { Io } from '../cli/io.ts';
import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import { basePath } from '../plan/base-store.ts';
import { readBlock } from '../plan/block.ts';
import { contentHash } from '../plan/content-hash.ts';
import { type GeneratedEntry, isGenerated, type UnitEntries, type UnitId } from '../plan/entry.ts';
import {
  type BlockRecord,
  type FileRecord,
  type Locks,
  type UnitLock,
  unitLockPath,
  type WholeFileRecord,
} from '../plan/lock-file.ts';
import { mergeLocks } from '../plan/merge-locks.ts';
import type { Plan } from '../plan/plan.ts';
import { preferredSide, type Resolution } from '../plan/resolution.ts';
import { stableJson } from '../plan/stable-json.ts';
import { overlayTree } from '../tree/overlay-tree.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { type BranchBases, branchBases } from './branch-bases.ts';
import type { ConflictedRepository } from './conflicted-repository.ts';
import { appliedIfKnown } from './last-applied.ts';
import { type MergedFiles, mergeFiles } from './merge-files.ts';
import { type MergedModels, mergeModels } from './merge-models.ts';
import { onDisk } from './on-disk.ts';
import type { OpenRepository } from './open-repository.ts';
import { orphanedSecrets } from './orphaned-secrets.ts';
import { planWithBases } from './plan-with-bases.ts';
import { refuseRemovedUnits } from './refuse-removed-units.ts';
import type { SealedConflict } from './sealed-conflicts.ts';
import { resolutionOf, type Sides } from './sides.ts';
import { modelPath } from './target-folder.ts';

/** How a merge that git could not finish is to end. */
export interface PlannedResolution {
  /** Against the work tree, where unmerged files have git's markers. */
  plan: Plan;
  /** The merged repository; undefined while its model is in conflict. */
  opened: OpenRepository | undefined;
  /** Unmerged files that are in the plan, or are right as they stand. */
  resolved: readonly RepoPath[];
  /** Unmerged files that are not ours. */
  left: readonly RepoPath[];
  /** Those of them that are encrypted. */
  sealed: readonly SealedConflict[];
  executable: readonly RepoPath[];
  /** Somebody edited the model and did not apply that yet. */
  isPending: boolean;
}

/** Merges the models, then every unmerged file of ours, then brings to date what follows from the merged model. */
export async function planResolution(
  io: Io,
  repository: ConflictedRepository,
  sides: Sides,
): Promise<PlannedResolution> {
  const { root, unmerged, branches } = repository;
  const locked = [branches.ours, branches.theirs].flatMap(({ locks }) =>
    [...locks.values()].flatMap(({ files }) => Object.keys(files)),
  );
  const resolution = resolutionOf(sides, [modelPath, ...unmerged.keys(), ...locked], { root, cwd: io.cwd });
  const models = mergeModels(repository, preferredSide(resolution, modelPath));
  if ('conflicts' in models) {
    const nothing = { opened: undefined, resolved: [], left: [], sealed: [], executable: [], isPending: false };
    return { plan: { changes: models.conflicts }, ...nothing };
  }
  const units = generateUnits(models.wanted, { toolVersion: version });
  const bases = branchBases(repository);
  const unsealed = orphanedSecrets([branches.ours, branches.theirs], models.wanted);
  const files = mergeFiles(repository, bases, { units, unsealed }, resolution);
  const opened = mergedRepository(repository, models, files, units);
  const touched = touchedUnits(repository, opened, units);
  const removed = new Set(removedUnits(repository, units).keys());
  const plan = await planFollowing(io, {
    repository,
    opened,
    models,
    units: touched,
    removed,
    unsealed,
    bases,
    files,
    resolution,
  });
  return {
    plan: onDisk({ changes: [...plan.changes, ...files.conflicts] }, repository.disk, files.texts),
    opened,
    resolved: [...unmerged.keys()].filter((path) => !files.left.includes(path)),
    left: files.left,
    sealed: files.sealed,
    executable: units.flatMap(({ entries }) =>
      entries.filter((entry) => entry.kind === 'file' && entry.executable).map(({ path }) => path),
    ),
    isPending: stableJson(models.wanted) !== stableJson(models.model),
  };
}

function mergedRepository(
  { root, shown, disk, branches, notes }: ConflictedRepository,
  { model, wanted }: MergedModels,
  files: MergedFiles,
  units: readonly UnitEntries[],
): OpenRepository {
  const { base, ours, theirs } = branches;
  const locks = mergeLocks({ base: base.locks, ours: ours.locks, theirs: theirs.locks }, units);
  const removed = removedUnits({ branches }, units);
  for (const unit of removed.keys()) locks.delete(unit);
  refuseRemovedUnits(wanted, locks);
  for (const [unit, lock] of removed) locks.set(unit, lock);
  for (const { unit, entries } of units)
    for (const entry of entries.filter(isGenerated))
      if (files.texts.has(entry.path)) rememberMerged(locks, unit, entry.path, entry);
  const contents = disk.read(modelPath);
  const text = typeof contents === 'string' ? contents : '';
  return { root, shown, text, model, tree: overlayTree(disk, files.texts), locks, notes };
}

/** Units that one branch removed, as the other still has them: what that one generated of them goes too. */
function removedUnits(
  { branches: { base, ours, theirs } }: Pick<ConflictedRepository, 'branches'>,
  units: readonly UnitEntries[],
): Map<UnitId, UnitLock> {
  const wanted = new Set(units.map(({ unit }) => unit));
  const left = new Map([...theirs.locks, ...ours.locks]);
  return new Map(
    [...left].filter(
      ([unit]) => !wanted.has(unit) && base.locks.has(unit) && !(ours.locks.has(unit) && theirs.locks.has(unit)),
    ),
  );
}

/** A merged file holds what the merged model generates, and edits. */
function rememberMerged(locks: Map<UnitId, UnitLock>, unit: UnitId, path: RepoPath, entry: GeneratedEntry): void {
  const lock = locks.get(unit);
  const known = lock?.files[path];
  if (lock === undefined || known === undefined) return;
  const sha256 = contentHash(entry.contents);
  const record: FileRecord =
    entry.kind === 'file'
      ? { ...(isWholeFile(known) ? known : {}), ownership: entry.ownership, sha256 }
      : {
          ownership: 'block',
          blocks: { ...(known.ownership === 'block' ? known.blocks : {}), [entry.id]: { sha256 } },
        };
  locks.set(unit, { ...lock, files: { ...lock.files, [path]: record } });
}

/** What git could not merge, what one branch generated anew, and what follows from both; the rest is as it was. */
function touchedUnits(
  { unmerged, branches }: ConflictedRepository,
  { locks }: OpenRepository,
  units: readonly UnitEntries[],
): UnitEntries[] {
  return units.filter(({ unit, entries }) => {
    const [base, ours, theirs] = [branches.base, branches.ours, branches.theirs].map((branch) =>
      branch.locks.get(unit),
    );
    const generated = entries.filter(isGenerated);
    const paths = generated.flatMap((entry) => [
      entry.path,
      basePath(entry.kind === 'block' ? { path: entry.path, block: entry.id } : entry),
    ]);
    if ([unitLockPath(unit), ...paths].some((path) => unmerged.has(path))) return true;
    if (ours === undefined || new Set([base, ours, theirs].map((lock) => stableJson(lock ?? null))).size > 1)
      return true;
    return generated.some((entry) => recordOf(locks, unit, entry)?.sha256 !== contentHash(entry.contents));
  });
}

function recordOf(locks: Locks, unit: UnitId, entry: GeneratedEntry): WholeFileRecord | BlockRecord | undefined {
  const record = locks.get(unit)?.files[entry.path];
  if (record === undefined || isWholeFile(record)) return record;
  return record.ownership === 'block' && entry.kind === 'block' ? record.blocks[entry.id] : undefined;
}

function isWholeFile(record: FileRecord): record is WholeFileRecord {
  return record.ownership !== 'block' && record.ownership !== 'sealed';
}

interface Following {
  repository: ConflictedRepository;
  opened: OpenRepository;
  models: MergedModels;
  units: readonly UnitEntries[];
  removed: ReadonlySet<UnitId>;
  /** Encrypted files that go. */
  unsealed: ReadonlySet<RepoPath>;
  bases: BranchBases;
  files: MergedFiles;
  resolution: Resolution;
}

/** What `apply` would do to the merged files. Sides are chosen for those in them already. */
function planFollowing(io: Io, following: Following): Promise<Plan> {
  const { opened, models, units, removed, unsealed, bases, files, resolution } = following;
  const rest = (paths: true | readonly RepoPath[] | undefined) =>
    paths === true || paths === undefined ? paths : paths.filter((path) => !files.texts.has(path));
  const [ours, theirs] = [rest(resolution.ours), rest(resolution.theirs)];
  const { tree, locks, text } = opened;
  return planWithBases(
    io,
    opened.root,
    {
      units,
      removed,
      unsealed,
      tree,
      locks,
      toolVersion: version,
      model: { path: modelPath, before: text, after: models.text },
      bases: { blobs: generatedOnBranches(opened, bases, units) },
      resolve: { ...(ours && { ours }), ...(theirs && { theirs }), isBetweenBranches: true },
    },
    appliedIfKnown(opened),
  );
}

/** Texts that were generated last on a branch and are not what is wanted now, by hash. */
function generatedOnBranches(
  { locks }: OpenRepository,
  bases: BranchBases,
  units: readonly UnitEntries[],
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { unit, entries } of units)
    for (const entry of entries.filter(isGenerated)) {
      const known = recordOf(locks, unit, entry);
      if (known === undefined || known.sha256 === contentHash(entry.contents)) continue;
      for (const side of ['ours', 'theirs'] as const) {
        const text =
          entry.kind === 'block'
            ? bases.generated(side, { path: entry.path, block: entry.id }, (file) => readBlock(file, entry))
            : bases.generated(side, { path: entry.path });
        if (text !== undefined) texts.set(contentHash(text), text);
      }
    }
  return texts;
}
