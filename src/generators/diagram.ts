import type { Model } from '../model/model.ts';
import { teamsIn } from '../model/teams.ts';
import { clustersOf, inOrder, livingEnvironments } from '../model/units.ts';
import { appChild, type Child, componentChildren, notificationChildren, tenantChild } from './children.ts';

/** More than this is no picture any more. */
const mostNodes = 60;

/**
 * Lines of a Mermaid flowchart: clusters, and per environment the Kustomizations in their order.
 * Too many of them are drawn as one box per layer.
 */
export function diagram(model: Model): string[] {
  const environments = livingEnvironments(model);
  const detailed = environments.flatMap((environment) => environmentLines(model, environment, true));
  const nodes = Object.keys(model.clusters).length + detailed.filter((line) => line.includes('[')).length;
  if (nodes <= mostNodes) return [...clusterLines(model), ...detailed];
  const coarse = environments.flatMap((environment) => environmentLines(model, environment, false));
  const few = environments.length * 4 + Object.keys(model.clusters).length <= mostNodes;
  return few ? [...clusterLines(model), ...coarse] : coarse.slice(0, mostNodes);
}

function clusterLines(model: Model): string[] {
  return livingEnvironments(model).flatMap((environment) =>
    clustersOf(model, environment).map(
      (cluster) => `${id('cluster', cluster)}(["${cluster}"]) --> ${id('environment', environment)}`,
    ),
  );
}

function environmentLines(model: Model, environment: string, detailed: boolean): string[] {
  const components = [
    ...inOrder(model.components).flatMap(([name]) => componentChildren(model, name, environment)),
    ...notificationChildren(model, environment),
  ];
  const apps = inOrder(model.apps)
    .filter(([, { removing }]) => removing === undefined)
    .map(([name]) => appChild(model, name, environment));
  const teams = teamsIn(model, environment).map((name) => tenantChild(model, name, environment));
  const drawn = new Set([...components, ...apps, ...teams].map(({ name }) => name));
  const layer = (name: string, children: readonly Pick<Child, 'name'>[]) =>
    detailed ? children.map((child) => box(environment, child.name)) : [box(environment, name)];
  const arrows = [...components, ...apps, ...teams].flatMap((child) =>
    child.dependsOn
      .filter((wanted) => drawn.has(wanted))
      .map((wanted) => `${id('in', environment, child.name)} --> ${id('in', environment, wanted)}`),
  );
  return [
    `subgraph ${id('environment', environment)}["${environment}"]`,
    ...(components.length > 0 ? layer('infrastructure', components) : []),
    ...(apps.length > 0 ? layer('apps', apps) : []),
    ...(teams.length > 0 ? layer('tenants', teams) : []),
    ...(detailed ? arrows : []),
    'end',
  ];
}

function box(environment: string, name: string): string {
  return `${id('in', environment, name)}["${name}"]`;
}

/**
 * No two names make one id, since a label holds neither "." nor "_". The first word keeps a node from beginning with a
 * word of Mermaid's own, such as "end"; two hyphens would begin an arrow.
 * https://mermaid.js.org/syntax/flowchart.html
 */
function id(kind: 'cluster' | 'environment' | 'in', ...names: string[]): string {
  return [kind, ...names].join('.').replaceAll('--', '-_');
}
