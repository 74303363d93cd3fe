import { keysOfCluster } from '../model/cluster-keys.ts';
import type { Model } from '../model/model.ts';
import { strategyOf } from '../model/settings.ts';
import { inOrder } from '../model/units.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import type { KeyName } from '../secrets/key-name.ts';

/** The keys that somebody must make before secrets can be encrypted; whose public half the model has is not among them. */
export function keysToMake(model: Model): KeyName[] {
  if (strategyOf(model) !== 'sops') return [];
  const needed = inOrder(model.clusters).flatMap(([name]) => keysOfCluster(model, name));
  const namesOf = (kind: 'cluster' | 'environment') =>
    [...new Set(needed.filter((key) => key.kind === kind).map(({ name }) => name))].sort();
  const owners: KeyName[] = [
    ...namesOf('environment')
      .filter((name) => isNone(model.environments[name]?.recipients))
      .map((name) => ({ kind: 'environment' as const, name })),
    ...namesOf('cluster')
      .filter((name) => isNone(model.clusters[name]?.recipients))
      .map((name) => ({ kind: 'cluster' as const, name })),
  ];
  const recovery: KeyName[] = model.secrets.recipients?.recovery === undefined ? [{ kind: 'recovery' }] : [];
  return [...owners, ...recovery];
}

/** The model with the public halves of new keys. */
export function withRecipients(model: Model, keys: readonly Pick<NamedKey, 'key' | 'recipient'>[]): Model {
  let { clusters, environments, secrets } = model;
  for (const { key, recipient } of keys) {
    if (key.kind === 'recovery')
      secrets = { ...secrets, recipients: sorted({ ...secrets.recipients, recovery: recipient }) };
    const cluster = key.kind === 'cluster' ? clusters[key.name] : undefined;
    if (key.kind === 'cluster' && cluster)
      clusters = { ...clusters, [key.name]: { ...cluster, recipients: [recipient] } };
    const environment = key.kind === 'environment' ? environments[key.name] : undefined;
    if (key.kind === 'environment' && environment)
      environments = { ...environments, [key.name]: { ...environment, recipients: [recipient] } };
  }
  return { ...model, clusters, environments, secrets };
}

function isNone(recipients: readonly string[] | undefined): boolean {
  return (recipients ?? []).length === 0;
}

function sorted(map: Record<string, string>): Record<string, string> {
  return Object.fromEntries(inOrder(map));
}
