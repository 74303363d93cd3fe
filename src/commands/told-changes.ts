import type { Change } from '../plan/change.ts';
import type { Proposal } from './proposal.ts';

/**
 * What of a plan is news to a person. A command for one unit says nothing of files that were edited long ago and stay so; it
 * tells of those that it leaves behind.
 */
export function toldChanges({ plan, own }: Pick<Proposal, 'plan' | 'own'>): readonly Change[] {
  if (own === undefined) return plan.changes;
  return plan.changes.filter(
    (change) =>
      change.action !== 'kept' || change.ownership === 'sealed' || change.reason?.endsWith('no longer generated'),
  );
}
