import type { SideName, Stages } from '../git/unmerged-paths.ts';
import { readBlock } from '../plan/block.ts';
import type { ConflictChange } from '../plan/change.ts';
import { conflictChanges } from '../plan/conflict-changes.ts';
import { contentHash } from '../plan/content-hash.ts';
import { type BlockEntry, type FileEntry, isGenerated, type UnitEntries, type UnitId } from '../plan/entry.ts';
import { plainText } from '../plan/line-style.ts';
import { mergeBlockFile } from '../plan/merge/merge-block-file.ts';
import { type BranchText, mergeBranches } from '../plan/merge/merge-branches.ts';
import type { MergeConflict, Side } from '../plan/merge/merge-result.ts';
import { preferredSide, type Resolution } from '../plan/resolution.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { BranchBases } from './branch-bases.ts';
import type { ConflictedRepository } from './conflicted-repository.ts';
import { type SealedConflict, sealedConflict } from './sealed-conflicts.ts';
import { modelPath } from './target-folder.ts';

/** What becomes of the unmerged files. Ciphertext of two branches has no merged form: one side of it, or it is left. */
export interface MergedFiles {
  /** By path; undefined for one that goes. */
  texts: Map<RepoPath, string | undefined>;
  conflicts: ConflictChange[];
  /** Not ours, or nothing that we could merge: left to the person. */
  left: RepoPath[];
  /** Those of them that are encrypted. */
  sealed: SealedConflict[];
}

/** What is generated at a path. */
interface Wanted {
  unit: UnitId;
  file?: FileEntry;
  blocks: BlockEntry[];
}

interface FileMerge {
  repository: ConflictedRepository;
  bases: BranchBases;
  path: RepoPath;
  stages: Stages;
  wanted: Wanted | undefined;
  prefer: Side | undefined;
}

type Merged = { text: string | undefined; conflicts: readonly MergeConflict[] };

/**
 * Merges every unmerged file of ours but the model. Our bookkeeping is as one side has it: it is made anew.
 * @param merged what the merged model wants, and encrypted files that it no longer declares
 */
export function mergeFiles(
  repository: ConflictedRepository,
  bases: BranchBases,
  { units, unsealed }: { units: readonly UnitEntries[]; unsealed: ReadonlySet<RepoPath> },
  resolution: Resolution,
): MergedFiles {
  const wanted = wantedByPath(units);
  const files: MergedFiles = { texts: new Map(), conflicts: [], left: [], sealed: [] };
  for (const [path, stages] of repository.unmerged) {
    if (path === modelPath) continue;
    const prefer = preferredSide(resolution, path);
    const merge: FileMerge = { repository, bases, path, stages, wanted: wanted.get(path), prefer };
    if (isBookkeeping(merge)) {
      files.texts.set(path, textOf(merge, 'ours') ?? textOf(merge, 'theirs'));
      continue;
    }
    const sealed = holdsNoText(merge) ? undefined : sealedConflict(path, textsOf(merge));
    if (sealed !== undefined && (prefer !== undefined || unsealed.has(path))) {
      files.texts.set(path, unsealed.has(path) || prefer === undefined ? undefined : textOf(merge, prefer));
      continue;
    }
    if (sealed !== undefined) files.sealed.push(sealed);
    if (sealed !== undefined || !isOurs(merge) || holdsNoText(merge)) {
      files.left.push(path);
      continue;
    }
    const { text, conflicts } = mergeFile(merge);
    files.texts.set(path, text);
    const file = { path, unit: merge.wanted?.unit ?? 'repository', ownership: ownershipOf(merge) } as const;
    files.conflicts.push(...conflictChanges(file, conflicts));
  }
  return files;
}

function wantedByPath(units: readonly UnitEntries[]): Map<RepoPath, Wanted> {
  const wanted = new Map<RepoPath, Wanted>();
  for (const { unit, entries } of units)
    for (const entry of entries.filter(isGenerated)) {
      const known = wanted.get(entry.path) ?? { unit, blocks: [] };
      const more = entry.kind === 'file' ? { file: entry } : { blocks: [...known.blocks, entry] };
      wanted.set(entry.path, { ...known, ...more });
    }
  return wanted;
}

