import type { Model } from '../model/model.ts';
import { kindOfUnit, unitsOf } from '../model/units.ts';
import type { UnitId } from '../plan/entry.ts';
import type { Locks } from '../plan/lock-file.ts';
import { stableJson } from '../plan/stable-json.ts';

/** A unit that was applied and that the model does not have any more. */
export interface RemovedUnit {
  unit: Exclude<UnitId, 'repository'>;
  /** A unit of the same kind that nobody applied yet and that says the same: most likely its new name. */
  renamedTo: UnitId | undefined;
}

/** What somebody took out of `flux-repo.yaml`, or named otherwise, by hand. No command does that to what may run. */
export function removedUnits(model: Model, locks: Locks): RemovedUnit[] {
  const wanted = new Map(unitsOf(model).map(({ unit, part }) => [unit, stableJson(part)]));
  const fresh = [...wanted].filter(([unit]) => !locks.has(unit));
  return [...locks].flatMap(([unit, { part }]) => {
    if (unit === 'repository' || wanted.has(unit)) return [];
    const same = stableJson(part);
    const twin = fresh.find(([other, text]) => text === same && kindOf(other) === kindOf(unit));
    return [{ unit, renamedTo: twin?.[0] }];
  });
}

function kindOf(unit: UnitId): string {
  return unit === 'repository' ? unit : kindOfUnit(unit).kind;
}
