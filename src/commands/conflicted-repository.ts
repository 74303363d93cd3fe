import { join, relative } from 'node:path';
import type { Io } from '../cli/io.ts';
import { ExpectedError, usageError } from '../errors.ts';
import { filesOfCommit, type MergeSides, readMergeSides } from '../git/merge-sides.ts';
import { readBlobs } from '../git/read-blobs.ts';
import type { GitCall } from '../git/run-git.ts';
import { type SideName, type Stages, unmergedPaths } from '../git/unmerged-paths.ts';
import { type Operation, readWorkTree } from '../git/work-tree.ts';
import type { Locks } from '../plan/lock-file.ts';
import { readLocks, readRepositoryLock } from '../plan/read-locks.ts';
import { diskTree } from '../tree/disk-tree.ts';
import { overlayTree } from '../tree/overlay-tree.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Contents, Tree } from '../tree/tree.ts';
import { endInterruptedRun, noticeInterruptedRun } from './interrupted-run.ts';
import { notHere, repositoryAround } from './open-repository.ts';

/** One version of the repository in a merge. */
export interface Branch {
  tree: Tree;
  locks: Locks;
}

/** A repository in the middle of a merge, as far as git has come. */
export interface ConflictedRepository {
  /** Absolute. */
  root: string;
  /** The way there from where the person is; `.` when they are there. */
  shown: string;
  /** The work tree, with git's markers in unmerged files. */
  disk: Tree;
  operation: Operation | undefined;
  /** What git could not merge, ours or not. */
  unmerged: ReadonlyMap<RepoPath, Stages>;
  branches: Readonly<Record<SideName, Branch>>;
  notes: readonly string[];
  call: GitCall;
}

/**
 * Opens the repository that the person is in, by what git has of its versions: the work tree's copies of unmerged files
 * hold markers and are not read.
 * @throws ExpectedError (exit 2) when there is none, or git has no part in it
 */
export async function openConflicted(
  io: Io,
  from: { directory: string | undefined; readOnly: boolean },
): Promise<ConflictedRepository> {
  const root = repositoryAround(io.cwd);
  if (root === undefined) throw notHere();
  const call: GitCall = { cwd: root, env: io.env, signal: io.signal };
  const workTree = await readWorkTree(root, call);
  if (workTree === undefined)
    throw usageError('this repository is not in git, so there is no merge to resolve', {
      code: 'not-in-git',
      hint: 'nothing to do; in git, run it after a merge that stopped',
    });
  const note = await (from.readOnly ? noticeInterruptedRun(root) : endInterruptedRun(root));
  const disk = diskTree(root);
  const unmerged = await unmergedPaths(call);
  const { operation, sides } = await readMergeSides(workTree.gitDir, call);
  return {
    root,
    shown: join(from.directory ?? '.', relative(io.cwd, root)),
    disk,
    operation,
    unmerged,
    branches: unmerged.size === 0 ? noBranches(disk) : await readBranches(disk, unmerged, sides, call),
    notes: note === undefined ? [] : [note],
    call,
  };
}

function noBranches(tree: Tree): Record<SideName, Branch> {
  const branch: Branch = { tree, locks: new Map() };
  return { base: branch, ours: branch, theirs: branch };
}

/** The three versions: the disk, with what differs between them as git has it. */
async function readBranches(
  disk: Tree,
  unmerged: ReadonlyMap<RepoPath, Stages>,
  sides: MergeSides,
  call: GitCall,
): Promise<Record<SideName, Branch>> {
  const differing = new Map(unmerged);
  if (sides.ours !== undefined && sides.theirs !== undefined) {
    const files = async (commit: string | undefined) =>
      commit === undefined ? new Map<RepoPath, string>() : await filesOfCommit(commit, call);
    const [base, ours, theirs] = [await files(sides.base), await files(sides.ours), await files(sides.theirs)];
    for (const path of new Set([...base.keys(), ...ours.keys(), ...theirs.keys()])) {
      const ids = { base: base.get(path), ours: ours.get(path), theirs: theirs.get(path) };
      if (!differing.has(path) && new Set(Object.values(ids)).size > 1) differing.set(path, ids);
    }
  }
  const ids = [...differing.values()].flatMap(({ base, ours, theirs }) => [base, ours, theirs]);
  const blobs = await readBlobs(
    ids.filter((id) => id !== undefined),
    call,
  );
  const branch = (side: SideName) => branchOf(disk, differing, (stages) => blobs.get(stages[side] ?? ''));
  return { base: branch('base'), ours: branch('ours'), theirs: branch('theirs') };
}

function branchOf(
  disk: Tree,
  differing: ReadonlyMap<RepoPath, Stages>,
  contentsOf: (stages: Stages) => Contents | undefined,
): Branch {
  const texts = new Map<RepoPath, string | undefined>();
  for (const [path, stages] of differing) {
    const contents = contentsOf(stages);
    texts.set(path, typeof contents === 'string' ? contents : undefined);
  }
  const tree = overlayTree(disk, texts);
  readRepositoryLock(tree);
  return { tree, locks: readableLocks(tree) };
}

/** A lock that was committed damaged tells nothing: its files have no known base on that branch. */
function readableLocks(tree: Tree): Locks {
  try {
    return readLocks(tree);
  } catch (error) {
    if (error instanceof ExpectedError && ['damaged-lock', 'unmerged-lock'].includes(error.code)) return new Map();
    throw error;
  }
}