function isBookkeeping({ path, wanted }: FileMerge): boolean {
  return path.startsWith('.flux-repo/') && wanted === undefined;
}

function isOurs({ path, wanted, bases: { locked } }: FileMerge): boolean {
  return wanted !== undefined || locked.ours.file(path) !== undefined || locked.theirs.file(path) !== undefined;
}

/** A link, or bytes. */
function holdsNoText(merge: FileMerge): boolean {
  const sides: SideName[] = ['base', 'ours', 'theirs'];
  return (
    merge.repository.disk.kindOf(merge.path) === 'link' ||
    sides.some((side) => merge.stages[side] !== undefined && textOf(merge, side) === undefined)
  );
}

function ownershipOf({ wanted }: FileMerge): ConflictChange['ownership'] {
  if (wanted !== undefined && wanted.blocks.length > 0) return 'block';
  return wanted?.file?.ownership ?? 'managed';
}

function mergeFile(merge: FileMerge): Merged {
  const { wanted, prefer, bases } = merge;
  const [base, ours, theirs] = [textOf(merge, 'base'), textOf(merge, 'ours'), textOf(merge, 'theirs')];
  if (ours === undefined || theirs === undefined) return mergeDeleted(merge);
  if (wanted !== undefined && wanted.blocks.length > 0) {
    const generated = (side: SideName, entry: BlockEntry) =>
      bases.generated(side, { path: entry.path, block: entry.id }, (file) => readBlock(file, entry));
    return mergeBlockFile({ base, ours, theirs }, wanted.blocks, generated, prefer);
  }
  if (wanted === undefined && isGeneratedAs(merge, 'ours', ours) && isGeneratedAs(merge, 'theirs', theirs))
    return { text: undefined, conflicts: [] };
  const version = (side: SideName, text: string): BranchText => ({
    text,
    generated: bases.generated(side, { path: merge.path }),
  });
  return mergeBranches({
    path: merge.path,
    base: base === undefined ? undefined : version('base', base),
    ours: version('ours', ours),
    theirs: version('theirs', theirs),
    wanted: wanted?.file?.ownership === 'managed' ? wanted.file.contents : undefined,
    userPaths: wanted?.file?.userPaths,
    prefer,
  });
}

/** Whether nobody edited the file on that branch. What neither did is no loss where it is not wanted any more. */
function isGeneratedAs({ bases, path }: FileMerge, side: 'ours' | 'theirs', text: string): boolean {
  return bases.locked[side].file(path)?.sha256 === contentHash(plainText(text));
}

/** One side has it no more. It goes, unless the other side has edits by hand in it: those are for a person to judge. */
function mergeDeleted(merge: FileMerge): Merged {
  const { prefer } = merge;
  const [base, ours, theirs] = [textOf(merge, 'base'), textOf(merge, 'ours'), textOf(merge, 'theirs')];
  if (prefer !== undefined) return { text: prefer === 'ours' ? ours : theirs, conflicts: [] };
  const [side, text] = ours === undefined ? (['theirs', theirs] as const) : (['ours', ours] as const);
  if (text === undefined || isGeneratedAs(merge, side, text)) return { text: undefined, conflicts: [] };
  return { text, conflicts: [{ at: [], base, ours, theirs, isText: true }] };
}

function textsOf(merge: FileMerge): Record<SideName, string | undefined> {
  return { base: textOf(merge, 'base'), ours: textOf(merge, 'ours'), theirs: textOf(merge, 'theirs') };
}

function textOf({ repository, stages, path }: FileMerge, side: SideName): string | undefined {
  if (stages[side] === undefined) return undefined;
  const contents = repository.branches[side].tree.read(path);
  return typeof contents === 'string' ? contents : undefined;
}
