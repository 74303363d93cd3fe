import { ExpectedError } from '../../errors.ts';
import { shownUnit } from '../../model/units.ts';
import type { Locks } from '../../plan/lock-file.ts';
import { readLocks } from '../../plan/read-locks.ts';
import { buildProblems } from '../build-problems.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import { type Drift, driftOf } from '../drift.ts';
import type { Finding, Rule } from '../rule.ts';

export const managedDrift: Rule = {
  id: 'managed/drift',
  severity: 'info',
  why: 'A generated file that is not as flux-repo.yaml says may be meant so, or be what somebody forgot to apply.',
  fix: 'See the difference with diff; apply makes files follow the model, and keeps what was edited by hand.',
  *find(repository): Generator<Finding> {
    const { model, tool, tree } = repository;
    if (model === undefined || tool === undefined) return;
    const locks = locksOf(repository);
    if (locks === undefined || locks.size === 0) return;
    const told = new Set(buildProblems(repository).map(({ message }) => message));
    for (const drift of drifts(() => driftOf(tree, model, locks, tool.version))) {
      const { path, unit, kind, line } = drift;
      if (kind === 'missing' && told.has(`${path} does not exist`)) continue;
      yield {
        message: `${path}, generated for ${shownUnit(unit)}, ${words[kind]}`,
        at: { file: path, ...(line !== undefined && { line }) },
        key: kind,
        hint: hintOf(drift, tool.write.tool),
      };
    }
  },
};

const words: Readonly<Record<Drift['kind'], string>> = {
  edited: 'was edited by hand',
  behind: 'does not follow flux-repo.yaml',
  missing: 'was deleted',
};

function hintOf({ kind, path }: Drift, write: (...words: readonly string[]) => string): string {
  if (kind === 'behind') return write('apply');
  if (kind === 'missing') return `To bring it back: ${write('apply', '--theirs', path)}`;
  return `apply keeps the edit; to take back what the model says: ${write('apply', '--theirs', path)}`;
}

/** What stands in the way of every plan is told by the commands that plan; locks that cannot be read by a rule of their own. */
function drifts(find: () => Drift[]): Drift[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof ExpectedError) return [];
    throw error;
  }
}

function locksOf({ tree }: CheckedRepository): Locks | undefined {
  try {
    return readLocks(tree);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}
