import { describe, expect, it } from 'vitest';
import type { Provider } from '../../src/publish/provider.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { acme, connected, fleet, type Routes, wanted } from './connected.ts';
import type { Told } from './http/loopback-server.ts';

/**
 * All that a provider does to a repository, each verb once. The conformance lane holds what is sent and answered here
 * against the servers' own descriptions.
 */
async function doAll(provider: Provider): Promise<void> {
  const key = { title: 'flux production', publicKey: 'ssh-ed25519 AAAA production', readOnly: true };
  await provider.whoami();
  await provider.namespace('acme');
  await provider.createRepository(acme, wanted);
  await provider.createRepository({ ...acme, kind: 'user', own: true }, { ...wanted, visibility: 'public' });
  await provider.getRepository({ owner: 'acme', name: 'fleet' });
  await provider.setDefaultBranch(fleet, 'main');
  const added = await provider.addDeployKey(fleet, key);
  expect(await provider.listDeployKeys(fleet)).toContainEqual(added);
  await provider.removeDeployKey(fleet, added.id);
  const hook = await provider.addHook(fleet, { url: 'https://flux.example.com/hook/x', secret: new Secret('hush') });
  expect(await provider.listHooks(fleet)).toEqual([hook]);
  await provider.removeHook(fleet, hook.id);
  expect(await provider.listLabels(fleet)).toContain('bug');
  await provider.addLabel(fleet, { name: 'flux', color: '326ce5', description: 'Made by Flux' });
  expect(await provider.listTeams(fleet)).toEqual([]);
  for (const role of ['read', 'write', 'admin'] as const) await provider.grantTeam(fleet, 'platform', role);
  const policy = { pullRequests: true, approvals: 1, codeOwners: true, deployKeysPass: true };
  expect(await provider.protect(fleet, 'main', policy)).toBe('applied');
  const pull = await provider.openPull(fleet, { title: 'Add app api', body: 'Why', head: 'work', base: 'main' });
  expect(await provider.findPull(fleet, 'work', 'main')).toEqual(pull);
  await provider.labelPull(fleet, pull, 'flux');
  await provider.updatePull(fleet, pull, { title: 'Add app api', body: 'Why, longer' });
  if (provider.can.has('deploy-token')) await provider.addDeployToken(fleet, 'flux production');
  await provider.sshHostKeys();
}

const ok = (json: unknown): Told => ({ status: 200, json });
const made = (json: unknown): Told => ({ status: 201, json });
const done: Told = { status: 204 };

const githubRepository = {
  ...{ id: 7, full_name: 'acme/fleet', private: true, visibility: 'private', archived: false, default_branch: 'main' },
  ...{ clone_url: 'https://github.example.com/acme/fleet.git', ssh_url: 'git@github.example.com:acme/fleet.git' },
  ...{ html_url: 'https://github.example.com/acme/fleet', permissions: { admin: true, push: true, pull: true } },
};
const githubKey = { id: 1, title: 'flux production', key: 'ssh-ed25519 AAAA', read_only: true };
const githubHook = { id: 3, active: true, config: { url: 'https://flux.example.com/hook/x', content_type: 'json' } };
const githubPull = {
  ...{ number: 4, title: 'Add app api', state: 'open', html_url: 'https://github.example.com/acme/fleet/pull/4' },
  ...{ head: { ref: 'work' }, base: { ref: 'main' } },
};

