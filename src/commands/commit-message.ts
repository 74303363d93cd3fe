import { shownUnit } from '../model/units.ts';
import type { UnitId } from '../plan/entry.ts';
import { unitLockPath } from '../plan/lock-file.ts';
import { isWrite } from '../plan/plan.ts';
import type { Proposal } from './proposal.ts';

/** Columns in which `git log --oneline` shows a title whole. */
const longestTitle = 72;

/** What a commit does, with what the model says otherwise where that fits: `Apply flux-repo.yaml: interval of app web`. */
export function commitTitle({ title, changed = [] }: Pick<Proposal, 'title' | 'changed'>): string {
  const whole = `${title}: ${changed.join(', ')}`;
  return changed.length > 0 && whole.length <= longestTitle ? whole : title;
}

/** The title, what else the commit adds, and what was regenerated, one a line. */
export function commitMessage(proposal: Proposal): string {
  const { plan, forgotten = [], alsoAdds = [], title, changed = [] } = proposal;
  const units = new Set<UnitId>(plan.changes.filter(isWrite).map(({ unit }) => unit));
  const locked = new Map(plan.changes.map(({ path, unit }) => [path, unit]));
  for (const path of forgotten) {
    const unit = locked.get(path);
    if (unit !== undefined && path === unitLockPath(unit)) units.add(unit);
  }
  for (const unit of alsoAdds) units.delete(unit);
  const shown = commitTitle(proposal);
  return [
    shown,
    ...section('Also adds, from an earlier run', alsoAdds.map(shownUnit)),
    ...section('Changed', shown === title ? changed : []),
    ...section('Regenerated', [...units].sort().map(shownUnit)),
  ].join('\n\n');
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${heading}:\n${lines.map((line) => `- ${line}`).join('\n')}`];
}
