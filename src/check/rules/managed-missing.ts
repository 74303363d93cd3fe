import { shownUnit } from '../../model/units.ts';
import { generatedDrift, isMissed, isToldByBuild, wayBack } from '../generated-drift.ts';
import type { Finding, Rule } from '../rule.ts';

export const managedMissing: Rule = {
  id: 'managed/missing',
  severity: 'warning',
  why: 'Flux takes away from the clusters what a deleted manifest held, and flux-repo.yaml still asks for it.',
  fix: 'Bring the file back with apply --theirs.',
  *find(repository): Generator<Finding> {
    for (const drift of generatedDrift(repository)) {
      const { path, unit } = drift;
      if (!isMissed(repository, drift) || isToldByBuild(repository, drift)) continue;
      const hint = wayBack(repository, path);
      yield {
        message: `${path}, generated for ${shownUnit(unit)}, was deleted: no cluster gets what was in it`,
        at: { file: path },
        key: 'missing',
        ...(hint !== undefined && { hint }),
      };
    }
  },
};
