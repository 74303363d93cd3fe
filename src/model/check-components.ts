import { catalogue } from '../catalogue/catalogue.ts';
import { nearest } from '../nearest.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';
import type { Component, Model } from './model.ts';

/** Components exist, bring what they need, and do not wait for each other in a circle. */
export function* checkComponents(model: Model): Generator<ModelFault> {
  for (const [name, component] of Object.entries(model.components)) {
    yield* checkOrigin(name, component);
    yield* checkSettings(name, component);
    yield* checkPinnedCrds(name, component);
    yield* checkNeeds(model, name, component);
    for (const environment of Object.keys(component.environments ?? {}))
      if (!Object.hasOwn(model.environments, environment))
        yield {
          rule: 'model/unknown-name',
          path: ['components', name, 'environments', environment],
          message: `environment "${environment}" does not exist`,
        };
  }
  yield* checkCircles(model);
}

function* checkOrigin(name: string, component: Component): Generator<ModelFault> {
  const path = ['components', name];
  if (catalogue.has(name) || component.provided === true) return;
  if (component.chart === undefined) {
    const meant = nearest(name, catalogue.keys());
    yield {
      rule: 'model/unknown-name',
      path,
      message: `there is no component "${name}"${meant ? `, did you mean "${meant}"?` : ''}`,
      hint: `Known: ${[...catalogue.keys()].join(', ')}. Any other chart needs "chart: {url, version}".`,
    };
  } else if (!component.chart.url.startsWith('oci://') && component.chart.name === undefined) {
    yield { rule: 'model/missing', path: [...path, 'chart'], message: 'a chart from a Helm repository needs its name' };
  }
}

/** CRDs of one version under a controller of another are neither's. */
function* checkPinnedCrds(name: string, component: Component): Generator<ModelFault> {
  const entry = catalogue.get(name);
  const line = /^v?(\d+\.\d+)\./.exec(entry?.crds?.tag ?? '')?.[1];
  if (line === undefined) return;
  const given: [YamlPath, string | undefined][] = [
    [['components', name, 'version'], component.version],
    ...Object.entries(component.environments ?? {}).map(([environment, { version }]): [YamlPath, typeof version] => [
      ['components', name, 'environments', environment, 'version'],
      version,
    ]),
  ];
  for (const [path, version] of given)
    if (version !== undefined && !new RegExp(`^[~^=v ]*${line.replace('.', '\\.')}(\\.|$)`).test(version))
      yield { rule: 'model/value', path, message: `its CRDs are those of ${entry?.crds?.tag}: stay within ${line}.x` };
}

function* checkSettings(name: string, component: Component): Generator<ModelFault> {
  const known = catalogue.get(name)?.settings ?? {};
  for (const [setting, value] of Object.entries(component.settings ?? {})) {
    const path = ['components', name, 'settings', setting];
    const wanted = Object.hasOwn(known, setting) ? known[setting] : undefined;
    if (wanted === undefined)
      yield {
        rule: 'model/unknown-key',
        path,
        message: `${name} has no such setting; it knows ${Object.keys(known).join(', ') || 'none'}`,
      };
    else if (!new RegExp(wanted.pattern).test(value))
      yield { rule: 'model/value', path, message: `must match ${wanted.pattern}` };
  }
}

function* checkNeeds(model: Model, name: string, component: Component): Generator<ModelFault> {
  for (const needed of catalogue.get(name)?.dependsOn ?? [])
    if (component.provided !== true && model.components[needed] === undefined)
      yield {
        rule: 'model/missing',
        path: ['components', name],
        message: `needs component "${needed}"`,
        hint: `Add "${needed}: {}" under components, or "${needed}: {provided: true}" when the cluster brings it.`,
      };
  for (const [index, wanted] of (component.dependsOn ?? []).entries())
    if (model.components[wanted] === undefined)
      yield {
        rule: 'model/unknown-name',
        path: ['components', name, 'dependsOn', index],
        message: `"${wanted}" is no component here`,
      };
}

function* checkCircles(model: Model): Generator<ModelFault> {
  const done = new Set<string>();
  for (const map of ['components', 'apps'] as const)
    for (const name of Object.keys(model[map])) {
      const circle = circleFrom(model, map, name, [], done);
      if (circle === undefined) continue;
      yield {
        rule: 'model/circle',
        path: [map, name, 'dependsOn'],
        message: `waits for itself: ${circle.join(' -> ')}`,
      };
      return;
    }
}

/** The path of names back to one already on it, or undefined. */
function circleFrom(
  model: Model,
  map: 'components' | 'apps',
  name: string,
  path: readonly string[],
  done: Set<string>,
): string[] | undefined {
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
  if (done.has(name)) return undefined;
  const entry = map === 'components' ? catalogue.get(name) : undefined;
  const after = entry?.after.filter((other) => Object.hasOwn(model.components, other)) ?? [];
  for (const next of [...(model[map][name]?.dependsOn ?? []), ...(entry?.dependsOn ?? []), ...after]) {
    const circle = circleFrom(model, map, next, [...path, name], done);
    if (circle !== undefined) return circle;
  }
  done.add(name);
  return undefined;
}
