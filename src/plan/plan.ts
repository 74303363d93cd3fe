import type { RepoPath } from '../tree/repo-path.ts';
import type { Change, CreateChange, DeleteChange, UpdateChange } from './change.ts';

/** Everything a command would do to the files, our own bookkeeping below `.flux-repo/` included; in path order. */
export interface Plan {
  changes: readonly Change[];
}

/** A change that touches the disk. */
export type WriteChange = CreateChange | UpdateChange | DeleteChange;

export function isWrite(change: Change): change is WriteChange {
  return change.action === 'create' || change.action === 'update' || change.action === 'delete';
}

/** What the plan writes, for a tree view on top of the present one; undefined where a file goes. */
export function plannedContents(plan: Plan): Map<RepoPath, string | undefined> {
  return new Map(
    plan.changes.filter(isWrite).map((change) => [change.path, change.action === 'delete' ? undefined : change.after]),
  );
}
