import { describe, expect, it } from 'vitest';
import { type Publication, preflight } from '../../src/publish/preflight.ts';
import type { PublishStep } from '../../src/publish/provider.ts';
import { connected, type Routes } from './connected.ts';

const publication: Publication = {
  ref: { owner: 'acme', name: 'fleet' },
  branch: 'main',
  visibility: 'private',
  steps: new Set<PublishStep>(['repository', 'push', 'deploy-key', 'webhook', 'protect']),
  hasWorkflows: true,
  tokenFrom: 'GITHUB_TOKEN',
  now: new Date('2026-11-23'),
};

const json = (told: unknown, headers: Record<string, string> = {}) => ({ status: 200, json: told, headers });
const ada = (scopes: string) => json({ login: 'ada' }, { 'x-oauth-scopes': scopes });
const repository = {
  ...{ id: 7, full_name: 'acme/fleet', clone_url: 'https://github.com/acme/fleet.git', private: true, archived: false },
  ...{ ssh_url: 'git@github.com:acme/fleet.git', html_url: 'https://github.com/acme/fleet', default_branch: 'main' },
  permissions: { admin: true, push: true },
};
const org: Routes = {
  'GET /users/acme': json({ id: 3, login: 'acme', type: 'Organization' }),
  'GET /orgs/acme': json({ id: 3, login: 'acme', members_can_create_private_repositories: true }),
};

async function found(routes: Routes, change: Partial<Publication> = {}) {
  const { provider, asked } = await connected('github', { ...org, ...routes });
  const { errors, warnings, ...rest } = await preflight(provider, { ...publication, ...change });
  expect(asked().filter((each) => !each.startsWith('GET '))).toEqual([]);
  return {
    errors: errors.map(({ code }) => code),
    warnings: warnings.map(({ code }) => code),
    rest,
    asked,
    facts: errors,
  };
}

describe('before anything is written', () => {
  it('nothing stands against a new repository with a fitting token', async () => {
    const { errors, warnings, rest } = await found({ 'GET /user': ada('repo, workflow') });
    expect([errors, warnings]).toEqual([[], []]);
    expect(rest).toMatchObject({ account: { login: 'ada', tokenKind: 'classic token' }, namespace: { kind: 'group' } });
    expect(rest.repository).toBeUndefined();
  });

  it('nothing stands against one that is there', async () => {
    const routes = { 'GET /user': ada('repo, workflow'), 'GET /repos/acme/fleet': json(repository) };
    const lists = { 'GET /repos/acme/fleet/keys': json([]), 'GET /repos/acme/fleet/hooks': json([]) };
    const { errors, warnings, rest } = await found({ ...routes, ...lists });
    expect([errors, warnings]).toEqual([[], []]);
    expect(rest.repository).toMatchObject({ id: '7', sshUrl: 'ssh://git@github.com/acme/fleet.git' });
  });

  it('all problems are named at once', async () => {
    const moved = { ...repository, full_name: 'acme/clusters', archived: true, private: false };
    const { errors, warnings } = await found({
      'GET /user': json(
        { login: 'ada' },
        {
          'x-oauth-scopes': 'gist',
          'github-authentication-token-expiration': '2026-11-30 10:00:00 UTC',
        },
      ),
      'GET /repos/acme/fleet': { status: 301, headers: { location: '/api/v3/repositories/7' } },
      'GET /repositories/7': json({ ...moved, permissions: { admin: false, push: false } }),
    });
    expect(errors).toEqual([
      ...['auth-scope', 'workflow-scope', 'repository-moved', 'repository-archived', 'auth-scope'],
      'repository-differs',
    ]);
    expect(warnings).toEqual(['auth-expiring']);
  });

  it('a refused token is sent once', async () => {
    const { errors, asked } = await found({ 'GET /user': { status: 401, json: { message: 'Bad credentials' } } });
    expect(errors).toEqual(['auth-invalid']);
    expect(asked()).toEqual(['GET /user']);
  });

  it('a person without the role admin is told that keys will be left to somebody', async () => {
    const mine = { ...repository, permissions: { admin: false, push: true } };
    const { errors, warnings } = await found({
      'GET /user': ada('repo, workflow'),
      'GET /repos/acme/fleet': json(mine),
    });
    expect([errors, warnings]).toEqual([[], ['key-needs-admin']]);
  });

  it('an account of somebody else and an organisation that lets nobody create are told', async () => {
    const user = json({ id: 4, login: 'acme', type: 'User' });
    const nothing = { status: 404, json: { message: 'Not Found' } };
    expect(
      (await found({ 'GET /user': ada('repo, workflow'), 'GET /users/acme': user, 'GET /orgs/acme': nothing })).errors,
    ).toEqual(['owner-mismatch']);
    const closed = { members_can_create_private_repositories: false, deploy_keys_enabled_for_repositories: false };
    const barred = await found({
      'GET /user': ada('repo, workflow'),
      'GET /orgs/acme': json({ id: 3, login: 'acme', ...closed }),
    });
    expect([barred.errors, barred.warnings]).toEqual([['repository-barred'], ['key-disabled']]);
  });

  it('a public repository needs less, and one without workflows, too', async () => {
    const change = { hasWorkflows: false, visibility: 'public' } as const;
    const { errors, warnings } = await found({ 'GET /user': ada('public_repo') }, change);
    expect([errors, warnings]).toEqual([[], ['auth-scope']]);
    const hooks = ada('public_repo, write:repo_hook');
    expect((await found({ 'GET /user': hooks }, change)).warnings).toEqual([]);
  });

  it('a plan that protects no private repository is told, as the branch will not be', async () => {
    const org = { id: 3, login: 'acme', plan: { name: 'free' } };
    const routes = { 'GET /user': ada('repo, workflow'), 'GET /orgs/acme': json(org) };
    const { errors, warnings, rest } = await found(routes);
    expect([errors, warnings]).toEqual([[], ['plan-limit']]);
    expect(rest.namespace?.policy).toEqual({ protectsPrivate: false });
    expect((await found(routes, { visibility: 'public' })).warnings).toEqual([]);
    const paid = { ...routes, 'GET /orgs/acme': json({ ...org, plan: { name: 'team' } }) };
    expect((await found(paid)).warnings).toEqual([]);
    expect((await found(routes, { steps: new Set(['push']) })).warnings).toEqual([]);
  });

  it('a repository that fewer may read than is said is taken as it is', async () => {
    const routes = { 'GET /user': ada('repo, workflow'), 'GET /repos/acme/fleet': json(repository) };
    const { errors, warnings } = await found(routes, { visibility: 'public', steps: new Set(['push']) });
    expect([errors, warnings]).toEqual([[], ['repository-differs']]);
  });

  it('teams take a scope of their own', async () => {
    const change = { steps: new Set<PublishStep>(['teams']) };
    expect((await found({ 'GET /user': ada('repo, workflow') }, change)).warnings).toEqual(['auth-scope']);
    expect((await found({ 'GET /user': ada('repo, workflow, read:org') }, change)).warnings).toEqual([]);
  });

  it('webhooks that may not be read are told, and stop nothing', async () => {
    const barred = { status: 403, json: { message: 'Resource not accessible by personal access token' } };
    const { errors, warnings } = await found({
      'GET /user': ada('repo, workflow'),
      'GET /repos/acme/fleet': json(repository),
      'GET /repos/acme/fleet/keys': json([]),
      'GET /repos/acme/fleet/hooks': barred,
    });
    expect([errors, warnings]).toEqual([[], ['auth-scope']]);
  });
});
