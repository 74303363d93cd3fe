import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';
import type { Model } from './model.ts';
import { environmentsOfNotification } from './notifications.ts';
import { clustersOf } from './units.ts';

/** Set by us in every cluster's variables. */
export const ownVariables = ['cluster_name', 'cluster_environment'];

/**
 * What components and apps say is substituted by Flux, strictly: a variable that some cluster does not set, and that has
 * no default, would stop everything beside it.
 * https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution
 */
export function* checkSubstitution(model: Model): Generator<ModelFault> {
  for (const map of ['components', 'apps'] as const)
    for (const [name, { environments, ...everywhere }] of Object.entries(model[map])) {
      yield* textFaults(model, Object.keys(model.clusters), [map, name], everywhere);
      for (const [environment, differing] of Object.entries(environments ?? {}))
        yield* textFaults(model, clustersOf(model, environment), [map, name, 'environments', environment], differing);
    }
  for (const [name, notification] of Object.entries(model.notifications)) {
    const clusters = environmentsOfNotification(model, notification).flatMap((one) => clustersOf(model, one));
    yield* textFaults(model, clusters, ['notifications', name], notification);
  }
}

function* textFaults(model: Model, clusters: readonly string[], path: YamlPath, value: unknown): Generator<ModelFault> {
  if (typeof value === 'string') yield* faultsIn(model, clusters, path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    yield* faultsIn(model, clusters, at, key);
    yield* textFaults(model, clusters, at, below);
  }
}

function* faultsIn(model: Model, clusters: readonly string[], path: YamlPath, text: string): Generator<ModelFault> {
  // "$$" stands for one "$", so what follows it is no variable.
  for (const { 0: found, index } of text.matchAll(/\$\$|\$\{/g)) {
    const message = found === '$$' ? undefined : whyNotSubstituted(model, clusters, text.slice(index + 2));
    if (message === undefined) continue;
    const hint =
      'Set it under variables, give it a default as in ${name:=default}, or write $${ where no variable is meant.';
    yield { rule: 'model/variable', path, message, hint };
  }
}

/** @param text what follows `${` */
function whyNotSubstituted(model: Model, clusters: readonly string[], text: string): string | undefined {
  const [, variable, operator = ''] = /^#?([A-Za-z_][A-Za-z0-9_]*)([:=^,/#%][^}]*)?\}/.exec(text) ?? [];
  if (variable === undefined) return '"${" begins a variable for Flux, and none follows';
  if (/^(:=|:-|=)/.test(operator)) return undefined;
  const lacking = clusters.find((cluster) => !isSet(model, cluster, variable));
  return lacking === undefined ? undefined : `variable "${variable}" is not set for cluster "${lacking}"`;
}

function isSet(model: Model, name: string, variable: string): boolean {
  const cluster = model.clusters[name];
  const environment = model.environments[cluster?.environment ?? ''];
  const given = [model.variables, environment?.variables, cluster?.variables];
  return (
    ownVariables.includes(variable) ||
    given.some((variables) => variables !== undefined && Object.hasOwn(variables, variable))
  );
}
