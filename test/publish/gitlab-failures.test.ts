import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { FailureCode } from '../../src/publish/failure.ts';
import type { Provider } from '../../src/publish/provider.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { connected, failureOf, fleet, shown, tokens, wanted } from './connected.ts';
import type { Told } from './http/loopback-server.ts';

const group = { id: '3', kind: 'group', path: 'acme/platform', own: false, policy: {} } as const;
const create = (provider: Provider) => provider.createRepository(group, wanted);
const addKey = (provider: Provider) =>
  provider.addDeployKey(fleet, { title: 'flux production', publicKey: 'ssh-ed25519 AAAA', readOnly: true });

const rows: Record<string, [string, Told, (provider: Provider) => Promise<unknown>, FailureCode, RegExp]> = {
  'a wrong token': [
    ...([
      'GET /user',
      { status: 401, json: { message: '401 Unauthorized' } },
      (provider: Provider) => provider.whoami(),
    ] as const),
    ...(['auth-invalid', /GITLAB_TOKEN is refused.*personal_access_tokens/s] as const),
  ],
  'a token for git alone': [
    'POST /projects',
    {
      status: 403,
      json: { error: 'insufficient_scope', error_description: 'The request requires higher', scope: 'api' },
    },
    ...([create, 'auth-scope', /scope api; write_repository alone.*scope api/s] as const),
  ],
  'a name that is taken': [
    ...(['POST /projects', { status: 400, json: { message: { path: ['has already been taken'] } } }, create] as const),
    ...(['repository-name-taken', /path has already been taken.*waits for its removal/s] as const),
  ],
  'a group that is not open': [
    ...(['POST /projects', { status: 400, json: { message: { namespace: ['is not valid'] } } }, create] as const),
    ...(['namespace-not-found', /--owner/] as const),
  ],
  'a group where no project may be made': [
    ...(['POST /projects', { status: 403, json: { message: '403 Forbidden' } }, create] as const),
    ...(['repository-barred', /Ask a Maintainer or Owner/] as const),
  ],
  'a key of somebody else': [
    'POST /projects/7/deploy_keys',
    { status: 400, json: { message: { 'deploy_key.fingerprint': ['has already been taken'] } } },
    ...([addKey, 'key-in-use', /Make a new key/] as const),
  ],
  'a role that is too low for keys': [
    ...(['POST /projects/7/deploy_keys', { status: 403, json: { message: '403 Forbidden' } }, addKey] as const),
    ...(['key-needs-admin', /Maintainer/] as const),
  ],
  'a webhook for nobody': [
    'POST /projects/7/hooks',
    { status: 422, json: { error: 'Invalid url given' } },
    (provider: Provider) => provider.addHook(fleet, { url: 'http://10.0.0.1/hook', secret: new Secret('hush') }),
    ...(['hook-refused', /Invalid url given.*pulls without it/s] as const),
  ],
  'a merge request that is there': [
    'POST /projects/7/merge_requests',
    { status: 409, json: { message: ['Another open merge request already exists for this source branch: !4'] } },
    (provider: Provider) => provider.openPull(fleet, { title: 'Add', body: '', head: 'x', base: 'main' }),
    ...(['pull-refused', /Another open merge request.*updates the one that is open/s] as const),
  ],
  'a protection that the plan does not have': [
    'POST /projects/7/protected_branches',
    { status: 403, json: { message: 'This feature needs a Premium license' } },
    (provider: Provider) =>
      provider.protect(fleet, 'main', { pullRequests: true, approvals: 0, codeOwners: true, deployKeysPass: false }),
    ...(['plan-limit', /Premium license.*not protected/s] as const),
  ],
  'a limit of projects': [
    ...([
      'POST /projects',
      { status: 400, json: { message: { limit_reached: ['Personal project creation is not allowed'] } } },
      create,
    ] as const),
    ...(['repository-barred', /limit_reached.*limit of projects/s] as const),
  ],
  'a limit': [
    ...(['POST /projects', { status: 429, text: 'Retry later\n', headers: { 'retry-after': '90' } }, create] as const),
    ...(['rate-limit', /Retry later.*in 90 s/s] as const),
  ],
  'a server that fails': [
    ...([
      'POST /projects',
      { status: 502, text: '<html>GitLab is not responding', headers: { 'content-type': 'text/html' } },
    ] as const),
    ...([create, 'provider-failed', /may have been carried out/] as const),
  ],
  'a project that may not be read': [
    ...(['GET /projects/acme%2Ffleet', { status: 403, json: { message: '403 Forbidden' } }] as const),
    (provider: Provider) => provider.getRepository({ owner: 'acme', name: 'fleet' }),
    ...(['auth-scope', /403 Forbidden/] as const),
  ],
  'a page for people': [
    ...(['GET /user', { status: 200, text: '<!DOCTYPE html>', headers: { 'content-type': 'text/html' } }] as const),
    ...([(provider: Provider) => provider.whoami(), 'wrong-base-url', /\/api\/v4/] as const),
  ],
};

describe('GitLab, when there is', () => {
  it.each(Object.entries(rows))('%s', async (_, [route, answer, work, code, words]) => {
    const { provider, asked } = await connected('gitlab', { [route]: answer });
    const error = await failureOf(work(provider));
    expect(error.code).toBe(code);
    expect(shown(error)).toMatch(words);
    expect(asked().filter((each) => each === route)).toHaveLength(1);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(tokens.gitlab);
  });

  it('a group that is not there, the part of the path that is there is named', async () => {
    const { provider, asked } = await connected('gitlab', {
      'GET /user': { status: 200, json: { username: 'ada' } },
      'GET /namespaces/acme%2Fplatform': { status: 200, json: { id: 3, kind: 'group', full_path: 'acme/platform' } },
    });
    const error = await failureOf(provider.namespace('acme/platform/gitops'));
    expect(error.code).toBe('namespace-not-found');
    expect(error.why).toContain('acme/platform is there, acme/platform/gitops is not.');
    expect(asked()).toContain('GET /namespaces/acme%2Fplatform%2Fgitops');
  });
});
