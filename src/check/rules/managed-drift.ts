import { shownUnit } from '../../model/units.ts';
import type { Drift } from '../drift.ts';
import { generatedDrift, isMissed, isToldByBuild } from '../generated-drift.ts';
import type { Finding, Rule } from '../rule.ts';

export const managedDrift: Rule = {
  id: 'managed/drift',
  severity: 'info',
  why: 'A generated file that is not as flux-repo.yaml says may be meant so, or be what somebody forgot to apply.',
  fix: 'See the difference with diff; apply makes files follow the model, and keeps what was edited by hand.',
  *find(repository): Generator<Finding> {
    const { tool } = repository;
    if (tool === undefined) return;
    for (const drift of generatedDrift(repository)) {
      const { path, unit, kind, line } = drift;
      if (isMissed(repository, drift) || isToldByBuild(repository, drift)) continue;
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
