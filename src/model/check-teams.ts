import type { YamlPath } from '../yaml/yaml-path.ts';
import type { ModelFault } from './fault.ts';
import { knownHostsOf, scanCommand } from './known-hosts.ts';
import { layoutTraits } from './layouts.ts';
import type { Model, Team } from './model.ts';
import { namespaceOfApp, namespaceOfComponent } from './namespaces.ts';
import { strategyOf } from './settings.ts';
import { transportOf } from './team-source.ts';
import { usualRights } from './teams.ts';
import { inOrder } from './units.ts';

/** Teams have a namespace and a source to themselves, and name only what is there. */
export function* checkTeams(model: Model): Generator<ModelFault> {
  for (const [name, team] of inOrder(model.teams)) {
    yield* checkNamespace(model, name);
    yield* checkPlaces(model, name, team);
    yield* checkNeeds(model, name, team);
    yield* checkUnused(model, name, team);
  }
  yield* checkSources(model);
}

function* checkNamespace(model: Model, name: string): Generator<ModelFault> {
  const rule = 'model/duplicate-namespace';
  const component = Object.keys(model.components).find((other) => namespaceOfComponent(model, other) === name);
  if (component !== undefined && component !== name)
    yield { rule, path: ['teams', name], message: `namespace "${name}" belongs to component "${component}" already` };
  const app = inOrder(model.apps).find(([other, app]) => other !== name && namespaceOfApp(other, app) === name);
  if (app !== undefined && component === undefined)
    yield { rule, path: ['teams', name], message: `namespace "${name}" belongs to app "${app[0]}" already` };
}

function* checkPlaces(model: Model, name: string, team: Team): Generator<ModelFault> {
  const path = ['teams', name];
  if (team.clusters !== undefined && !layoutTraits[model.layout].teamsChooseClusters)
    yield {
      rule: 'model/value',
      path: [...path, 'clusters'],
      message: `in layout "${model.layout}" clusters of an environment have the same teams`,
      hint: 'Name environments instead, or give the cluster an environment of its own.',
    };
  if (team.clusters !== undefined && team.environments !== undefined)
    yield {
      rule: 'model/value',
      path: [...path, 'environments'],
      message: 'has clusters and environments: choose one',
    };
  for (const [map, what] of [
    ['clusters', 'cluster'],
    ['environments', 'environment'],
  ] as const)
    yield* checkNames([...path, map], team[map] ?? [], what, Object.keys(model[map]));
}

function* checkNeeds(model: Model, name: string, { dependsOn = [] }: Team): Generator<ModelFault> {
  const known = [...Object.keys(model.components), ...Object.keys(model.apps)];
  yield* checkNames(['teams', name, 'dependsOn'], dependsOn, 'component or app', known);
}

function* checkNames(
  path: YamlPath,
  names: readonly string[],
  what: string,
  known: readonly string[],
): Generator<ModelFault> {
  for (const [index, wanted] of names.entries())
    if (!known.includes(wanted))
      yield {
        rule: 'model/unknown-name',
        path: [...path, index],
        message: `${what} "${wanted}" does not exist; known: ${[...known].sort().join(', ') || 'none'}`,
      };
    else if (names.indexOf(wanted) !== index)
      yield { rule: 'model/duplicate-name', path: [...path, index], message: `"${wanted}" is there twice` };
}

/** Two teams that apply the same folder would each prune what the other has. */
function* checkSources(model: Model): Generator<ModelFault> {
  const owners = new Map<string, string>();
  for (const [name, { source, branch = 'main', path = './' }] of inOrder(model.teams)) {
    if (source === 'path') continue;
    const place = JSON.stringify([source.replace(/(\.git)?\/?$/, ''), branch, path.replace(/\/?$/, '/')]);
    const owner = owners.get(place);
    if (owner === undefined) owners.set(place, name);
    else
      yield {
        rule: 'model/duplicate-name',
        path: ['teams', name, 'source'],
        message: `team "${owner}" has the same folder of the same repository already`,
        hint: 'Give one of them another path in it.',
      };
  }
}

/** Settings that no file would show. */
function* checkUnused(model: Model, name: string, team: Team): Generator<ModelFault> {
  const rule = 'model/value' as const;
  const unused = (keys: readonly (keyof Team)[], message: string) =>
    keys.filter((key) => team[key] !== undefined).map((key) => ({ rule, path: ['teams', name, key], message }));
  const transport = transportOf(team.source);
  if (transport === undefined) yield* unused(['branch', 'path'], 'is for a team with a repository of its own');
  else yield* unused(['codeOwners'], 'is for a team that works here: in its own repository it says so itself');
  if (transport !== 'ssh') yield* unused(['deployKey', 'knownHosts'], 'is for a repository that is reached by ssh://');
  if (transport === 'ssh' && knownHostsOf(team.source, team.knownHosts).length === 0)
    yield {
      rule: 'model/missing',
      path: ['teams', name, 'source'],
      message: 'nobody knows the key of its server: it needs knownHosts',
      hint: `Ask it with ${scanCommand(team.source)}, compare with what its administrators publish, and give the line.`,
    };
  if (team.rights === 'admin' && usualRights(model) !== 'admin')
    yield {
      rule,
      path: ['teams', name, 'rights'],
      message: 'with External Secrets the role admin reads all that the platform keeps in its store',
      hint: 'Leave it out, or say namespace: then the platform alone writes ExternalSecrets.',
    };
  if (team.ownKey === true && strategyOf(model) !== 'sops')
    yield { rule, path: ['teams', name, 'ownKey'], message: 'is for SOPS, and secrets are kept otherwise here' };
}
