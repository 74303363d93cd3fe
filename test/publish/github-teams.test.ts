import { expect, test } from 'vitest';
import { connected, failureOf, fleet } from './connected.ts';

const team = (slug: string, permission: string) => ({ id: 1, slug, name: slug.toUpperCase(), permission });

test('teams are known by their slugs, and by what their permissions cover', async () => {
  const teams = [team('ops', 'maintain'), team('guests', 'triage'), team('owners', 'admin'), team('web', 'push')];
  const { provider } = await connected('github', { 'GET /repos/acme/fleet/teams': { status: 200, json: teams } });
  expect(await provider.listTeams(fleet)).toEqual([
    { team: 'ops', role: 'write' },
    { team: 'guests', role: 'read' },
    { team: 'owners', role: 'admin' },
    { team: 'web', role: 'write' },
  ]);
});

test('a team is given a repository with a permission', async () => {
  const route = 'PUT /orgs/acme/teams/ops/repos/acme/fleet';
  const { provider, server } = await connected('github', { [route]: { status: 204 } });
  await provider.grantTeam(fleet, 'ops', 'write');
  expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ permission: 'push' });
});

test('a team that is not there is told with what seeing it takes', async () => {
  const { provider } = await connected('github', {});
  const failure = await failureOf(provider.grantTeam(fleet, 'opps', 'read'));
  expect(failure).toMatchObject({ code: 'not-visible', facts: { step: 'teams' } });
  expect(failure.message).toContain('give team opps access to acme/fleet');
  expect(failure.why.join()).toContain('read:org');
});
