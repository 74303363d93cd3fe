import type { Change } from '../plan/change.ts';
import { isWrite, type Plan } from '../plan/plan.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Tree } from '../tree/tree.ts';

/**
 * A plan that was made for a tree with these texts on top of the disk, as a plan for the disk itself.
 * @param texts undefined for a file that goes
 */
export function onDisk(plan: Plan, disk: Tree, texts: ReadonlyMap<RepoPath, string | undefined>): Plan {
  const planned = new Map(plan.changes.map((change) => [change.path, change]));
  const standing = plan.changes.filter(({ path, action }) => !texts.has(path) || action === 'conflict');
  const merged = [...texts].flatMap(([path, text]) => {
    const change = planned.get(path);
    if (change?.action === 'conflict') return [];
    return toDisk(disk, path, change, change !== undefined && isWrite(change) ? afterOf(change) : text);
  });
  return { changes: [...standing, ...merged].sort((one, other) => (one.path < other.path ? -1 : 1)) };
}

function afterOf(change: Change): string | undefined {
  return change.action === 'create' || change.action === 'update' ? change.after : undefined;
}

function toDisk(disk: Tree, path: RepoPath, change: Change | undefined, after: string | undefined): Change[] {
  const contents = disk.read(path);
  const before = typeof contents === 'string' ? contents : undefined;
  const isLock = path.startsWith('.flux-repo/') && change === undefined;
  const file = {
    path,
    unit: change?.unit ?? 'repository',
    ownership: change?.ownership ?? (isLock ? ('lock' as const) : ('managed' as const)),
  };
  if (before === after) return change === undefined || isWrite(change) ? [{ action: 'same', ...file }] : [change];
  if (after === undefined) return [{ action: 'delete', ...file, before: before ?? '' }];
  if (before === undefined) return [{ action: 'create', ...file, after }];
  return [{ action: 'update', ...file, before, after }];
}
