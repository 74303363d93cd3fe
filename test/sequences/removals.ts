import type { Model } from '../../src/model/model.ts';
import type { Dice } from './dice.ts';

/** One phase of a `remove` command, and what it means for the model. */
export interface Removal {
  words: string[];
  change(model: Model): void;
}

type Make = (applied: Model, dice: Dice, isUntouched: (path: string) => boolean) => Removal | undefined;

/** A phase that leaves the unit in the model, if it is the first of two; else the unit goes. */
function phased(
  map: 'apps' | 'components' | 'teams',
  name: string,
  { isFirst, phase }: { isFirst: boolean; phase: 'release' | 'sync' },
): Removal['change'] {
  return (model) => {
    const unit = model[map][name];
    if (isFirst && unit !== undefined) Object.assign(unit, { removing: { phase } });
    else {
      delete model[map][name];
      const own = Object.entries(model.notifications).filter(([, { team }]) => map === 'teams' && team === name);
      for (const [notification] of own) delete model.notifications[notification];
    }
  };
}

export const removals: Record<string, Make> = {
  'remove app': (applied, dice) => {
    const wanted = Object.values(applied.apps).flatMap(({ dependsOn = [] }) => dependsOn);
    const name = dice.choose(Object.keys(applied.apps).filter((each) => !wanted.includes(each)));
    const app = applied.apps[name ?? ''];
    if (name === undefined || app === undefined) return undefined;
    const isFirst = app.chart !== undefined && app.removing === undefined;
    return { words: ['app', name], change: phased('apps', name, { isFirst, phase: 'release' }) };
  },
  'remove component': (applied, dice) => {
    const charts = Object.entries(applied.components).filter(([, { chart }]) => chart !== undefined);
    const [name, component] = dice.choose(charts) ?? [];
    if (name === undefined) return undefined;
    const isFirst = component?.removing === undefined;
    return { words: ['component', name], change: phased('components', name, { isFirst, phase: 'release' }) };
  },
  // Hand edits of what a phase takes out are conflicts, with tests of their own.
  'remove team': (applied, dice, isUntouched) => {
    const clusters = Object.keys(applied.clusters);
    const free = Object.keys(applied.teams).filter((name) =>
      [
        `tenants/base/${name}/sync.yaml`,
        ...clusters.map((cluster) => `clusters/${cluster}/tenants/${name}.yaml`),
      ].every(isUntouched),
    );
    const name = dice.choose(free);
    if (name === undefined) return undefined;
    const { environments, removing } = applied.teams[name] ?? {};
    const isSomewhere = Object.values(applied.clusters).some(
      ({ environment }) => environments?.includes(environment) ?? true,
    );
    const isFirst = isSomewhere && removing === undefined;
    return { words: ['team', name], change: phased('teams', name, { isFirst, phase: 'sync' }) };
  },
  'remove environment': (applied, dice) => {
    const living = Object.values(applied.clusters).map(({ environment }) => environment);
    const needed = Object.values(applied.teams).flatMap(({ environments = [] }) => environments);
    const name = dice.choose(
      Object.keys(applied.environments).filter((each) => !living.includes(each) && !needed.includes(each)),
    );
    if (name === undefined) return undefined;
    const change = (model: Model) => {
      delete model.environments[name];
      for (const unit of [...Object.values(model.apps), ...Object.values(model.components)]) {
        delete unit.environments?.[name];
        if (Object.keys(unit.environments ?? {}).length === 0) delete unit.environments;
      }
    };
    return { words: ['environment', name], change };
  },
  'remove cluster': (applied, dice) => {
    const environments = Object.values(applied.clusters).map(({ environment }) => environment);
    const others = Object.entries(applied.clusters).filter(
      ([, { environment }]) => environments.filter((each) => each === environment).length > 1,
    );
    const [name] = dice.choose(others) ?? [];
    if (name === undefined) return undefined;
    return { words: ['cluster', name], change: (model) => delete model.clusters[name] };
  },
};
