import { keysOfCluster } from '../model/cluster-keys.ts';
import type { Model } from '../model/model.ts';
import { carrierOf } from '../model/secret-strategies.ts';
import { strategyOf } from '../model/settings.ts';
import { inOrder, livingEnvironments } from '../model/units.ts';
import type { NamedKey } from '../secrets/generate-keys.ts';
import type { KeyName } from '../secrets/key-name.ts';
import { certificatePath } from '../secrets/sealed-secrets/certificate-path.ts';
import type { RepoPath } from '../tree/repo-path.ts';

/**
 * The keys that somebody must make before secrets can be encrypted; whose public half is there is not among them: that of
 * an age key is in the model, that of a sealing key a file.
 * @param isThere whether the repository has a file
 */
export function keysToMake(model: Model, isThere: (path: RepoPath) => boolean): KeyName[] {
  switch (strategyOf(model)) {
    case 'sops':
      return ageKeys(model);
    case 'sealed-secrets':
      return sealingKeys(model).filter(({ name }) => !isThere(certificatePath(name)));
    default:
      return [];
  }
}

/** A controller that the cluster brings has a key already. */
function sealingKeys(model: Model): { kind: 'sealing'; name: string }[] {
  if (model.components[carrierOf('sealed-secrets') ?? '']?.provided === true) return [];
  return livingEnvironments(model).map((name) => ({ kind: 'sealing', name }));
}

function ageKeys(model: Model): KeyName[] {
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

/** The certificates of new sealing keys, for the repository: ciphertext's counterpart, written once like it. */
export function newCertificates(keys: readonly Pick<NamedKey, 'key' | 'recipient'>[]): Map<RepoPath, string> {
  const files = keys.flatMap(({ key, recipient }): [RepoPath, string][] =>
    key.kind === 'sealing' ? [[certificatePath(key.name), recipient]] : [],
  );
  return new Map(files);
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
