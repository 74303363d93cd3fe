import { join } from 'node:path';
import type { RepoPath } from '../tree/repo-path.ts';
import { type FileDoor, fileDoor } from './file-door.ts';
import { backName, forwardName, readJournal } from './journal.ts';
import { type Rolled, rollBack, rollForward } from './roll.ts';
import { discardStaging } from './staging.ts';
import { plainStateFolder, type StateFolder, stateFolder } from './state-folder.ts';
import { removeEmptyState, withWriteLock } from './write-lock.ts';
import { explainWriting } from './write-refusals.ts';

/**
 * What was done about an interrupted run:
 * - `nothing`: there was none.
 * - `discarded`: it had not begun to change files; what it had prepared is gone.
 * - `completed`: the files it had not come to are written now.
 * - `undone`: it was going back after a failure; the files are as they were before it.
 */
export interface Recovery {
  outcome: 'nothing' | 'discarded' | 'completed' | 'undone';
  /** Files that are as the outcome says. */
  paths: RepoPath[];
  /** Files that somebody changed since the interruption: they are left as they are. */
  leftAlone: RepoPath[];
}

const nothing: Recovery = { outcome: 'nothing', paths: [], leftAlone: [] };

/**
 * Ends what a killed run left half done. Every command that writes calls it before it plans.
 * @param root absolute path of the repository; need not exist
 * @throws ExpectedError (exit code 1) when that run is still going, or the disk refuses
 */
export async function recover(root: string, door: FileDoor = fileDoor): Promise<Recovery> {
  try {
    const current = stateFolder(root);
    const earlier = plainStateFolder(root);
    const recovered = await recoverIn(root, current, door);
    return earlier.folder === current.folder ? recovered : more(recovered, await recoverIn(root, earlier, door));
  } catch (error) {
    throw explainWriting(root, error, 'the run that was interrupted before is still half done');
  }
}

async function recoverIn(root: string, state: StateFolder, door: FileDoor): Promise<Recovery> {
  if (door.look(state.folder) === undefined && door.look(state.staging) === undefined) return nothing;
  if (door.look(state.staging) === undefined && door.look(state.lock) === undefined) {
    removeEmptyState(state, door);
    return nothing;
  }
  return withWriteLock(root, state, door, async () => recoverStaging(root, state.staging, door));
}

/** The same for one that holds the write lock already. */
export function recoverStaging(root: string, staging: string, door: FileDoor): Recovery {
  if (door.look(staging) === undefined) return nothing;
  const isGoingBack = door.look(join(staging, backName)) !== undefined;
  if (!isGoingBack && door.look(join(staging, forwardName)) === undefined) {
    discardStaging(staging, door);
    return { ...nothing, outcome: 'discarded' };
  }
  const journal = readJournal(root, staging, isGoingBack ? backName : forwardName, door);
  const roll = { root, staging, journal, door };
  const rolled: Rolled = isGoingBack ? rollBack(roll) : rollForward(roll);
  discardStaging(staging, door);
  return { outcome: isGoingBack ? 'undone' : 'completed', paths: rolled.done, leftAlone: rolled.leftAlone };
}

function more(one: Recovery, other: Recovery): Recovery {
  if (other.outcome === 'nothing') return one;
  if (one.outcome === 'nothing') return other;
  return {
    outcome: one.outcome,
    paths: [...one.paths, ...other.paths],
    leftAlone: [...one.leftAlone, ...other.leftAlone],
  };
}
