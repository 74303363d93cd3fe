import { kindOfUnit, mapOfKind, shownUnit } from '../../model/units.ts';
import type { UnitId } from '../../plan/entry.ts';
import type { CheckedRepository } from '../checked-repository.ts';
import { readableLocks } from '../generated-drift.ts';
import { type RemovedUnit, removedUnits } from '../removed-units.ts';
import type { Finding, Rule } from '../rule.ts';
import type { Place } from '../source-files.ts';

const modelFile = 'flux-repo.yaml';

export const modelRemovedUnit: Rule = {
  id: 'model/removed-unit',
  severity: 'error',
  why: 'What was applied and is not in flux-repo.yaml any more still runs, and apply refuses to work until it is decided.',
  fix: 'Put it back into flux-repo.yaml; to take it away in safe phases, use remove.',
  *find(repository): Generator<Finding> {
    const { model, tree } = repository;
    const locks = model === undefined ? undefined : readableLocks(tree);
    if (model === undefined || locks === undefined) return;
    for (const removed of removedUnits(model, locks)) {
      const { unit, renamedTo } = removed;
      const now = renamedTo === undefined ? '' : `; it looks as if ${shownUnit(renamedTo)} were its new name`;
      yield {
        message: `flux-repo.yaml no longer has ${shownUnit(unit)}, whose files are still here${now}`,
        at: placeOf(repository, renamedTo),
        key: unit,
        hint: hintOf(repository, removed),
      };
    }
  },
};

function hintOf({ tool }: CheckedRepository, { unit, renamedTo }: RemovedUnit): string {
  const { kind, name } = kindOfUnit(unit);
  if (renamedTo !== undefined)
    return `Give it its old name back; another name is another ${kind}: add that one, then remove ${name}.`;
  const command = tool?.write.tool('remove', kind, name) ?? `remove ${kind} ${name}`;
  return `Put it back into flux-repo.yaml; to take it away in safe phases, do so after that: ${command}`;
}

/** The new name, where there seems to be one. */
function placeOf({ files }: CheckedRepository, renamedTo: UnitId | undefined): Place {
  if (renamedTo === undefined || renamedTo === 'repository') return { file: modelFile };
  const { kind, name } = kindOfUnit(renamedTo);
  return files.get(modelFile)?.documents[0]?.placeOf([mapOfKind(kind), name]) ?? { file: modelFile };
}
