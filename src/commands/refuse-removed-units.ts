import { removedUnits } from '../check/removed-units.ts';
import { npx } from '../cli/program.ts';
import { shellCommand } from '../cli/shell-quote.ts';
import { ExpectedError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { kindOfUnit, shownUnit } from '../model/units.ts';
import type { Locks } from '../plan/lock-file.ts';
import { modelPath } from './target-folder.ts';

/**
 * Taking a unit out of the model must not delete what runs, and giving it another name would do that too.
 * @throws ExpectedError (exit 3) naming what was applied and is no longer in the model
 */
export function refuseRemovedUnits(model: Model, locks: Locks): void {
  const gone = removedUnits(model, locks);
  if (gone.length === 0) return;
  const renames = gone.flatMap(({ unit, renamedTo }) =>
    renamedTo === undefined ? [] : [`It looks like a new name: ${shownUnit(unit)} is now ${shownUnit(renamedTo)}.`],
  );
  const removals = gone.map(({ unit }) => {
    const { kind, name } = kindOfUnit(unit);
    return `${npx} ${shellCommand(['remove', kind, name])}`;
  });
  throw new ExpectedError({
    code: 'unit-removed',
    exitCode: 3,
    message: `${modelPath} no longer has ${gone.map(({ unit }) => shownUnit(unit)).join(', ')}`,
    why: [...renames, 'Their files are still here, and removing them could take down what runs. Nothing was written.'],
    hint:
      renames.length > 0
        ? `give them their old names back in ${modelPath}; another name is a new unit: add it, then remove the old one`
        : `put them back into ${modelPath}; to take them away in safe phases: ${removals.join('; ')}`,
  });
}
