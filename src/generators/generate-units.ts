import type { Model } from '../model/model.ts';
import { unitsOf } from '../model/units.ts';
import type { Entry, UnitEntries, UnitId } from '../plan/entry.ts';
import { appGenerator } from './app.ts';
import { clusterGenerator } from './cluster.ts';
import { componentGenerator } from './component.ts';
import { environmentGenerator } from './environment.ts';
import type { Generator } from './generator.ts';
import { notificationGenerator } from './notification.ts';
import { repositoryEntries } from './repository.ts';
import { teamGenerator } from './team.ts';

/** One generator per kind of unit. */
const generators: Record<string, Generator> = {
  cluster: clusterGenerator,
  environment: environmentGenerator,
  component: componentGenerator,
  app: appGenerator,
  team: teamGenerator,
  notification: notificationGenerator,
};

/** A command asks several times for what one model wants, and of a large fleet that is a second each. */
const generated = new WeakMap<Model, { toolVersion: string; units: readonly UnitEntries[] }>();

/**
 * Everything a model wants to be in its repository, by unit. Pure: same model, same bytes, on every machine.
 * @param toolVersion the exact version that generated commands name
 */
export function generateUnits(model: Model, { toolVersion }: { toolVersion: string }): readonly UnitEntries[] {
  const known = generated.get(model);
  if (known?.toolVersion === toolVersion) return known.units;
  const units = unitsOf(model).map(({ unit, part }) => ({ unit, part, entries: entriesOf(model, unit, toolVersion) }));
  generated.set(model, { toolVersion, units });
  return units;
}

function entriesOf(model: Model, unit: UnitId, toolVersion: string): Entry[] {
  if (unit === 'repository') return repositoryEntries(model, toolVersion);
  const dash = unit.indexOf('-');
  return generators[unit.slice(0, dash)]?.generate(model, unit.slice(dash + 1)) ?? [];
}