const github: Routes = {
  'GET /user': ok({ login: 'ada', id: 1 }),
  'GET /orgs/acme': ok({ login: 'acme', id: 3, members_can_create_private_repositories: true }),
  'POST /orgs/acme/repos': made(githubRepository),
  'POST /user/repos': made(githubRepository),
  'GET /repos/acme/fleet': ok(githubRepository),
  'PATCH /repos/acme/fleet': ok(githubRepository),
  'GET /repos/acme/fleet/keys': ok([githubKey]),
  'POST /repos/acme/fleet/keys': made(githubKey),
  'DELETE /repos/acme/fleet/keys/1': done,
  'GET /repos/acme/fleet/hooks': ok([githubHook]),
  'POST /repos/acme/fleet/hooks': made(githubHook),
  'DELETE /repos/acme/fleet/hooks/3': done,
  'GET /repos/acme/fleet/labels': ok([{ id: 9, name: 'bug', color: 'ffffff', default: true }]),
  'POST /repos/acme/fleet/labels': made({ id: 10, name: 'flux', color: '326ce5', default: false }),
  'GET /repos/acme/fleet/teams': ok([]),
  'PUT /orgs/acme/teams/platform/repos/acme/fleet': done,
  'GET /repos/acme/fleet/rulesets': ok([]),
  'POST /repos/acme/fleet/rulesets': made({ id: 9, name: 'create-flux-repo', enforcement: 'active' }),
  'POST /repos/acme/fleet/pulls': made(githubPull),
  'POST /repos/acme/fleet/issues/4/labels': ok([{ id: 10, name: 'flux', color: '326ce5', default: false }]),
  'GET /repos/acme/fleet/pulls': ok([githubPull]),
  'PATCH /repos/acme/fleet/pulls/4': ok(githubPull),
  'GET /meta': ok({ verifiable_password_authentication: true, ssh_keys: ['ssh-ed25519 AAAA'] }),
};

const gitlabProject = {
  ...{ id: 7, path_with_namespace: 'acme/fleet', visibility: 'private', empty_repo: true, archived: false },
  ...{ http_url_to_repo: 'https://gitlab.example.com/acme/fleet.git', default_branch: 'main' },
  ...{ ssh_url_to_repo: 'git@gitlab.example.com:acme/fleet.git', web_url: 'https://gitlab.example.com/acme/fleet' },
  permissions: { project_access: null, group_access: { access_level: 40, notification_level: 3 } },
};
const gitlabKey = { id: 1, title: 'flux production', key: 'ssh-ed25519 AAAA', can_push: false };
const gitlabHook = { id: 3, url: 'https://flux.example.com/hook/x', push_events: true, alert_status: 'executable' };
const gitlabPull = { id: 40, iid: 4, title: 'Add app api', web_url: 'https://gitlab.example.com/x', state: 'opened' };
const group = { id: 3, path: 'acme', full_path: 'acme', project_creation_level: 'maintainer' };

const gitlab: Routes = {
  'GET /user': ok({ id: 1, username: 'ada' }),
  'GET /personal_access_tokens/self': ok({ id: 1, scopes: ['api'], active: true, expires_at: '2027-01-01' }),
  'GET /namespaces/acme': ok({ id: 3, kind: 'group', path: 'acme', full_path: 'acme' }),
  'GET /groups/acme': ok(group),
  'GET /groups/platform': ok({ ...group, id: 4, path: 'platform', full_path: 'platform' }),
  'POST /projects': made(gitlabProject),
  'GET /projects/acme%2Ffleet': ok(gitlabProject),
  'PUT /projects/7': ok(gitlabProject),
  'GET /projects/7/deploy_keys': ok([gitlabKey, { ...gitlabKey, id: 2, title: 'image automation', can_push: true }]),
  'POST /projects/7/deploy_keys': made(gitlabKey),
  'DELETE /projects/7/deploy_keys/1': done,
  'POST /projects/7/deploy_tokens': made({ id: 2, name: 'flux', username: 'gitlab+deploy-token-2', token: 'gldt-abc' }),
  'GET /projects/7/hooks': ok([gitlabHook]),
  'POST /projects/7/hooks': made(gitlabHook),
  'DELETE /projects/7/hooks/3': done,
  'GET /projects/7/labels': ok([{ id: 9, name: 'bug', color: '#ffffff' }]),
  'POST /projects/7/labels': made({ id: 10, name: 'flux', color: '#326ce5' }),
  'GET /projects/7': ok({ ...gitlabProject, shared_with_groups: [] }),
  'POST /projects/7/share': made({ id: 5, project_id: 7, group_id: 4, group_access: 30 }),
  'GET /projects/7/protected_branches/main': ok({
    ...{ id: 1, name: 'main', allow_force_push: false },
    push_access_levels: [{ id: 1, access_level: 40, access_level_description: 'Maintainers' }],
  }),
  'DELETE /projects/7/protected_branches/main': done,
  'POST /projects/7/protected_branches': made({ id: 2, name: 'main', allow_force_push: false }),
  'PATCH /projects/7/protected_branches/main': ok({ id: 2, name: 'main', allow_force_push: false }),
  'GET /projects/7/merge_requests': ok([gitlabPull]),
  'POST /projects/7/merge_requests': made(gitlabPull),
  'PUT /projects/7/merge_requests/4': ok(gitlabPull),
};

