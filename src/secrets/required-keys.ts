import type { Model } from '../model/model.ts';
import { keyScopeOf, strategyOf } from '../model/settings.ts';
import { inOrder, livingEnvironments } from '../model/units.ts';
import type { KeyName } from './key-name.ts';

/** A key whose public half goes into the model. */
export interface PublicKey {
  key: KeyName;
  recipient: string;
}

/**
 * The keys that a new repository still needs: one per cluster, or with key scope `environment` one per environment
 * (a cluster of its own key gets it with its first own secret), and the recovery key. Whoever has a recipient in the
 * model already keeps it.
 */
export function requiredKeys(model: Model): KeyName[] {
  if (strategyOf(model) !== 'sops') return [];
  const holders: KeyName[] =
    keyScopeOf(model) === 'cluster'
      ? inOrder(model.clusters)
          .filter(([, cluster]) => isEmpty(cluster.recipients))
          .map(([name]) => ({ kind: 'cluster', name }))
      : livingEnvironments(model)
          .filter((name) => isEmpty(model.environments[name]?.recipients))
          .map((name) => ({ kind: 'environment', name }));
  const recovery: KeyName[] = model.secrets.recipients?.recovery === undefined ? [{ kind: 'recovery' }] : [];
  return [...holders, ...recovery];
}

/** The model with the public halves of new keys in it. */
export function withRecipients(model: Model, keys: readonly PublicKey[]): Model {
  return keys.reduce(withRecipient, model);
}

function withRecipient(model: Model, { key, recipient }: PublicKey): Model {
  switch (key.kind) {
    case 'recovery':
      return {
        ...model,
        secrets: { ...model.secrets, recipients: { ...model.secrets.recipients, recovery: recipient } },
      };
    case 'cluster':
      return { ...model, clusters: added(model.clusters, key.name, recipient) };
    case 'environment':
      return { ...model, environments: added(model.environments, key.name, recipient) };
    case 'team':
      return { ...model, teams: added(model.teams, key.name, recipient) };
  }
}

function added<Holder extends { recipients?: string[] | undefined }>(
  map: Record<string, Holder>,
  name: string,
  recipient: string,
): Record<string, Holder> {
  const holder = map[name];
  if (holder === undefined) throw new Error(`a key for "${name}", which is not in the model`);
  return { ...map, [name]: { ...holder, recipients: [...(holder.recipients ?? []), recipient] } };
}

function isEmpty(recipients: readonly string[] | undefined): boolean {
  return recipients === undefined || recipients.length === 0;
}
