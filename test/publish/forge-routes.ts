import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { FakeForge, ForgeRequest } from './fake-forge.ts';

export interface ForgeKey {
  id: number;
  title: string;
  key: string;
  read_only: boolean;
}

export interface ForgePull {
  number: number;
  title: string;
  body: string;
  head: string;
  base: string;
}

/** A repository as the server has it. */
export interface ForgeRepository {
  id: number;
  fullName: string;
  isPrivate: boolean;
  archived: boolean;
  admin: boolean;
  /** What it says; undefined: what its git says. */
  defaultBranch?: string;
  keys: ForgeKey[];
  protections: Record<string, unknown>[];
  pulls: ForgePull[];
  hooks: { id: number; active: boolean; config: Record<string, string> }[];
  labels: Record<string, unknown>[];
  /** By number of the pull request. */
  labelled: Record<string, unknown>;
  teams: string[];
}

type Told = { status: number; json?: unknown };

const nothing: Told = { status: 404, json: { message: 'The target could not be found.' } };

/** What the API says, in Gitea's shape. The user is `ada`, the organisation `acme`. */
export function forgeAnswer(forge: FakeForge, { method, path, body }: ForgeRequest): Told {
  const said = body === '' ? {} : (JSON.parse(body) as Record<string, unknown>);
  const words = path.split('/').slice(1);
  const route = `${method} ${words[0]}`;
  if (route === 'GET user') return { status: 200, json: { id: 1, login: 'ada' } };
  if (route === 'GET orgs') return words[1] === 'acme' ? { status: 200, json: { id: 3, name: 'acme' } } : nothing;
  if (route === 'GET users') return words[1] === 'ada' ? { status: 200, json: { id: 1, login: 'ada' } } : nothing;
  if (route === 'POST orgs') return create(forge, 'acme', said);
  if (route === 'POST user') return create(forge, 'ada', said);
  const repository = forge.repositories.get(`${words[1]}/${words[2]}`);
  if (words[0] !== 'repos' || repository === undefined) return nothing;
  if (words[3] === 'keys' && !repository.admin) return nothing;
  return inRepository(forge, repository, { method, words: words.slice(3), said });
}

/** Makes an empty one, as a person would in a browser. */
export function addRepository(forge: FakeForge, fullName: string): ForgeRepository {
  const id = forge.repositories.size + 7;
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', join(forge.root, `${fullName}.git`)], { stdio: 'pipe' });
  const repository = {
    id,
    fullName,
    isPrivate: true,
    archived: false,
    admin: true,
    keys: [],
    protections: [],
    pulls: [],
    hooks: [],
    labels: [],
    labelled: {},
    teams: [],
  };
  forge.repositories.set(fullName, repository);
  return repository;
}

function create(forge: FakeForge, owner: string, said: Record<string, unknown>): Told {
  const fullName = `${owner}/${said.name}`;
  if (forge.repositories.has(fullName))
    return { status: 409, json: { message: 'The repository with the same name already exists.' } };
  const repository = addRepository(forge, fullName);
  repository.isPrivate = said.private === true;
  return { status: 201, json: shaped(forge, repository) };
}

function inRepository(
  forge: FakeForge,
  repository: ForgeRepository,
  { method, words, said }: { method: string; words: string[]; said: Record<string, unknown> },
): Told {
  const { keys, protections, pulls } = repository;
  switch (`${method} ${words[0] ?? ''}`) {
    case 'GET ':
      return { status: 200, json: shaped(forge, repository) };
    case 'PATCH ':
      repository.defaultBranch = String(said.default_branch);
      return { status: 200, json: shaped(forge, repository) };
    case 'GET keys':
      return { status: 200, json: keys };
    case 'POST keys': {
      const material = (key: string) => key.split(' ')[1];
      const all = [...forge.repositories.values()].flatMap((each) => each.keys);
      if (all.some(({ key }) => material(key) === material(String(said.key))))
        return { status: 422, json: { message: 'Key content has been used as non-deploy key' } };
      const key = {
        id: all.length + 1,
        title: String(said.title),
        key: String(said.key),
        read_only: said.read_only === true,
      };
      keys.push(key);
      return { status: 201, json: key };
    }
    case 'DELETE keys':
      repository.keys = keys.filter(({ id }) => id !== Number(words[1]));
      return { status: 204 };
    case 'GET hooks':
      return {
        status: 200,
        json: repository.hooks.map(({ config: { secret, ...config }, ...hook }) => ({ ...hook, config })),
      };
    case 'POST hooks': {
      const hook = { id: repository.hooks.length + 1, ...said } as ForgeRepository['hooks'][number];
      repository.hooks.push(hook);
      return { status: 201, json: hook };
    }
    case 'GET labels':
      return { status: 200, json: repository.labels };
    case 'POST labels':
      repository.labels.push(said);
      return { status: 201, json: said };
    case 'POST issues':
      repository.labelled[words[1] ?? ''] = said.labels;
      return { status: 200, json: [] };
    case 'GET teams':
      return {
        status: 200,
        json: repository.teams.map((name) => ({
          ...{ name, permission: 'none' },
          units_map: { 'repo.code': forge.teams[name], 'repo.wiki': 'none' },
        })),
      };
    case 'PUT teams': {
      const team = words[1] ?? '';
      if (forge.teams[team] === undefined) return nothing;
      repository.teams.push(team);
      return { status: 204 };
    }
    case 'GET branch_protections': {
      const found = protections.find((rule) => rule.rule_name === words[1]);
      return found === undefined ? nothing : { status: 200, json: found };
    }
    case 'PATCH branch_protections': {
      const found = protections.find((rule) => rule.rule_name === words[1]);
      return found === undefined ? nothing : { status: 200, json: Object.assign(found, said) };
    }
    case 'POST branch_protections':
      protections.push(said);
      return { status: 201, json: said };
    case 'GET pulls':
      return { status: 200, json: pulls.map(shapedPull) };
    case 'POST pulls': {
      const pull = { number: pulls.length + 1, ...said } as ForgePull;
      pulls.push(pull);
      return { status: 201, json: shapedPull(pull) };
    }
    case 'PATCH pulls': {
      const found = pulls.find(({ number }) => number === Number(words[1]));
      return found === undefined ? nothing : { status: 201, json: shapedPull(Object.assign(found, said)) };
    }
    default:
      return nothing;
  }
}

function shapedPull({ number, title, head, base }: ForgePull): Record<string, unknown> {
  return {
    number,
    title,
    html_url: `http://forge/pulls/${number}`,
    state: 'open',
    head: { ref: head },
    base: { ref: base },
  };
}

function shaped({ url, git }: FakeForge, repository: ForgeRepository): Record<string, unknown> {
  const { id, fullName, isPrivate, archived, admin, defaultBranch } = repository;
  const heads = git(fullName, 'for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n').filter(Boolean);
  return {
    id,
    full_name: fullName,
    clone_url: `${url}/${fullName}.git`,
    ssh_url: `ssh://git@127.0.0.1:2222/${fullName}.git`,
    html_url: `${url}/${fullName}`,
    default_branch: defaultBranch ?? 'main',
    empty: heads.length === 0,
    archived,
    private: isPrivate,
    permissions: { admin, push: true },
  };
}