const giteaRepository = {
  ...{ id: 7, full_name: 'acme/fleet', private: true, archived: false, empty: false, default_branch: 'main' },
  ...{ clone_url: 'https://gitea.example.com/acme/fleet.git', ssh_url: 'git@gitea.example.com:acme/fleet.git' },
  ...{ html_url: 'https://gitea.example.com/acme/fleet', permissions: { admin: true, push: true, pull: true } },
};
const giteaHook = { ...githubHook, type: 'gitea', events: ['push'] };
const giteaPull = { ...githubPull, html_url: 'https://gitea.example.com/acme/fleet/pulls/4' };

const gitea: Routes = {
  'GET /user': ok({ login: 'ada', id: 1 }),
  'GET /orgs/acme': ok({ name: 'acme', id: 3 }),
  'POST /orgs/acme/repos': made(giteaRepository),
  'POST /user/repos': made(giteaRepository),
  'GET /repos/acme/fleet': ok(giteaRepository),
  'PATCH /repos/acme/fleet': ok(giteaRepository),
  'GET /repos/acme/fleet/keys': ok([githubKey]),
  'POST /repos/acme/fleet/keys': made(githubKey),
  'DELETE /repos/acme/fleet/keys/1': done,
  'GET /repos/acme/fleet/hooks': ok([giteaHook]),
  'POST /repos/acme/fleet/hooks': made(giteaHook),
  'DELETE /repos/acme/fleet/hooks/3': done,
  'GET /repos/acme/fleet/labels': ok([{ id: 9, name: 'bug', color: 'ffffff' }]),
  'POST /repos/acme/fleet/labels': made({ id: 10, name: 'flux', color: '326ce5' }),
  'GET /repos/acme/fleet/teams': ok([]),
  'PUT /repos/acme/fleet/teams/platform': {
    status: 422,
    json: { message: "team 'platform' is already added to repo" },
  },
  'POST /repos/acme/fleet/issues/4/labels': ok([{ id: 10, name: 'flux', color: '326ce5' }]),
  'GET /repos/acme/fleet/branch_protections/main': ok({ rule_name: 'main', enable_push: true, required_approvals: 0 }),
  'PATCH /repos/acme/fleet/branch_protections/main': ok({ rule_name: 'main', enable_push: true }),
  'POST /repos/acme/fleet/pulls': made(giteaPull),
  'GET /repos/acme/fleet/pulls': ok([giteaPull]),
  'PATCH /repos/acme/fleet/pulls/4': made(giteaPull),
};

describe.each([
  ['github', github],
  ['gitlab', gitlab],
  ['gitea', gitea],
] as const)('%s', (kind, routes) => {
  it('takes everything that is ever sent to it, and is not asked for anything else', async () => {
    const { provider, asked } = await connected(kind, routes);
    await doAll(provider);
    expect(asked().filter((each) => routes[each] === undefined)).toEqual([]);
  });
});
