import type { UnitId } from '../plan/entry.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { App, Component, Model } from './model.ts';
import { clusterSecretNamespace, namespaceOfApp, namespaceOfComponent } from './namespaces.ts';
import { secretsOfNotification } from './notifications.ts';
import type { SecretType } from './secret-fields.ts';
import { traitOf } from './secret-strategies.ts';
import { strategyOf } from './settings.ts';
import { secretsOfTeam } from './team-secrets.ts';
import { inOrder, livingEnvironments } from './units.ts';

/** Whose a Secret is: that unit's part of the model declares it. */
export interface SecretOwner {
  kind: 'app' | 'component' | 'cluster' | 'team' | 'notification';
  name: string;
}

/** One file with a Secret, as the model declares it: names, never values. */
export interface DeclaredSecret {
  /** Of the Secret object. */
  name: string;
  owner: SecretOwner;
  /** The environment whose overlay has the file; undefined for a cluster's. */
  environment: string | undefined;
  /** The cluster whose file it is; undefined for what a whole environment shares. */
  cluster: string | undefined;
  namespace: string;
  type: SecretType;
  /** Names of the values in all environments together, in order. */
  keys: readonly string[];
  /** Its file, named after the strategy; of one that makes none, where it would be. */
  path: RepoPath;
  /** The owner's unit: its lock remembers the file. */
  unit: UnitId;
}

type SecretOfUnit = NonNullable<(App | Component)['secrets']>[string];

/**
 * Every file with a Secret that a valid model declares, in path order. An environment without a cluster has none, as it
 * has no overlays.
 */
export function declaredSecrets(model: Model): DeclaredSecret[] {
  const owners: SecretOwner[] = [
    ...Object.keys(model.apps).map((name) => ({ kind: 'app' as const, name })),
    ...Object.keys(model.components).map((name) => ({ kind: 'component' as const, name })),
    ...Object.keys(model.clusters).map((name) => ({ kind: 'cluster' as const, name })),
    ...Object.keys(model.teams).map((name) => ({ kind: 'team' as const, name })),
    ...Object.keys(model.notifications).map((name) => ({ kind: 'notification' as const, name })),
  ];
  return owners.flatMap((owner) => secretsOf(model, owner)).sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Those of one owner, by name and environment. */
export function secretsOf(model: Model, owner: SecretOwner): DeclaredSecret[] {
  const { kind, name } = owner;
  switch (kind) {
    case 'app':
      return inOverlays(model, leftOf(model.apps[name]), {
        owner,
        namespace: namespaceOfApp(name, model.apps[name] ?? {}),
        folderIn: (environment) => `apps/overlays/${environment}/${name}`,
      });
    case 'component':
      return inOverlays(model, leftOf(model.components[name]), {
        owner,
        namespace: namespaceOfComponent(model, name),
        folderIn: (environment) => `infrastructure/overlays/${environment}/${name}/release`,
      });
    case 'team':
      return inOverlays(model, secretsOfTeam(model, name), {
        owner,
        namespace: name,
        folderIn: (environment) => `tenants/overlays/${environment}/${name}`,
      });
    case 'notification':
      // A team's are among the team's own.
      return inOverlays(model, secretsOfNotification(model, name), {
        owner,
        namespace: clusterSecretNamespace,
        folderIn: (environment) => `infrastructure/overlays/${environment}/notifications/release`,
      });
    case 'cluster':
      return ofCluster(model, owner);
  }
}

/** Secrets go with the release that uses them. */
function leftOf(unit: App | Component | undefined): Record<string, SecretOfUnit> | undefined {
  return unit?.removing?.phase === 'release' ? undefined : unit?.secrets;
}

interface Place {
  owner: SecretOwner;
  /** The owner's. */
  namespace: string | undefined;
  folderIn(environment: string): RepoPath;
}

function inOverlays(
  model: Model,
  secrets: Record<string, SecretOfUnit> | undefined,
  { owner, namespace: usual, folderIn }: Place,
): DeclaredSecret[] {
  return inOrder(secrets).flatMap(([name, secret]) => {
    const namespace = secret.namespace ?? usual;
    // `checkSecrets` refuses a model in which it is not known.
    if (namespace === undefined) return [];
    return livingEnvironments(model)
      .filter((environment) => secret.environments.includes(environment))
      .map((environment) => ({
        name,
        owner,
        environment,
        cluster: undefined,
        namespace,
        type: secret.type ?? 'Opaque',
        keys: [...secret.keys].sort(),
        path: `${folderIn(environment)}/${fileName(model, name)}`,
        unit: `${owner.kind}-${owner.name}`,
      }));
  });
}

function ofCluster(model: Model, owner: SecretOwner): DeclaredSecret[] {
  const cluster = owner.name;
  return inOrder(model.clusters[cluster]?.secrets).map(([name, { type, keys }]) => ({
    name,
    owner,
    environment: undefined,
    cluster,
    namespace: clusterSecretNamespace,
    type: type ?? 'Opaque',
    keys: [...keys].sort(),
    path: `secrets/${cluster}/${fileName(model, name)}`,
    unit: `cluster-${cluster}`,
  }));
}

function fileName(model: Model, secret: string): string {
  return `${secret}${traitOf(strategyOf(model)).suffix ?? ''}`;
}
