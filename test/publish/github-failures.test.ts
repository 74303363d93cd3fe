import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type FailureCode, withDone } from '../../src/publish/failure.ts';
import type { Provider } from '../../src/publish/provider.ts';
import { acme, connected, failureOf, fleet, type Routes, shown, tokens, wanted } from './connected.ts';
import type { Told } from './http/loopback-server.ts';

const says = (status: number, message: string, headers: Record<string, string> = {}, errors: unknown[] = []): Told => ({
  status,
  json: { message, errors, documentation_url: 'https://docs.github.com/rest' },
  headers: { 'x-github-request-id': 'ABCD:1', ...headers },
});

const create = (provider: Provider) => provider.createRepository(acme, wanted);
const addKey = (provider: Provider) =>
  provider.addDeployKey(fleet, { title: 'flux production', publicKey: 'ssh-ed25519 AAAA', readOnly: true });
const addHook = (provider: Provider) => provider.addHook(fleet, { url: 'http://localhost/hook', secret: fakeSecret });
const openPull = (provider: Provider) =>
  provider.openPull(fleet, { title: 'Add', body: 'Why', head: 'x', base: 'main' });
const whoami = (provider: Provider) => provider.whoami();
const read = (provider: Provider) => provider.getRepository({ owner: 'acme', name: 'fleet' });
const fakeSecret = { reveal: () => 'hook-secret' } as Parameters<Provider['addHook']>[1]['secret'];

const sso = { 'x-github-sso': 'required; url=https://github.com/orgs/acme/sso?authorization_request=A1' };

interface Row {
  route: string;
  answer: Told;
  work(provider: Provider): Promise<unknown>;
  code: FailureCode;
  words: RegExp;
}

