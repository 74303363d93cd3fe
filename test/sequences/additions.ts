import type { Model } from '../../src/model/model.ts';
import type { Dice } from './dice.ts';

/** An `add` command, and what it means for the model. */
export interface Addition {
  words: string[];
  parts: Partial<Pick<Model, 'apps' | 'components' | 'environments' | 'clusters' | 'teams' | 'notifications'>>;
}

type Make = (applied: Model, pending: Model, dice: Dice, count: number) => Addition | undefined;

const chart = { url: 'oci://ghcr.io/acme/charts/thing', version: '1.x' };
const chartWords = ['--chart', chart.url, '--chart-version', chart.version];

export const additions: Record<string, Make> = {
  'add app': (applied, _, dice, count) => {
    const name = `${dice.pick(['a', 'm', 'z'])}${count}`;
    const other = dice.roll(3) === 0 ? dice.choose(staying(applied.apps)) : undefined;
    const needed = other === undefined ? {} : { dependsOn: [other] };
    return {
      words: ['app', name, '--image', 'shop:1.0', ...(other === undefined ? [] : ['--depends-on', other])],
      parts: { apps: { [name]: { image: 'shop:1.0', ...needed } } },
    };
  },
  'add app from a chart': (_applied, _pending, dice, count) => {
    const name = `${dice.pick(['b', 'n', 'y'])}${count}`;
    return { words: ['app', name, ...chartWords], parts: { apps: { [name]: { chart } } } };
  },
  'add component': (_applied, _pending, dice, count) => {
    const name = `${dice.pick(['c', 'o', 'x'])}${count}`;
    return { words: ['component', name, ...chartWords], parts: { components: { [name]: { chart } } } };
  },
  'add component of the catalogue': (applied) => {
    const next = ['cert-manager', 'gateway-api', 'envoy-gateway'].find(
      (name) => applied.components[name] === undefined,
    );
    return next === undefined ? undefined : { words: ['component', next], parts: { components: { [next]: {} } } };
  },
  'add environment': (applied, _, dice, count) => {
    const name = `${dice.pick(['d', 'p', 'w'])}${count}`;
    return Object.keys(applied.environments).length > 4
      ? undefined
      : { words: ['environment', name], parts: { environments: { [name]: {} } } };
  },
  'add team': (applied, _, dice, count) => {
    const name = `${dice.pick(['f', 'r', 'u'])}${count}`;
    const environment = dice.roll(2) === 0 ? dice.choose(Object.keys(applied.environments)) : undefined;
    const where = environment === undefined ? [] : ['--environment', environment];
    const team = { source: 'path', ...(environment === undefined ? {} : { environments: [environment] }) };
    return { words: ['team', name, ...where], parts: { teams: { [name]: team } } };
  },
  // one that needs no credential; what does is encrypted anew each time, and never the same bytes
  'add notification': (applied, _, dice, count) => {
    const name = `${dice.pick(['g', 'k', 's'])}${count}`;
    const team = dice.roll(2) === 0 ? dice.choose(Object.keys(applied.teams)) : undefined;
    const whose = team === undefined ? [] : ['--team', team];
    const said = { type: 'pagerduty', ...(team === undefined ? {} : { team }), channel: 'key' };
    return {
      words: ['notification', name, '--type', 'pagerduty', '--channel', 'key', ...whose],
      parts: { notifications: { [name]: said } },
    };
  },
  'add cluster': (applied, _, dice, count) => {
    const name = `${dice.pick(['e', 'q', 'v'])}${count}`;
    const environment = dice.choose(Object.keys(applied.environments));
    if (environment === undefined || Object.keys(applied.clusters).length > 4) return undefined;
    return {
      words: ['cluster', name, '--environment', environment, '--set', 'zone_0=here'],
      parts: { clusters: { [name]: { environment, variables: { zone_0: 'here' } } } },
    };
  },
};

/** Nobody may begin to wait for what is being removed. */
function staying(apps: Model['apps']): string[] {
  return Object.keys(apps).filter((name) => apps[name]?.removing === undefined);
}
