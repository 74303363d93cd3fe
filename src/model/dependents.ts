import { catalogue } from '../catalogue/catalogue.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { Model, Team } from './model.ts';
import { carrierOf } from './secret-strategies.ts';
import { strategyOf } from './settings.ts';
import { clustersOf, inOrder, type UnitKind } from './units.ts';

/** Something that could not be without a unit. */
export interface Dependent {
  /** Where the model says so. */
  path: YamlPath;
  /** In a sentence: `app web waits for it`. */
  what: string;
}

/** Everything in a model that a unit cannot be taken away from. */
export function dependentsOf(model: Model, kind: UnitKind, name: string): Dependent[] {
  switch (kind) {
    case 'component':
      return [...strategyOn(model, name), ...needing(model, name), ...waiting(model, name)];
    case 'app':
      return waiting(model, name);
    case 'environment':
      return [
        ...clustersOf(model, name).map((cluster) => ({
          path: ['clusters', cluster, 'environment'],
          what: `cluster ${cluster} is of it`,
        })),
        ...onlyThere(model, 'environments', name),
      ];
    case 'cluster':
      return onlyThere(model, 'clusters', name);
    default:
      return [];
  }
}

function strategyOn(model: Model, component: string): Dependent[] {
  const strategy = strategyOf(model);
  if (carrierOf(strategy) !== component) return [];
  return [{ path: ['secrets', 'strategy'], what: `secrets are kept with it (strategy ${strategy})` }];
}

/** Components of the catalogue that do not work without another one. */
function needing(model: Model, component: string): Dependent[] {
  return inOrder(model.components)
    .filter(([other, { provided }]) => provided !== true && catalogue.get(other)?.dependsOn.includes(component))
    .map(([other]) => ({ path: ['components', other], what: `component ${other} needs it` }));
}

function waiting(model: Model, name: string): Dependent[] {
  return (['components', 'apps', 'teams'] as const).flatMap((map) =>
    inOrder<Pick<Team, 'dependsOn'>>(model[map]).flatMap(([other, { dependsOn = [] }]) =>
      dependsOn.flatMap((wanted, index) =>
        wanted === name && other !== name
          ? [{ path: [map, other, 'dependsOn', index], what: `${map.slice(0, -1)} ${other} waits for it` }]
          : [],
      ),
    ),
  );
}

/** Teams and notifications that would be nowhere. */
function onlyThere(model: Model, places: 'clusters' | 'environments', name: string): Dependent[] {
  return (['teams', 'notifications'] as const).flatMap((map) =>
    inOrder<Pick<Team, 'clusters' | 'environments'>>(model[map])
      .filter(([, unit]) => unit[places]?.every((place) => place === name))
      .map(([unit]) => ({ path: [map, unit, places], what: `${map.slice(0, -1)} ${unit} is only there` })),
  );
}