const rows: Record<string, Row> = {
  'a wrong token': {
    ...{ route: 'GET /user', answer: says(401, 'Bad credentials'), work: whoami },
    ...{ code: 'auth-invalid', words: /GITHUB_TOKEN is refused.*401: Bad credentials.*settings\/tokens/s },
  },
  'a token that is not authorised for single sign-on': {
    ...{
      route: 'GET /repos/acme/fleet',
      answer: says(403, 'Resource protected by organization SAML enforcement.', sso),
    },
    ...{
      work: read,
      code: 'auth-sso',
      words: /SSO.*https:\/\/github.com\/orgs\/acme\/sso\?authorization_request=A1/s,
    },
  },
  'single sign-on that hides as not found': {
    ...{ route: 'GET /repos/acme/fleet', answer: says(404, 'Not Found', sso), work: read },
    ...{ code: 'auth-sso', words: /authorization_request/ },
  },
  'a scope that is missing': {
    ...{
      route: 'POST /orgs/acme/repos',
      answer: says(403, 'Must have admin rights', { 'x-oauth-scopes': 'repo:status' }),
    },
    ...{ work: create, code: 'auth-scope', words: /has scope repo:status.*takes scope repo/s },
  },
  'a scope that is missing and hides as not found': {
    ...{ route: 'POST /orgs/acme/repos', answer: says(404, 'Not Found', { 'x-oauth-scopes': 'gist' }) },
    ...{ work: create, code: 'auth-scope', words: /has scope gist.*GITHUB_TOKEN/s },
  },
  'a permission that a fine-grained token lacks': {
    route: 'POST /repos/acme/fleet/keys',
    answer: says(403, 'Resource not accessible by personal access token', {
      'x-accepted-github-permissions': 'administration=write',
    }),
    ...{ work: addKey, code: 'auth-scope', words: /would accept administration=write/ },
  },
  'a rule on tokens': {
    route: 'GET /repos/acme/fleet',
    answer: says(403, '`acme` forbids access via a personal access token (classic). Please use a GitHub App'),
    ...{ work: read, code: 'auth-pat-policy', words: /forbids tokens of this kind/ },
  },
  'a rule on the life of tokens': {
    route: 'GET /repos/acme/fleet',
    answer: says(
      403,
      "The 'acme' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 90 days.",
    ),
    ...{ work: read, code: 'auth-pat-policy', words: /90 days.*a lifetime that it allows/s },
  },
  'a pull request that it does not take': {
    route: 'POST /repos/acme/fleet/pulls',
    answer: says(422, 'Validation Failed', {}, [{ resource: 'PullRequest', message: 'No commits between main and x' }]),
    ...{ work: openPull, code: 'pull-refused', words: /No commits between main and x.*Push the branch first/s },
  },
  'an answer that nobody foresaw': {
    ...{ route: 'POST /repos/acme/fleet/pulls', answer: says(418, 'I am a teapot'), work: openPull },
    ...{ code: 'provider-refused', words: /teapot.*Put right what the server names/s },
  },
  'a page where nothing is': {
    route: 'GET /user',
    answer: { status: 404, text: '<!DOCTYPE html><title>404</title>', headers: { 'content-type': 'text/html' } },
    ...{ work: whoami, code: 'wrong-base-url', words: /404 with text.html.*\/api\/v3/s },
  },
  'an organisation whose members create nothing': {
    route: 'POST /orgs/acme/repos',
    answer: says(403, 'You do not have permission to create repositories in this organization.'),
    ...{ work: create, code: 'repository-barred', words: /Ask an owner to create the repository empty/ },
  },
  'a name that is taken': {
    route: 'POST /orgs/acme/repos',
    answer: says(422, 'Repository creation failed.', {}, [
      { resource: 'Repository', code: 'custom', field: 'name', message: 'name already exists on this account' },
    ]),
    ...{
      work: create,
      code: 'repository-name-taken',
      words: /renamed and its old name redirects/,
    },
  },
  'an archived repository': {
    ...{ route: 'POST /repos/acme/fleet/keys', answer: says(403, 'Repository was archived so is read-only.') },
    ...{ work: addKey, code: 'repository-archived', words: /archived.*Unarchive/s },
  },
  'a key that is in use': {
    route: 'POST /repos/acme/fleet/keys',
    answer: says(422, 'Validation Failed', {}, [
      { resource: 'PublicKey', field: 'key', message: 'key is already in use' },
    ]),
    ...{ work: addKey, code: 'key-in-use', words: /Validation Failed; key is already in use.*Make a new key/s },
  },
  'deploy keys that are switched off': {
    ...{ route: 'POST /repos/acme/fleet/keys', answer: says(422, 'Deploy keys are disabled for this repository') },
    ...{ work: addKey, code: 'key-disabled', words: /organizations\/acme\/settings/ },
  },
  'keys that only an admin sees': {
    ...{ route: 'GET /repos/acme/fleet/keys', answer: says(404, 'Not Found'), code: 'key-needs-admin' },
    ...{ work: (provider) => provider.listDeployKeys(fleet), words: /administration rights/ },
  },
  'a webhook for nobody': {
    route: 'POST /repos/acme/fleet/hooks',
    answer: says(422, 'Validation Failed', {}, [
      { resource: 'Hook', message: 'url is not supported because it is localhost' },
    ]),
    ...{ work: addHook, code: 'hook-refused', words: /localhost/ },
  },
  'the primary limit': {
    route: 'POST /orgs/acme/repos',
    answer: says(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '33333333333' }),
    ...{
      work: create,
      code: 'rate-limit',
      words: /a rate limit is reached.*token is fine.*goes on where it stopped/s,
    },
  },
  'a secondary limit': {
    ...{ route: 'POST /orgs/acme/repos', answer: says(403, 'You have exceeded a secondary rate limit.') },
    ...{ work: create, code: 'rate-limit', words: /secondary rate limit.*in 60 s/s },
  },
  'a limit that tells its time': {
    ...{ route: 'POST /orgs/acme/repos', answer: says(429, 'Too many requests', { 'retry-after': '300' }) },
    ...{ work: create, code: 'rate-limit', words: /in 5 min/ },
  },
  'a server that fails': {
    ...{ route: 'POST /orgs/acme/repos', answer: says(502, 'Server Error'), work: create },
    ...{ code: 'provider-failed', words: /may have been carried out all the same/ },
  },
  'a page for people': {
    route: 'GET /user',
    answer: { status: 200, text: '<!DOCTYPE html><title>Sign in</title>', headers: { 'content-type': 'text/html' } },
    ...{ work: whoami, code: 'wrong-base-url', words: /\/api\/v3/ },
  },
  'another program that speaks JSON': {
    ...{ route: 'GET /user', answer: { status: 200, json: { hello: 'world' } }, work: whoami },
    ...{ code: 'wrong-base-url', words: /repository.provider and repository.host/ },
  },
  'a redirect to another host': {
    route: 'GET /user',
    answer: { status: 302, headers: { location: 'https://login.example.com/saml?x=1' } },
    ...{
      work: whoami,
      code: 'redirected',
      words:
        /redirect to https:\/\/login.example.com\/saml.*repository.host in flux-repo.yaml: https:\/\/login.example.com/s,
    },
  },
};

