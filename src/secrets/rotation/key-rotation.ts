import type { Model } from '../../model/model.ts';
import { keyScopeOf } from '../../model/settings.ts';
import { clustersOf, inOrder, livingEnvironments } from '../../model/units.ts';
import type { OwnedKey } from '../key-name.ts';

/** A key that is one or several clusters' own, and where its rotation stands as far as the model tells. */
export interface KeyRotation {
  key: OwnedKey;
  /** Whose Secret holds it, in order. */
  clusters: readonly string[];
  /** Public halves that are to go; empty unless a rotation is under way. */
  old: readonly string[];
  /** The public half that stays; of the two of a rotation the later one. Undefined when no key was made yet. */
  current: string | undefined;
}

/** Which keys are meant. */
export type RotationScope = { kind: 'cluster' | 'environment'; name: string } | { kind: 'all' };

/**
 * The keys of a scope. With key scope `cluster` an environment stands for the keys of all its clusters. With key scope
 * `environment` its key is one, and a cluster has one only for what is encrypted for it alone.
 */
export function keyRotations(model: Model, scope: RotationScope): KeyRotation[] {
  const clusters = inOrder(model.clusters).map(([name]) => name);
  const keys = [
    ...(keyScopeOf(model) === 'environment' ? livingEnvironments(model).map((name) => ofEnvironment(model, name)) : []),
    ...clusters
      .map((name) => ofCluster(model, name))
      .filter(({ current }) => current !== undefined || isPerCluster(model)),
  ];
  return keys.filter(({ key }) => isMeant(model, scope, key));
}

function isPerCluster(model: Model): boolean {
  return keyScopeOf(model) === 'cluster';
}

function isMeant(model: Model, scope: RotationScope, key: OwnedKey): boolean {
  if (scope.kind === 'all') return true;
  if (key.kind === scope.kind) return key.name === scope.name;
  return scope.kind === 'environment' && model.clusters[key.name]?.environment === scope.name;
}

function ofCluster(model: Model, name: string): KeyRotation {
  return rotationOf({ kind: 'cluster', name }, [name], model.clusters[name]?.recipients);
}

function ofEnvironment(model: Model, name: string): KeyRotation {
  return rotationOf({ kind: 'environment', name }, clustersOf(model, name), model.environments[name]?.recipients);
}

function rotationOf(key: OwnedKey, clusters: readonly string[], recipients: readonly string[] = []): KeyRotation {
  return { key, clusters, old: recipients.slice(0, -1), current: recipients.at(-1) };
}
