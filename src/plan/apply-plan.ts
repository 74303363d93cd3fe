import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RepoPath } from '../tree/repo-path.ts';
import { type FileDoor, fileDoor } from './file-door.ts';
import { backName, forwardName, journalOf } from './journal.ts';
import { isWrite, type Plan, type WriteChange } from './plan.ts';
import { quietly } from './quietly.ts';
import { recoverStaging } from './recover.ts';
import { type Roll, rollBack, rollForward } from './roll.ts';
import { commitJournal, discardStaging, stage } from './staging.ts';
import { stateFolder } from './state-folder.ts';
import { withWriteLock } from './write-lock.ts';
import {
  changedSincePlan,
  explainHalfWritten,
  explainWriting,
  pathInTheWay,
  refuseConflicts,
} from './write-refusals.ts';
import { inspectTargets } from './write-targets.ts';

/**
 * Writes a plan, all of it or nothing: new bytes are staged and flushed to the disk, a journal makes the run one that
 * will be finished, then files are moved into place one by one. A failure half-way goes back; a killed process is
 * finished by `recover`. Names need no flush of their own: file systems keep the order of renames.
 * @param root absolute path of the repository; made when it does not exist
 * @returns the paths written or removed, in path order
 * @throws ExpectedError: a conflict (exit code 3), another writer, files changed since the plan was made, a link or
 * folder in the way, a disk that refuses (exit code 1). Nothing was written then.
 */
export async function applyPlan(root: string, plan: Plan, door: FileDoor = fileDoor): Promise<RepoPath[]> {
  refuseConflicts(plan);
  const writes = plan.changes.filter(isWrite);
  if (writes.length === 0) return [];
  const made: string[] = [];
  try {
    makeRoot(root, door, made);
    const state = stateFolder(root);
    await withWriteLock(root, state, door, () => writeAll(root, state.staging, writes, door));
    return writes.map((change) => change.path);
  } catch (error) {
    for (const folder of made.reverse()) quietly(() => door.removeFolder(folder));
    throw explainWriting(root, error, 'everything is as it was');
  }
}

async function writeAll(root: string, staging: string, writes: readonly WriteChange[], door: FileDoor): Promise<void> {
  recoverStaging(root, staging, door);
  const targets = inspectTargets(root, writes, door);
  const journal = journalOf(writes, targets);
  try {
    await stage(root, staging, { writes, targets, journal }, door);
    inspectTargets(root, writes, door);
    commitJournal(staging, door);
  } catch (error) {
    quietly(() => discardStaging(staging, door));
    throw error;
  }
  moveAll({ root, staging, journal, door });
  quietly(() => discardStaging(staging, door));
}

function moveAll(roll: Roll): void {
  try {
    const { leftAlone } = rollForward(roll);
    if (leftAlone.length > 0) throw changedSincePlan(leftAlone);
  } catch (failure) {
    goBack(roll, failure);
    throw failure;
  }
}

function goBack(roll: Roll, failure: unknown): void {
  const { staging, door } = roll;
  try {
    door.move(join(staging, forwardName), join(staging, backName));
    rollBack(roll);
  } catch (second) {
    throw explainHalfWritten(roll.root, failure, second);
  }
  quietly(() => discardStaging(staging, door));
}

/** @param made is given the folders made, outermost first, also when a later one fails */
function makeRoot(root: string, door: FileDoor, made: string[]): void {
  const missing: string[] = [];
  for (let folder = root; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  if (missing.length === 0 && !statSync(root).isDirectory()) {
    throw pathInTheWay('the repository', 'there is a file where its folder must be');
  }
  for (const folder of missing) {
    door.makeFolder(folder, 0o777);
    made.push(folder);
  }
}
