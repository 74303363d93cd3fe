import { shownUnit } from '../model/units.ts';
import { isWrite } from '../plan/plan.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { Proposal } from './proposal.ts';
import { modelPath } from './target-folder.ts';

/** Columns in which `git log --oneline` shows a title whole. */
const longestTitle = 72;

/** What a commit does, with what the model says otherwise where that fits: `Apply flux-repo.yaml: interval of app web`. */
export function commitTitle({ title, changed = [] }: Pick<Proposal, 'title' | 'changed'>): string {
  const whole = `${title}: ${changed.join(', ')}`;
  return changed.length > 0 && whole.length <= longestTitle ? whole : title;
}

/**
 * The title, what else the commit adds, and what was regenerated, one a line: units of which a file that people read is
 * another one. Of our bookkeeping alone the lines tell where there is nothing else.
 */
export function commitMessage(proposal: Proposal): string {
  const { plan, own, forgotten = [], alsoAdds = [], title, changed = [] } = proposal;
  const { regenerates = true } = proposal;
  const units = new Map(plan.changes.map(({ path, unit }) => [path, unit]));
  const written = [...plan.changes.filter(isWrite).map(({ path }) => path), ...forgotten];
  const unitsOf = (paths: readonly RepoPath[]) => new Set(paths.flatMap((path) => units.get(path) ?? []));
  const visible = unitsOf(written.filter((path) => path !== modelPath && !path.startsWith('.flux-repo/')));
  const regenerated =
    visible.size > 0 ? visible : unitsOf(written.filter((path) => path.startsWith('.flux-repo/lock/')));
  const added = new Set([own?.adds, ...alsoAdds]);
  const shown = commitTitle(proposal);
  return [
    shown,
    ...section('Also adds, from an earlier run', alsoAdds.map(shownUnit)),
    ...section('Changed', shown === title ? changed : []),
    ...section(
      'Regenerated',
      [...regenerated]
        .filter((unit) => regenerates && !added.has(unit))
        .sort()
        .map(shownUnit),
    ),
  ].join('\n\n');
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${heading}:\n${lines.map((line) => `- ${line}`).join('\n')}`];
}
