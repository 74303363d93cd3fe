import type { InsteadOfDisk } from '../git/commit-paths.ts';
import { assertCommittable, type UncommittedPath, uncommittedPaths } from '../git/commit-preflight.ts';
import type { GitCall } from '../git/run-git.ts';
import { changedParts } from '../model/changed-parts.ts';
import type { UnitId } from '../plan/entry.ts';
import { type FileRecord, type Locks, unitLockPath } from '../plan/lock-file.ts';
import { isWrite } from '../plan/plan.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import { isInGit } from './commit-advice.ts';
import { committedLocks } from './committed-locks.ts';
import { appliedIfKnown } from './last-applied.ts';
import { modelToCommit } from './model-to-commit.ts';
import { type Proposal, pathsToCommit } from './proposal.ts';
import { refuseUncommittedRemoval } from './refuse-uncommitted-removal.ts';
import { modelPath } from './target-folder.ts';

const mostListed = 3;

/** What a commit is made of besides the plan, and what is to be said of it. */
export interface CommitSurroundings {
  /** Files that an earlier run wrote and no commit has; they come with this one. */
  forgotten: RepoPath[];
  /** Units that come with it so. */
  alsoAdds?: UnitId[];
  /** What the committed model says otherwise, where the commit is about that. */
  changed?: string[];
  /** The model, where the file has edits that are not to be committed. */
  instead?: InsteadOfDisk;
  notes: string[];
}

/**
 * Looks at what is not committed. New files that an earlier run left, or one that was killed, complete every commit:
 * lists in it may name them. What an earlier run wrote anew completes it too where the command is about all of it
 * (`apply`), and where there is nothing but that to commit. A person is told of this, of changes of their own in the
 * same files, and of what is left out.
 * @throws ExpectedError (exit 2) when there is something to commit and git has no place for it; as
 *   `refuseUncommittedRemoval`
 */
export async function commitSurroundings(proposal: Proposal, call: GitCall): Promise<CommitSurroundings> {
  const { plan, repository, commitsModel, own } = proposal;
  const writes = plan.changes.some(isWrite);
  if (writes) await assertCommittable(call);
  else if (!isInGit(repository.root)) return { forgotten: [], notes: [] };
  const uncommitted = await uncommittedPaths(call);
  if (!commitsModel) await refuseUncommittedRemoval(repository, uncommitted, call);
  const ours = new Set(pathsToCommit(proposal));
  const known = commitsModel || !writes ? await committedLocks(call) : undefined;
  const isForgotten = earlierRuns(repository.locks, known);
  const model = await modelToCommit(proposal, call);
  const others = uncommitted.filter(({ path }) =>
    path === modelPath ? !writes && model !== 'committed' : !ours.has(path),
  );
  const forgotten = others.filter(isForgotten).map(({ path }) => path);
  if (!writes && forgotten.length > 0) await assertCommittable(call);
  const isGenerated = hashesByPath(repository.locks);
  const left = others.filter((file) => !isForgotten(file) && isGenerated.has(file.path)).map(({ path }) => path);
  if (!writes && forgotten.length === 0) return { forgotten, notes: note(left, 'Not committed yet') };
  const instead = model === 'committed' ? undefined : model;
  const isOwn = (path: RepoPath) => path === modelPath && (commitsModel || instead !== undefined);
  const mixed = uncommitted.map(({ path }) => path).filter((path) => ours.has(path) && !isOwn(path));
  const before = commitsModel && known !== undefined ? appliedIfKnown({ locks: known }) : undefined;
  const fresh = new Set(others.filter(({ isNew }) => isNew).map(({ path }) => path));
  return {
    forgotten,
    alsoAdds: [...repository.locks.keys()].filter(
      (unit) =>
        !commitsModel && unit !== own?.adds && fresh.has(unitLockPath(unit)) && forgotten.includes(unitLockPath(unit)),
    ),
    ...(before && { changed: changedParts(before, proposal.model) }),
    ...(instead && { instead }),
    notes: [
      ...note(
        forgotten.filter((path) => path !== modelPath),
        'Files of an earlier run that were never committed come with it',
      ),
      ...note(mixed, 'What was not committed yet in the same files goes along'),
      ...(instead === undefined ? [] : [`Other edits of ${modelPath} stay uncommitted.`]),
      ...note(left, 'Not in this commit, and not committed yet'),
    ],
  };
}

/** @param committed the locks as git has them, where all that differs from them is to be committed */
function earlierRuns(now: Locks, committed: Locks | undefined): (file: UncommittedPath) => boolean {
  const [after, before] = [hashesByPath(now), hashesByPath(committed ?? new Map())];
  return ({ path, isNew }) => {
    const isBookkeeping = path.startsWith('.flux-repo/');
    if (committed === undefined) return isNew && (isBookkeeping || after.has(path));
    if (isBookkeeping || path === modelPath) return true;
    return (isNew && after.has(path)) || after.get(path) !== before.get(path);
  };
}

/** What was generated last, by path: of the file, or of the regions in it, whichever units they are of. */
function hashesByPath(locks: Locks): Map<RepoPath, string> {
  const hashes = new Map<RepoPath, string>();
  for (const { files } of locks.values())
    for (const [path, record] of Object.entries(files)) {
      hashes.set(path, [hashes.get(path) ?? '', ...hashesIn(record)].join(' '));
    }
  return hashes;
}

function hashesIn(record: FileRecord): string[] {
  if (record.ownership === 'sealed') return [];
  const own = record.ownership === 'block' ? Object.values(record.blocks) : [record];
  return own.map(({ sha256 }) => sha256);
}

function note(paths: readonly RepoPath[], what: string): string[] {
  if (paths.length === 0) return [];
  const more = paths.length - mostListed;
  return [`${what}: ${paths.slice(0, mostListed).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}
