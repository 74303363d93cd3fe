import { basePath } from '../plan/base-store.ts';
import type { Change } from '../plan/change.ts';
import { repositoryLockPath } from '../plan/lock-file.ts';
import { isWrite, type Plan } from '../plan/plan.ts';

/**
 * A plan that would only take notes on files edited by hand writes nothing: those notes serve the next real change,
 * which takes them as well.
 */
export function withoutBookkeeping(plan: Plan): Plan {
  if (!plan.changes.filter(isWrite).every(isNote)) return plan;
  const changes = plan.changes.flatMap((change): Change[] => {
    if (!isWrite(change)) return [change];
    const { path, unit, ownership } = change;
    return change.action === 'create' ? [] : [{ action: 'same', path, unit, ownership }];
  });
  return { changes };
}

function isNote({ path }: Change): boolean {
  return path.startsWith(basePath('')) || path === repositoryLockPath;
}
