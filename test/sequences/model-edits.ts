import type { Model } from '../../src/model/model.ts';
import type { Dice } from './dice.ts';

/** One value of `flux-repo.yaml` as a person changes it. */
export interface ModelEdit {
  path: readonly string[];
  value: string | number;
}

type Edit = (model: Model, dice: Dice) => ModelEdit | undefined;

const minutes = (dice: Dice) => `${2 + dice.roll(50)}m`;

/** Only of what stays valid whatever was edited before. */
export const modelEdits: Record<string, Edit> = {
  'model: interval': (_, dice) => ({
    path: ['intervals', dice.pick(['apps', 'infrastructure', 'retry', 'charts', 'sources'])],
    value: minutes(dice),
  }),
  'model: interval of an environment': (model, dice) =>
    edit(dice.choose(Object.keys(model.environments)), (name) => ({
      path: ['environments', name, 'intervals', dice.pick(['apps', 'infrastructure'])],
      value: minutes(dice),
    })),
  'model: timeout': (_, dice) => ({
    path: ['timeouts', dice.pick(['apps', 'infrastructure'])],
    value: `${60 + dice.roll(30)}m`,
  }),
  'model: image': (model, dice) =>
    edit(dice.choose(imageApps(model)), (name) => ({ path: ['apps', name, 'image'], value: `web:1.${dice.roll(90)}` })),
  'model: replicas': (model, dice) =>
    edit(dice.choose(imageApps(model)), (name) => ({ path: ['apps', name, 'replicas'], value: 1 + dice.roll(9) })),
  'model: port': (model, dice) =>
    edit(dice.choose(imageApps(model)), (name) => ({ path: ['apps', name, 'port'], value: 1024 + dice.roll(9000) })),
  'model: replicas of an environment': (model, dice) =>
    edit(dice.choose(imageApps(model)), (name) =>
      edit(dice.choose(Object.keys(model.environments)), (environment) => ({
        path: ['apps', name, 'environments', environment, 'replicas'],
        value: 1 + dice.roll(9),
      })),
    ),
  'model: variable': (_, dice) => ({ path: ['variables', `region_${dice.roll(3)}`], value: `r${dice.roll(90)}` }),
  'model: variable of a cluster': (model, dice) =>
    edit(dice.choose(Object.keys(model.clusters)), (name) => ({
      path: ['clusters', name, 'variables', `zone_${dice.roll(3)}`],
      value: `z${dice.roll(90)}`,
    })),
  'model: version': (model, dice) =>
    edit(dice.choose(charts(model)), (path) => ({ path, value: `${1 + dice.roll(9)}.${dice.roll(9)}.x` })),
};

function edit<From>(from: From | undefined, make: (from: From) => ModelEdit | undefined): ModelEdit | undefined {
  return from === undefined ? undefined : make(from);
}

function imageApps(model: Model): string[] {
  return Object.entries(model.apps).flatMap(([name, app]) => (app.image === undefined ? [] : [name]));
}

function charts(model: Model): string[][] {
  return (['apps', 'components'] as const).flatMap((map) =>
    Object.entries(model[map]).flatMap(([name, { chart }]) =>
      chart === undefined ? [] : [[map, name, 'chart', 'version']],
    ),
  );
}

/** The same as a value. */
export function withModelEdit(model: Model, { path, value }: ModelEdit): Model {
  const copy = structuredClone(model);
  let at = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[path.at(-1) ?? ''] = value;
  return copy;
}
