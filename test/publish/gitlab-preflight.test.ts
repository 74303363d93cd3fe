import { expect, test } from 'vitest';
import { type Publication, preflight } from '../../src/publish/preflight.ts';
import type { PublishStep } from '../../src/publish/provider.ts';
import { connected, type Routes } from './connected.ts';

const publication: Publication = {
  ref: { owner: 'acme/platform', name: 'fleet' },
  branch: 'main',
  visibility: 'private',
  steps: new Set<PublishStep>(['repository', 'push', 'deploy-key', 'teams', 'protect']),
  hasWorkflows: false,
  tokenFrom: 'GITLAB_TOKEN',
  now: new Date('2026-11-23'),
};

const json = (told: unknown) => ({ status: 200, json: told });

const project = (level: number) =>
  json({
    ...{ id: 7, path_with_namespace: 'acme/platform/fleet', empty_repo: true, visibility: 'private', archived: false },
    ...{
      http_url_to_repo: 'https://gitlab.example.com/acme/platform/fleet.git',
      web_url: 'https://gitlab.example.com',
    },
    ssh_url_to_repo: 'git@gitlab.example.com:acme/platform/fleet.git',
    permissions: { project_access: { access_level: level }, group_access: null },
  });

const account = (scopes: string[]): Routes => ({
  'GET /user': json({ username: 'ada' }),
  'GET /personal_access_tokens/self': json({ scopes, expires_at: '2027-11-23' }),
  'GET /namespaces/acme%2Fplatform': json({ id: 3, kind: 'group', full_path: 'acme/platform' }),
  'GET /groups/acme%2Fplatform': json({ id: 3, project_creation_level: 'noone' }),
});

async function found(routes: Routes, steps = publication.steps) {
  const { provider, asked } = await connected('gitlab', routes);
  const { errors, warnings } = await preflight(provider, { ...publication, steps });
  expect(asked().every((each) => each.startsWith('GET '))).toBe(true);
  return { errors, warnings: warnings.map(({ code }) => code), codes: errors.map(({ code }) => code) };
}

test('a Developer cannot make the first push, and keys are left to a Maintainer', async () => {
  const route = { 'GET /projects/acme%2Fplatform%2Ffleet': project(30) };
  const { codes, warnings, errors } = await found({ ...account(['api']), ...route });
  expect([codes, warnings]).toEqual([['no-first-push'], ['key-needs-admin']]);
  expect(errors[0]?.message).toContain('the first push to it takes the role Maintainer');
});

test('deploy tokens take a Maintainer, too', async () => {
  const steps = new Set<PublishStep>(['push', 'deploy-token']);
  const there = { ...account(['api']), 'GET /projects/acme%2Fplatform%2Ffleet': project(30) };
  expect((await found(there, steps)).warnings).toEqual(['key-needs-admin']);
  const barred = { status: 403, json: { message: '403 Forbidden' } };
  const routes = { ...there, 'GET /projects/acme%2Fplatform%2Ffleet': project(40) };
  const { codes } = await found({ ...routes, 'GET /projects/7/deploy_tokens': barred }, steps);
  expect(codes).toEqual(['auth-scope']);
});

test('a Reporter may not push at all', async () => {
  const route = { 'GET /projects/acme%2Fplatform%2Ffleet': project(20) };
  const { codes, errors } = await found({ ...account(['api']), ...route });
  expect([codes, errors[0]?.hint]).toEqual([['auth-scope'], expect.stringContaining('Maintainer')]);
});

test('a token for git alone, and a group in which nobody makes projects, are told together', async () => {
  const { codes, errors } = await found(account(['write_repository']));
  expect(codes).toEqual(['auth-scope', 'repository-barred']);
  expect(errors[0]?.why.join(' ')).toContain('write_repository alone is for git push');
});

test('a Maintainer has nothing against it', async () => {
  const routes = {
    ...account(['api']),
    'GET /projects/acme%2Fplatform%2Ffleet': project(40),
    'GET /projects/7': project(40),
    'GET /projects/7/deploy_keys': json([]),
  };
  expect(await found(routes)).toEqual({ errors: [], warnings: [], codes: [] });
});
