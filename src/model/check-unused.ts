import { catalogue } from '../catalogue/catalogue.ts';
import type { ModelFault } from './fault.ts';
import type { App, Component, Model } from './model.ts';

/** Settings that no file would show: whoever wrote them expects something that would not happen. */
export function* checkUnused(model: Model): Generator<ModelFault> {
  for (const [name, component] of Object.entries(model.components)) {
    yield* unused(['components', name], component, ...unusedOfComponent(name, component));
    for (const [environment, differing] of Object.entries(component.environments ?? {}))
      yield* unused(
        ['components', name, 'environments', environment],
        differing,
        ['replicas'],
        'a component is a chart: its replicas are among its values',
      );
  }
  for (const [name, app] of Object.entries(model.apps)) {
    yield* unused(['apps', name], app, ...unusedOfApp(app));
    const ofEnvironment = app.chart === undefined ? ['values', 'version'] : ['replicas'];
    for (const [environment, differing] of Object.entries(app.environments ?? {}))
      yield* unused(['apps', name, 'environments', environment], differing, ofEnvironment, madeFrom(app));
  }
}

type Unused = [keys: readonly string[], why: string];

function unusedOfComponent(name: string, component: Component): Unused {
  if (component.provided === true)
    return [
      Object.keys(component).filter((key) => key !== 'provided'),
      'the cluster provides this component, so nothing is made of it here',
    ];
  const entry = catalogue.get(name);
  if (entry === undefined) return [[], ''];
  return entry.chart === undefined
    ? [
        ['chart', 'namespace', 'podSecurity', 'version', 'values', 'environments'],
        `"${name}" is in the catalogue and is no chart`,
      ]
    : [['chart', 'namespace', 'podSecurity'], `"${name}" is in the catalogue; only its version and values can be set`];
}

function unusedOfApp(app: App): Unused {
  const keys = app.chart === undefined ? ['values'] : ['port', 'replicas', 'healthPath'];
  return [app.image !== undefined && app.chart !== undefined ? [] : keys, madeFrom(app)];
}

function madeFrom(app: App): string {
  return app.chart === undefined
    ? 'is for charts; this app is made from an image'
    : 'is for images; this app is a chart, with values of its own';
}

function* unused(path: string[], settings: object, keys: readonly string[], message: string): Generator<ModelFault> {
  for (const [key, value] of Object.entries(settings))
    if (keys.includes(key) && value !== undefined) yield { rule: 'model/value', path: [...path, key], message };
}
