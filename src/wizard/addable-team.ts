import { knownHostsOf } from '../model/known-hosts.ts';
import { layoutTraits } from '../model/layouts.ts';
import type { Model } from '../model/model.ts';
import { teamRights } from '../model/team-fields.ts';
import { sourceFault, transportOf } from '../model/team-source.ts';
import { usualRights } from '../model/teams.ts';
import { inOrder } from '../model/units.ts';
import { type Addable, type AddQuestion, firstOf, nameQuestion, type SaidOfUnit } from './addition.ts';

const rightsHints: Readonly<Record<(typeof teamRights)[number], string>> = {
  admin: "Kubernetes' role of that name, in its namespace only",
  namespace: 'what applications are made of; no roles, no network policies',
};

const choosesClusters = (model: Model) => layoutTraits[model.layout].teamsChooseClusters;

/** A server whose key nobody has pinned. */
function isUnknownServer(said: SaidOfUnit): boolean {
  const source = firstOf(said, 'source') ?? 'path';
  if (sourceFault(source) !== undefined || transportOf(source) !== 'ssh') return false;
  return knownHostsOf(source, undefined).length === 0;
}

const places: readonly AddQuestion[] = [
  {
    id: 'cluster',
    flag: '--cluster <cluster>',
    inModel: ['clusters'],
    about: 'on this cluster only',
    isRepeatable: true,
    faults: (names, model) => [
      ...(choosesClusters(model) ? [] : [`in layout ${model.layout} a team is in environments: say --environment`]),
      ...unknownNames(names, 'cluster', model.clusters),
    ],
    usual: () => [],
  },
  {
    id: 'environment',
    flag: '--environment <environment>',
    inModel: ['environments'],
    about: 'in this environment only (default: in all)',
    isRepeatable: true,
    prompt: { kind: 'select', message: 'Where is it?' },
    choices: (model) => [
      { value: '', label: 'In all environments', hint: 'also in those that come' },
      ...inOrder(model.environments).map(([value]) => ({ value, label: value, hint: 'only there' })),
    ],
    applies: (said) => said.cluster === undefined,
    faults: (names, model) => unknownNames(names, 'environment', model.environments),
    usual: () => [],
  },
];

export const addableTeam: Addable = {
  noun: 'team',
  map: 'teams',
  about: 'Add a team: a namespace, rights in it, and where its manifests come from.',
  questions: [
    nameQuestion('What is the team called? Its namespace has that name.', 'shop'),
    {
      id: 'source',
      flag: '--source <source>',
      about: 'its repository (ssh://…, https://…), or path: teams/NAME here',
      prompt: { kind: 'text', message: 'Where does it work? (its repository, or path for teams/NAME here)' },
      faults: ([source = '']) => faultOf(source),
      usual: () => ['path'],
    },
    {
      id: 'known-hosts',
      flag: '--known-hosts <line>',
      inModel: ['knownHosts'],
      about: 'a line for its server: ssh-keyscan HOST',
      isRepeatable: true,
      prompt: { kind: 'text', message: 'The key of its server? (a line that ssh-keyscan prints, compared by you)' },
      applies: isUnknownServer,
      usual: () => undefined,
      example: 'HOST ssh-ed25519 AAAA',
    },
    ...places,
    {
      id: 'rights',
      flag: '--rights <rights>',
      about: `${teamRights.join(' or ')} (default: admin; namespace with External Secrets)`,
      prompt: { kind: 'select', message: 'What may it do there?' },
      choices: () => teamRights.map((value) => ({ value, label: value, hint: rightsHints[value] })),
      usual: (_, model) => [usualRights(model)],
    },
    {
      id: 'depends-on',
      flag: '--depends-on <name>',
      inModel: ['dependsOn'],
      about: 'a component or an app that must be ready first',
      isRepeatable: true,
      usual: () => [],
    },
    {
      id: 'code-owner',
      flag: '--code-owner <who>',
      inModel: ['codeOwners'],
      about: 'who reviews its folder, for example @acme/shop',
      isRepeatable: true,
      usual: () => [],
    },
    {
      id: 'starter',
      flag: '--starter <dir>',
      about: "a folder to write the team's own repository into",
      usual: () => [],
    },
  ],
  contradictions: (said) =>
    said.starter !== undefined && (firstOf(said, 'source') ?? 'path') === 'path'
      ? ['--starter is for a team with a repository of its own: say --source; teams/NAME is made here']
      : [],
  edits(said, model) {
    const rights = firstOf(said, 'rights');
    const lists = {
      knownHosts: said['known-hosts'],
      clusters: said.cluster,
      environments: said.environment,
      dependsOn: said['depends-on'],
      codeOwners: said['code-owner'],
    };
    const value = {
      source: firstOf(said, 'source') ?? 'path',
      ...(rights !== undefined && rights !== usualRights(model) && { rights }),
      ...Object.fromEntries(Object.entries(lists).filter(([, texts]) => texts !== undefined && texts.length > 0)),
    };
    return [{ path: ['teams', firstOf(said, 'name') ?? ''], value }];
  },
};

function faultOf(source: string): string[] {
  const fault = sourceFault(source);
  return fault === undefined ? [] : [`--source ${fault}`];
}

function unknownNames(names: readonly string[], what: string, known: Record<string, unknown>): string[] {
  const there = inOrder(known).map(([name]) => name);
  return names
    .filter((name) => !there.includes(name))
    .map((name) => `${what} "${name}" does not exist; known: ${there.join(', ') || 'none'}`);
}