describe('GitHub, when there is', () => {
  it.each(Object.entries(rows))('%s', async (_, { route, answer, work, code, words }) => {
    const routes: Routes = { [route]: answer };
    const { provider, server, asked } = await connected('github', routes);
    const error = await failureOf(work(provider));
    expect(error.code).toBe(code);
    expect(shown(error)).toMatch(words);
    expect(error.message).toContain(server.url.replace('http://', ''));
    expect(asked().filter((each) => each === route)).toHaveLength(1);
    expect(error.cause).toBeUndefined();
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(tokens.github);
  });

  it('an answer that repeats the token, nobody sees it', async () => {
    const echo = `token ${tokens.github} and ${Buffer.from(`x:${tokens.github}`).toString('base64')} are wrong`;
    const { provider } = await connected('github', { 'GET /user': says(401, echo) });
    const error = await failureOf(provider.whoami());
    expect(shown(error)).toContain('[redacted]');
    expect(inspect(error, { depth: 9 })).not.toMatch(/nobodyMay|bm9ib2R5/);
  });

  it('an owner that is not there, it may be hidden', async () => {
    const { provider } = await connected('github', { 'GET /user': { status: 200, json: { login: 'ada' } } });
    const error = await failureOf(provider.namespace('acme'));
    expect([error.code, error.message]).toEqual(['not-visible', expect.stringContaining('find the owner acme')]);
    expect(shown(error)).toMatch(/not found, or not visible.*account of GITHUB_TOKEN/s);
  });

  it('a fine-grained token, what nobody can tell is said', async () => {
    const token = 'github_pat_nobodyMayEverSeeThis0123456789';
    const gone = { 'GET /user': { status: 200, json: { login: 'ada' } } };
    const hidden = await connected('github', gone, token);
    const pending = await failureOf(hidden.provider.namespace('acme'));
    expect([pending.code, shown(pending)]).toEqual(['auth-pending', expect.stringMatching(/approval.*resource owner/)]);
    const barred = says(403, 'Resource not accessible by personal access token');
    const { provider } = await connected('github', { 'POST /orgs/acme/repos': barred }, token);
    const failure = await failureOf(create(provider));
    expect([failure.code, shown(failure)]).toEqual(['auth-scope', expect.stringContaining('another resource owner')]);
  });

  it('a token of an App, a plan without rulesets is thought of', async () => {
    const barred = says(403, 'Resource not accessible by integration');
    const token = 'ghs_nobodyMayEverSeeThis0123456789';
    const { provider } = await connected('github', { 'GET /repos/acme/fleet/rulesets': barred }, token);
    const policy = { pullRequests: false, approvals: 0, codeOwners: false, deployKeysPass: true };
    expect(shown(await failureOf(provider.protect(fleet, 'main', policy)))).toContain('the plan has no rulesets');
  });

  it('something done already, it is said', async () => {
    const { provider } = await connected('github', {});
    const error = await failureOf(provider.listDeployKeys(fleet));
    expect(withDone(error, []).why.at(-1)).toBe('Nothing was changed there.');
    expect(withDone(error, ['create acme/fleet', 'push main']).why.at(-1)).toBe(
      'Done already: create acme/fleet, push main.',
    );
  });

  it('an answer that would act on a terminal, it is one plain line', async () => {
    const { provider } = await connected('github', {
      'GET /user': says(401, 'a\u001b[2J\r\nb\u2028c'.padEnd(900, 'x')),
    });
    const error = await failureOf(provider.whoami());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(error.why.join('')).not.toMatch(/[\u0000-\u001f\u2028]/);
    expect(error.facts.serverMessage?.length).toBeLessThan(310);
    expect(error.facts.requestId).toBe('ABCD:1');
  });
});
