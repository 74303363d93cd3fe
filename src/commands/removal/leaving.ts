import { version } from '../../cli/program.ts';
import { generateUnits } from '../../generators/generate-units.ts';
import type { Model } from '../../model/model.ts';
import { unitsOf } from '../../model/units.ts';
import type { UnitId } from '../../plan/entry.ts';
import type { RepoPath } from '../../tree/repo-path.ts';

/** What a change of the model takes away: units, and encrypted files that nothing declares any more. */
export function leaving(before: Model, after: Model): { removed: Set<UnitId>; unsealed: Set<RepoPath> } {
  const left = new Set(unitsOf(after).map(({ unit }) => unit));
  const stillSealed = new Set(sealedIn(after));
  return {
    removed: new Set(unitsOf(before).flatMap(({ unit }) => (left.has(unit) ? [] : [unit]))),
    unsealed: new Set(sealedIn(before).filter((path) => !stillSealed.has(path))),
  };
}

function sealedIn(model: Model): RepoPath[] {
  return generateUnits(model, { toolVersion: version }).flatMap(({ entries }) =>
    entries.filter(({ kind }) => kind === 'sealed').map(({ path }) => path),
  );
}
