import { ExpectedError } from '../../errors.ts';
import { unitLockPath } from '../../plan/lock-file.ts';
import { lockedUnits, readLocks, readRepositoryLock } from '../../plan/read-locks.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Finding, Rule } from '../rule.ts';

export const managedLock: Rule = {
  id: 'managed/lock',
  severity: 'error',
  why: 'No command can tell edits by hand from its own files without what it noted of them; clusters are not affected.',
  fix: 'Bring back the version that was committed last: git restore .flux-repo',
  *find({ tree }): Generator<Finding> {
    const reads: [file: string, read: () => unknown][] = [
      ['.flux-repo/lock.json', () => readRepositoryLock(tree)],
      ...lockedUnits(tree).map((unit): [string, () => unknown] => [unitLockPath(unit), () => readLocks(tree, [unit])]),
    ];
    for (const [file, read] of isThere(tree) ? reads : []) {
      const fault = faultOf(read);
      if (fault === undefined) continue;
      const message = [fault.message, ...fault.why].join(': ');
      yield { message, at: { file }, key: fault.code, ...(fault.hint !== undefined && { hint: fault.hint }) };
    }
  },
};

function isThere(tree: Tree): boolean {
  return tree.kindOf('.flux-repo') !== undefined;
}

function faultOf(read: () => unknown): ExpectedError | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}
