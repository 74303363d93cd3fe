import { shownUnit } from '../../model/units.ts';
import { generatedDrift, isMissed, isToldByBuild, wayBack } from '../generated-drift.ts';
import type { Finding, Rule } from '../rule.ts';

const modelFile = 'flux-repo.yaml';

export const managedMissing: Rule = {
  id: 'managed/missing',
  severity: 'warning',
  why: 'Flux takes away from the clusters what a deleted manifest held, and flux-repo.yaml still asks for it.',
  fix: 'Bring the file back with apply --theirs, or say in a comment of flux-repo.yaml why it is to stay away.',
  *find(repository): Generator<Finding> {
    for (const drift of generatedDrift(repository)) {
      const { path, unit } = drift;
      if (!isMissed(repository, drift) || isToldByBuild(repository, drift)) continue;
      const back = wayBack(repository, path);
      const away = `If it is to stay away, say why in ${modelFile}: # flux-repo-ignore managed/missing: ${path}, <reason>`;
      yield {
        message: `${path}, generated for ${shownUnit(unit)}, was deleted: no cluster gets what was in it`,
        at: { file: path },
        key: 'missing',
        ignoredIn: modelFile,
        hint: back === undefined ? away : `${away}. ${back}`,
      };
    }
  },
};
