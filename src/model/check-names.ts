import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';
import { labelFault } from './label.ts';
import type { Model } from './model.ts';
import { namespaceOfApp, namespaceOfComponent } from './namespaces.ts';

/** Objects of ours in flux-system, or namespaces that Kubernetes owns. */
const reserved = ['flux-system', 'infrastructure', 'apps', 'tenants', 'cluster-secrets', 'default'];

/** Helm keeps a release in a Secret named `sh.helm.release.v1.<name>.v<n>` and caps the name itself. */
const longestRelease = 53;
/** So that `tenant-<team>` is still a label. */
const longestTeam = 56;

/**
 * Apps, components and teams all become Flux Kustomizations in flux-system and namespaces of the cluster:
 * two of one name would fight over one object.
 *
 * @param newest the unit that is being added, if one is
 */
export function* checkNames(model: Model, newest?: YamlPath): Generator<ModelFault> {
  for (const kind of ['clusters', 'environments', 'components', 'apps', 'teams'] as const)
    for (const name of Object.keys(model[kind])) yield* reservedFault([kind, name], name);
  yield* checkLengths(model);
  yield* checkTwins(model, newest);
  yield* checkNamespaces(model);
}

/** Whether a name or a namespace is one of Flux' objects of ours, or Kubernetes' own. */
export function isReservedName(name: string): boolean {
  return reserved.includes(name) || name.startsWith('kube-');
}

function* reservedFault(path: YamlPath, name: string): Generator<ModelFault> {
  const rule = 'model/reserved-name';
  if (isReservedName(name))
    yield { rule, path, message: `"${name}" is reserved`, hint: `Choose another name, for example "${name}-1".` };
  if (name.startsWith('tenant-'))
    yield { rule, path, message: 'names that begin with "tenant-" are reserved for the Kustomizations of teams' };
}

function* checkLengths(model: Model): Generator<ModelFault> {
  const releases = [
    ...Object.keys(model.components).map((name) => ['components', name] as const),
    ...Object.entries(model.apps)
      .filter(([, app]) => app.chart !== undefined)
      .map(([name]) => ['apps', name] as const),
  ];
  const limited = [
    ...releases.map((path) => ({ path, longest: longestRelease })),
    ...Object.keys(model.teams).map((name) => ({ path: ['teams', name] as const, longest: longestTeam })),
  ];
  for (const { path, longest } of limited) {
    const fault = labelFault(path[1], longest);
    if (fault !== undefined) yield { rule: 'model/name', path, message: fault.message };
  }
}

/** A unit that becomes a Kustomization of this name. */
interface Claim {
  name: string;
  path: readonly [map: string, unit: string];
  /** In words. */
  what: string;
}

/** @param newest the unit that is being added: it is the one that comes too late */
function* checkTwins(model: Model, newest: YamlPath | undefined): Generator<ModelFault> {
  const claims = claimsOf(model);
  const isNewest = ({ path }: Claim) => path[0] === newest?.[0] && path[1] === newest?.[1];
  const owners = new Map<string, string>();
  for (const claim of [...claims.filter((each) => !isNewest(each)), ...claims.filter(isNewest)]) {
    const { name, path, what } = claim;
    const owner = owners.get(name);
    if (owner === undefined) owners.set(name, what);
    else
      yield {
        rule: 'model/duplicate-name',
        path,
        message: `"${name}" is taken by ${owner}; both would be Kustomization flux-system/${name}`,
      };
  }
}

function claimsOf({ components, apps, teams }: Model): Claim[] {
  const parts = Object.keys(components).flatMap((name): Claim[] => [
    { name: `${name}-config`, path: ['components', name], what: `the config part of component "${name}"` },
    { name: `${name}-crds`, path: ['components', name], what: `the CRDs of component "${name}"` },
  ]);
  const units = (map: string, noun: string, entries: object) =>
    Object.keys(entries).map((name): Claim => ({ name, path: [map, name], what: `${noun} "${name}"` }));
  return [
    ...parts,
    ...units('components', 'component', components),
    ...units('apps', 'app', apps),
    ...units('teams', 'team', teams),
  ];
}

function* checkNamespaces(model: Model): Generator<ModelFault> {
  const platform = new Set(Object.keys(model.components).map((name) => namespaceOfComponent(model, name)));
  const taken = new Set([...platform, ...Object.keys(model.teams)]);
  for (const [name, component] of Object.entries(model.components))
    if (component.namespace !== undefined) yield* reservedFault(['components', name, 'namespace'], component.namespace);
  for (const [name, app] of Object.entries(model.apps)) {
    const namespace = namespaceOfApp(name, app);
    const path = app.namespace === undefined ? ['apps', name] : ['apps', name, 'namespace'];
    if (app.namespace !== undefined) yield* reservedFault(path, namespace);
    const isTwin =
      app.namespace === undefined && (Object.hasOwn(model.components, name) || Object.hasOwn(model.teams, name));
    if (taken.has(namespace) && !isTwin)
      yield {
        rule: 'model/duplicate-namespace',
        path,
        message: `namespace "${namespace}" belongs to a component or a team`,
      };
  }
}
