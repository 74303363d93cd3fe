import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../src/publish/failure.ts';
import type { Provider } from '../../src/publish/provider.ts';
import { acme, connected, failureOf, fleet, shown, tokens, wanted } from './connected.ts';
import type { Told } from './http/loopback-server.ts';

interface Row {
  route: string;
  answer: Told;
  work(provider: Provider): Promise<unknown>;
  code: FailureCode;
  words: RegExp;
}

const says = (status: number, message: string): Told => ({ status, json: { message, url: 'https://x/api/swagger' } });
const whoami = (provider: Provider) => provider.whoami();
const create = (provider: Provider) => provider.createRepository(acme, wanted);
const addKey = (provider: Provider) =>
  provider.addDeployKey(fleet, { title: 'flux production', publicKey: 'ssh-ed25519 AAAA', readOnly: true });

const rows: Record<string, Row> = {
  'a wrong token': {
    ...{ route: 'GET /user', answer: says(401, 'invalid username, password or token'), work: whoami },
    ...{ code: 'auth-invalid', words: /GITEA_TOKEN is refused.*user\/settings\/applications/s },
  },
  'a scope that is missing': {
    route: 'POST /orgs/acme/repos',
    answer: says(403, 'token does not have at least one of required scope(s): [write:organization]'),
    ...{ work: create, code: 'auth-scope', words: /It takes write:organization\..*GITEA_TOKEN/s },
  },
  'an organisation that lets nobody create': {
    ...{
      route: 'POST /orgs/acme/repos',
      answer: says(403, 'Given user is not allowed to create repository'),
      work: create,
    },
    ...{ code: 'repository-barred', words: /Ask an owner to create the repository empty/ },
  },
  'a repository that may not be read': {
    ...{ route: 'GET /repos/acme/fleet', answer: says(403, 'organization requires SAML'), code: 'auth-scope' },
    work: (provider) => provider.getRepository({ owner: 'acme', name: 'fleet' }),
    words: /organization requires SAML/,
  },
  'a name that is taken': {
    ...{ route: 'POST /orgs/acme/repos', answer: says(409, 'The repository with the same name already exists.') },
    ...{ work: create, code: 'repository-name-taken', words: /--repository/ },
  },
  'a key of somebody': {
    ...{ route: 'POST /repos/acme/fleet/keys', answer: says(422, 'Key content has been used as non-deploy key') },
    ...{ work: addKey, code: 'key-in-use', words: /non-deploy key.*Make a new key/s },
  },
  'a key for admins only': {
    ...{ route: 'GET /repos/acme/fleet/keys', answer: says(403, 'Must be an administrator'), code: 'key-needs-admin' },
    ...{ work: (provider) => provider.listDeployKeys(fleet), words: /administration rights/ },
  },
  'an archived repository': {
    ...{ route: 'POST /repos/acme/fleet/pulls', answer: says(423, 'Repo is archived'), code: 'repository-archived' },
    ...{
      work: (provider) => provider.openPull(fleet, { title: 'Add', body: '', head: 'x', base: 'main' }),
      words: /archived.*Unarchive/s,
    },
  },
  'a limit': {
    route: 'POST /orgs/acme/repos',
    answer: { ...says(429, 'slow down'), headers: { 'retry-after': '120' } },
    ...{ work: create, code: 'rate-limit', words: /in 2 min/ },
  },
  'a team that is not there': {
    ...{ route: 'PUT /repos/acme/fleet/teams/ops', answer: says(404, 'team does not exist'), code: 'not-visible' },
    ...{ work: (provider) => provider.grantTeam(fleet, 'ops', 'read'), words: /give team ops access to acme\/fleet/ },
  },
  'a sign-in page before it': {
    route: 'GET /user',
    answer: { status: 200, text: '<!DOCTYPE html><title>Sign in</title>', headers: { 'content-type': 'text/html' } },
    ...{ work: whoami, code: 'wrong-base-url', words: /\/api\/v1/ },
  },
};

describe('Gitea or Forgejo, when there is', () => {
  it.each(Object.entries(rows))('%s', async (_, { route, answer, work, code, words }) => {
    const { provider, asked } = await connected('gitea', { [route]: answer });
    const error = await failureOf(work(provider));
    expect(error.code).toBe(code);
    expect(shown(error)).toMatch(words);
    expect(asked().filter((each) => each === route)).toHaveLength(1);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(tokens.gitea);
  });
});
