import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { type ExpectedError, usageError } from '../errors.ts';
import type { UncommittedPath } from '../git/commit-preflight.ts';
import type { GitCall } from '../git/run-git.ts';
import { shownUnit } from '../model/units.ts';
import type { UnitId } from '../plan/entry.ts';
import type { UnitLock } from '../plan/lock-file.ts';
import { isUnitId } from '../plan/read-locks.ts';
import { valueAt } from '../yaml/value-at.ts';
import { withFlags } from './again.ts';
import { committedLocks } from './committed-locks.ts';
import { thereWords } from './folder-words.ts';
import type { OpenRepository } from './open-repository.ts';

/**
 * Refuses a commit of something else while a removal is not committed: the lists and the model would come with it, and the
 * files that they no longer name would stay. The same goes for a phase: its successor needs it to be reconciled first.
 *
 * @param uncommitted what git sees changed
 * @throws ExpectedError `uncommitted-removal` (exit 2)
 */
export async function refuseUncommittedRemoval(
  { locks, shown }: Pick<OpenRepository, 'locks' | 'shown'>,
  uncommitted: readonly UncommittedPath[],
  call: GitCall,
): Promise<void> {
  const units = uncommitted.flatMap(({ path, isNew }) => (isNew ? [] : (unitOfLock(path) ?? [])));
  const gone = units.filter((unit) => !locks.has(unit));
  const begun = units.filter((unit) => phaseOf(locks.get(unit)) !== undefined);
  const before = begun.length === 0 ? new Map<UnitId, UnitLock>() : await committedLocks(call);
  const phases = begun.filter((unit) => phaseOf(before.get(unit)) !== phaseOf(locks.get(unit)));
  const error = uncommittedRemoval([...gone, ...phases], shown);
  if (error !== undefined) throw error;
}

/** @returns undefined when all removals are committed */
export function uncommittedRemoval(units: readonly UnitId[], shown: string): ExpectedError | undefined {
  if (units.length === 0) return undefined;
  return usageError(`cannot commit this: the removal of ${units.map(shownUnit).join(', ')} is not committed yet`, {
    code: 'uncommitted-removal',
    why: ['A commit of something else would have a part of it.', 'Nothing was written.'],
    hint: `${npx} ${shellCommand(withFlags([...thereWords(shown), 'apply'], '--yes', '--commit'))} commits what is written; then the same again`,
  });
}

function unitOfLock(path: string): UnitId | undefined {
  const name = /^\.flux-repo\/lock\/(.+)\.json$/.exec(path)?.[1];
  return isUnitId(name) ? name : undefined;
}

function phaseOf(lock: UnitLock | undefined): unknown {
  return valueAt(lock?.part, ['removing', 'phase']);
}
