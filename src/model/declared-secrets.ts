import type { UnitId } from '../plan/entry.ts';
import type { RepoPath } from '../tree/repo-path.ts';
import type { App, Component, Model } from './model.ts';
import { clusterSecretNamespace, namespaceOfApp, namespaceOfComponent } from './namespaces.ts';
import type { SecretType } from './secret-fields.ts';
import { inOrder, livingEnvironments } from './units.ts';

/** Whose a Secret is: that unit's part of the model declares it. */
export interface SecretOwner {
  kind: 'app' | 'component' | 'cluster';
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
  /** The encrypted file. */
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
  const files = [...ofApps(model), ...ofComponents(model), ...ofClusters(model)];
  return files.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function ofApps(model: Model): DeclaredSecret[] {
  return inOrder(model.apps).flatMap(([app, { secrets, namespace }]) =>
    inOrder(secrets).flatMap(([name, secret]) =>
      perEnvironment(model, name, secret, {
        owner: { kind: 'app', name: app },
        namespace: namespaceOfApp(app, { namespace }),
        folderIn: (environment) => `apps/overlays/${environment}/${app}`,
      }),
    ),
  );
}

function ofComponents(model: Model): DeclaredSecret[] {
  return inOrder(model.components).flatMap(([component, { secrets }]) =>
    inOrder(secrets).flatMap(([name, secret]) =>
      perEnvironment(model, name, secret, {
        owner: { kind: 'component', name: component },
        namespace: namespaceOfComponent(model, component),
        folderIn: (environment) => `infrastructure/overlays/${environment}/${component}/release`,
      }),
    ),
  );
}

interface Place {
  owner: SecretOwner;
  /** The owner's. */
  namespace: string | undefined;
  folderIn(environment: string): RepoPath;
}

function perEnvironment(model: Model, name: string, secret: SecretOfUnit, place: Place): DeclaredSecret[] {
  const { owner } = place;
  const namespace = secret.namespace ?? place.namespace;
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
      path: `${place.folderIn(environment)}/${name}.sops.yaml`,
      unit: `${owner.kind}-${owner.name}` as const,
    }));
}

function ofClusters(model: Model): DeclaredSecret[] {
  return inOrder(model.clusters).flatMap(([cluster, { secrets }]) =>
    inOrder(secrets).map(([name, secret]) => ({
      name,
      owner: { kind: 'cluster' as const, name: cluster },
      environment: undefined,
      cluster,
      namespace: clusterSecretNamespace,
      type: secret.type ?? 'Opaque',
      keys: [...secret.keys].sort(),
      path: `secrets/${cluster}/${name}.sops.yaml`,
      unit: `cluster-${cluster}` as const,
    })),
  );
}
