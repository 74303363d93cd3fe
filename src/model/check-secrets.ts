import type { YamlPath } from '../yaml/yaml-path.ts';
import { isReservedName } from './check-names.ts';
import type { ModelFault } from './fault.ts';
import type { App, Component, Model } from './model.ts';
import { clusterSecretNamespace, namespaceOfApp, namespaceOfComponent } from './namespaces.ts';
import { inOrder } from './units.ts';

type SecretOfUnit = NonNullable<(App | Component)['secrets']>[string];

/** A declaration, and where it stands. */
interface Placed {
  path: YamlPath;
  name: string;
  secret: SecretOfUnit;
  /** The Secret's, said or its owner's; undefined when neither is. */
  namespace: string | undefined;
  /** Namespaces that are there when the Secret arrives. */
  known: readonly string[];
}

/**
 * Secrets stand in namespaces and environments that exist, and no two are one object. Files cannot collide: a name is a
 * key of its owner's map, and nothing else of ours ends in `.sops.yaml`.
 */
export function* checkSecrets(model: Model): Generator<ModelFault> {
  const placed = [...ofComponents(model), ...ofApps(model)];
  for (const { path, secret, ...place } of placed) {
    yield* twiceNamed([...path, 'keys'], secret.keys);
    yield* twiceNamed([...path, 'environments'], secret.environments);
    yield* environmentFaults(model, path, secret);
    yield* namespaceFaults(path, secret, place);
  }
  yield* checkTwins(placed);
  for (const [cluster, { secrets }] of inOrder(model.clusters))
    for (const [name, secret] of inOrder(secrets)) {
      const path = ['clusters', cluster, 'secrets', name];
      yield* twiceNamed([...path, 'keys'], secret.keys);
      yield* clusterFaults(path, name, secret.namespace);
    }
}

/** The infrastructure is there before the apps: its Secrets cannot wait for the namespace of an app. */
function ofComponents(model: Model): Placed[] {
  const known = componentNamespaces(model);
  return inOrder(model.components).flatMap(([component, { secrets, provided }]) =>
    // What the cluster brings has no files at all, and is told so elsewhere.
    inOrder(provided === true ? {} : secrets).map(([name, secret]) => ({
      path: ['components', component, 'secrets', name],
      name,
      secret,
      namespace: secret.namespace ?? namespaceOfComponent(model, component),
      known,
    })),
  );
}

function ofApps(model: Model): Placed[] {
  const apps = Object.entries(model.apps).map(([name, app]) => namespaceOfApp(name, app));
  const known = [...new Set([...componentNamespaces(model), ...apps])].sort();
  return inOrder(model.apps).flatMap(([app, { secrets, namespace }]) =>
    inOrder(secrets).map(([name, secret]) => ({
      path: ['apps', app, 'secrets', name],
      name,
      secret,
      namespace: secret.namespace ?? namespaceOfApp(app, { namespace }),
      known,
    })),
  );
}

function componentNamespaces(model: Model): string[] {
  const names = Object.keys(model.components).flatMap((name) => namespaceOfComponent(model, name) ?? []);
  return [...new Set(names)].sort();
}

function* twiceNamed(path: YamlPath, names: readonly string[]): Generator<ModelFault> {
  for (const [index, name] of names.entries())
    if (names.indexOf(name) !== index)
      yield { rule: 'model/duplicate-name', path: [...path, index], message: `"${name}" is there twice` };
}

function* environmentFaults(model: Model, path: YamlPath, { environments }: SecretOfUnit): Generator<ModelFault> {
  for (const [index, environment] of environments.entries())
    if (!Object.hasOwn(model.environments, environment))
      yield {
        rule: 'model/unknown-name',
        path: [...path, 'environments', index],
        message: `environment "${environment}" does not exist`,
      };
}

function* namespaceFaults(
  path: YamlPath,
  secret: SecretOfUnit,
  { namespace, known }: Pick<Placed, 'namespace' | 'known'>,
): Generator<ModelFault> {
  const at = secret.namespace === undefined ? path : [...path, 'namespace'];
  const hint = () => `Namespaces that are made here before it: ${known.join(', ') || 'none'}.`;
  if (namespace === undefined)
    yield { rule: 'model/missing', path: at, message: 'needs a namespace: its component has none', hint: hint() };
  else if (namespace === clusterSecretNamespace)
    yield {
      rule: 'model/reserved-name',
      path: at,
      message: `Secrets in ${clusterSecretNamespace} belong to a cluster`,
      hint: 'Declare it under secrets of that cluster.',
    };
  else if (isReservedName(namespace))
    yield { rule: 'model/reserved-name', path: at, message: `"${namespace}" is reserved`, hint: hint() };
  else if (!known.includes(namespace))
    yield {
      rule: 'model/unknown-name',
      path: at,
      message: `nothing makes namespace "${namespace}" before it`,
      hint: hint(),
    };
}

/** One namespace, one name, one environment: one object, which two files would fight over. */
function* checkTwins(placed: readonly Placed[]): Generator<ModelFault> {
  const owners = new Map<string, string>();
  for (const { path, name, secret, namespace } of placed) {
    const where = `${String(path[0])}.${String(path[1])}`;
    const twins = new Set(secret.environments.map((environment) => owners.get(`${environment} ${namespace}/${name}`)));
    for (const twin of twins)
      if (twin !== undefined)
        yield {
          rule: 'model/duplicate-name',
          path,
          message: `${twin} declares it too; both would be Secret ${namespace}/${name}`,
        };
    for (const environment of secret.environments) owners.set(`${environment} ${namespace}/${name}`, where);
  }
}

/** `flux-system` has the credentials of `flux bootstrap`, `sops-age` the key that this file itself is opened with. */
function* clusterFaults(path: YamlPath, name: string, namespace: string | undefined): Generator<ModelFault> {
  if (namespace !== undefined && namespace !== clusterSecretNamespace)
    yield {
      rule: 'model/value',
      path: [...path, 'namespace'],
      message: `Secrets of a cluster are in ${clusterSecretNamespace}`,
      hint: 'Leave it out; a Secret of another namespace belongs to an app or a component.',
    };
  if (name === 'flux-system' || name === 'sops-age' || name.startsWith('sops-age-'))
    yield {
      rule: 'model/reserved-name',
      path,
      message: `Secret ${clusterSecretNamespace}/${name} is Flux's own: choose another name`,
    };
}
