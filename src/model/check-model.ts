import type { YamlPath } from '../yaml/yaml-path.ts';
import { checkComponents } from './check-components.ts';
import { checkNames } from './check-names.ts';
import { checkNotifications } from './check-notifications.ts';
import { checkRemoval } from './check-removal.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkStrategy } from './check-strategy.ts';
import { checkSubstitution, ownVariables } from './check-substitution.ts';
import { checkTeams } from './check-teams.ts';
import { checkUnused } from './check-unused.ts';
import type { ModelFault } from './fault.ts';
import { checkKnownVariables, variablePlaces } from './known-variables.ts';
import type { Model } from './model.ts';
import { credentialFault } from './repository-credential.ts';

/**
 * What the schema cannot say: contradictions between parts of a model. Everything at once, in reading order.
 *
 * @param newest the unit that is being added, if one is: what it contradicts was there before
 */
export function modelFaults(model: Model, newest?: YamlPath): ModelFault[] {
  return [
    ...checkRepository(model),
    ...checkClusters(model),
    ...checkVariables(model),
    ...checkNames(model, newest),
    ...checkComponents(model),
    ...checkUnused(model),
    ...checkApps(model),
    ...checkTeams(model),
    ...checkRemoval(model),
    ...checkNotifications(model),
    ...checkStrategy(model),
    ...checkSecrets(model),
    ...checkSubstitution(model),
  ];
}

function* checkRepository({ repository }: Model): Generator<ModelFault> {
  const { credential = 'deploy-key' } = repository;
  const barred = credentialFault(credential, repository.provider);
  if (barred !== undefined)
    yield { rule: 'model/value', path: ['repository', 'credential'], message: `"${credential}" ${barred}` };
  const { provider, owner, host, branch } = repository;
  const forge = provider === 'github' || provider === 'gitlab' || provider === 'gitea';
  if (forge && owner === undefined)
    yield {
      rule: 'model/missing',
      path: ['repository', 'owner'],
      message: `${provider} needs the user, organisation or group`,
      hint: 'Say it with --owner NAME.',
    };
  if ((provider === 'github' || provider === 'gitea') && owner?.includes('/'))
    yield {
      rule: 'model/value',
      path: ['repository', 'owner'],
      message: `${provider} has users and organisations, no groups: "/" is not allowed`,
    };
  if (provider === 'github' || provider === 'gitea')
    for (const team of Object.keys(repository.access ?? {}).filter((name) => name.includes('/')))
      yield {
        rule: 'model/value',
        path: ['repository', 'access', team],
        message: `${provider} has teams in its organisations: write the team's name alone`,
      };
  if (provider === 'gitea' && host === undefined)
    yield {
      rule: 'model/missing',
      path: ['repository', 'host'],
      message: 'gitea needs the address of your server',
      hint: 'Say it with --host git.example.com.',
    };
  // https://git-scm.com/docs/git-check-ref-format, the rules that a branch name can break
  const odd = /[\s\p{Cc}~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|\/\.|[/.]$|\.lock(\/|$)/u.test(branch) || branch === '@';
  if (odd)
    yield {
      rule: 'model/value',
      path: ['repository', 'branch'],
      message: `${JSON.stringify(branch)} is no branch name for git`,
    };
}

function* checkClusters(model: Model): Generator<ModelFault> {
  const known = Object.keys(model.environments).sort();
  if (Object.keys(model.clusters).length === 0)
    yield { rule: 'model/missing', path: ['clusters'], message: 'a repository needs at least one cluster' };
  for (const [name, { environment }] of Object.entries(model.clusters)) {
    if (!known.includes(environment))
      yield {
        rule: 'model/unknown-name',
        path: ['clusters', name, 'environment'],
        message: `environment "${environment}" does not exist; known: ${known.join(', ') || 'none'}`,
        hint: `Add "${environment}: {}" under environments, or use one of them.`,
      };
  }
}

function* checkVariables(model: Model): Generator<ModelFault> {
  for (const [path, variables] of variablePlaces(model))
    for (const variable of ownVariables.filter((own) => variables?.[own] !== undefined))
      yield { rule: 'model/value', path: [...path, variable], message: 'is set for every cluster already' };
  yield* checkKnownVariables(model);
}

function* checkApps(model: Model): Generator<ModelFault> {
  const isUnit = (name: string) => Object.hasOwn(model.apps, name) || Object.hasOwn(model.components, name);
  for (const [name, app] of Object.entries(model.apps)) {
    const path = ['apps', name];
    if (app.image === undefined && app.chart === undefined)
      yield { rule: 'model/missing', path, message: 'needs an image or a chart' };
    if (app.image !== undefined && app.chart !== undefined)
      yield { rule: 'model/value', path, message: 'has an image and a chart: choose one' };
    for (const [index, wanted] of (app.dependsOn ?? []).entries())
      if (!isUnit(wanted))
        yield {
          rule: 'model/unknown-name',
          path: [...path, 'dependsOn', index],
          message: `"${wanted}" is no app and no component here`,
        };
    for (const environment of Object.keys(app.environments ?? {}))
      if (!Object.hasOwn(model.environments, environment))
        yield {
          rule: 'model/unknown-name',
          path: [...path, 'environments', environment],
          message: `environment "${environment}" does not exist`,
        };
  }
}
