import { version } from '../cli/program.ts';
import { generateUnits } from '../generators/generate-units.ts';
import type { Model } from '../model/model.ts';
import type { UnitEntries } from '../plan/entry.ts';

/** Units that another model generates otherwise, or of which it says something else. */
export function touchedUnits(before: Model, after: Model): UnitEntries[] {
  const known = new Map(
    generateUnits(before, { toolVersion: version }).map((unit) => [
      unit.unit,
      JSON.stringify([unit.part, unit.entries]),
    ]),
  );
  return generateUnits(after, { toolVersion: version }).filter(
    ({ unit, part, entries }) => known.get(unit) !== JSON.stringify([part, entries]),
  );
}
