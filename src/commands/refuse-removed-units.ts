import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { kindOfUnit, shownUnit, unitsOf } from '../model/units.ts';
import type { UnitId } from '../plan/entry.ts';
import type { Locks } from '../plan/lock-file.ts';
import { stableJson } from '../plan/stable-json.ts';
import { modelPath } from './target-folder.ts';

/**
 * Taking a unit out of the model must not delete what runs, and giving it another name would do that too.
 * @throws ExpectedError (exit 3) naming what was applied and is no longer in the model
 */
export function refuseRemovedUnits(model: Model, locks: Locks): void {
  const wanted = new Map(unitsOf(model).map(({ unit, part }) => [unit, stableJson(part)]));
  const gone = [...locks.keys()].filter((unit) => unit !== 'repository' && !wanted.has(unit));
  if (gone.length === 0) return;
  const fresh = new Map([...wanted].filter(([unit]) => !locks.has(unit)));
  const renames = gone.flatMap((unit) => renameOf(unit, stableJson(locks.get(unit)?.part), fresh));
  throw new ExpectedError({
    code: 'unit-removed',
    exitCode: 3,
    message: `${modelPath} no longer has ${gone.map(shownUnit).join(', ')}`,
    why: [...renames, 'Their files are still here, and removing them could take down what runs. Nothing was written.'],
    hint:
      renames.length > 0
        ? `give them their old names back in ${modelPath}; another name is a new unit: add it, then remove the old one`
        : `put them back into ${modelPath}; to take them away in safe phases: ${gone.map(removeCommand).join('; ')}`,
  });
}

function removeCommand(unit: UnitId): string {
  if (unit === 'repository') return '';
  const { kind, name } = kindOfUnit(unit);
  return `${npx} ${shellCommand(['remove', kind, name])}`;
}

/** A new unit of the same kind that says exactly the same is the old one under another name. */
function renameOf(unit: UnitId, part: string, fresh: ReadonlyMap<UnitId, string>): string[] {
  const twin = [...fresh].find(([other, same]) => same === part && kindName(other) === kindName(unit));
  return twin === undefined ? [] : [`It looks like a new name: ${shownUnit(unit)} is now ${shownUnit(twin[0])}.`];
}

function kindName(unit: UnitId): string {
  return unit === 'repository' ? unit : kindOfUnit(unit).kind;
}
