import { secretsOf } from './declared-secrets.ts';
import type { Model } from './model.ts';
import { keyScopeOf } from './settings.ts';

/** A key that a cluster holds, by whose it is; the private half is in `<kind>-<name>.agekey`. */
export interface ClusterKey {
  kind: 'cluster' | 'environment';
  name: string;
}

/**
 * The keys that a cluster's Flux decrypts with: its own, or its environment's. Where environments have keys, a cluster has
 * one of its own as soon as it has Secrets that are for it alone.
 */
export function keysOfCluster(model: Model, cluster: string): ClusterKey[] {
  const own: ClusterKey = { kind: 'cluster', name: cluster };
  if (keyScopeOf(model) === 'cluster') return [own];
  const environment: ClusterKey = { kind: 'environment', name: model.clusters[cluster]?.environment ?? '' };
  return secretsOf(model, { kind: 'cluster', name: cluster }).length > 0 ? [environment, own] : [environment];
}
