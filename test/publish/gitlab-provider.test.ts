import { describe, expect, it, onTestFinished } from 'vitest';
import { connectProvider } from '../../src/publish/connect-provider.ts';
import { remoteOf } from '../../src/publish/publishing.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { connected, failureOf, fleet, tokens, wanted } from './connected.ts';
import { loopbackServer } from './http/loopback-server.ts';

const project = {
  ...{
    id: 7,
    path_with_namespace: 'acme/platform/fleet',
    http_url_to_repo: 'https://gitlab.example.com/acme/platform/fleet.git',
  },
  ...{
    ssh_url_to_repo: 'git@gitlab.example.com:acme/platform/fleet.git',
    web_url: 'https://gitlab.example.com/acme/platform/fleet',
  },
  ...{ visibility: 'private', empty_repo: true, default_branch: 'main', archived: false },
  permissions: { project_access: null, group_access: { access_level: 40 } },
};
const json = (told: unknown, headers: Record<string, string> = {}) => ({ status: 200, json: told, headers });

describe('GitLab below a path of its server', () => {
  it('is asked there, page by page, and git goes there too', async () => {
    const root = '/tools/gitlab';
    const key = (id: number) => ({ id, title: `flux ${id}`, key: `ssh-ed25519 A${id}`, can_push: false });
    const below = await loopbackServer(({ path }) => {
      if (!path.startsWith(`${root}/api/v4/`)) return { status: 404, json: { message: '404 Not Found' } };
      if (path.includes('/deploy_keys') && !path.includes('page=2'))
        return {
          ...json([key(1)]),
          headers: { link: `<${below.url}${root}/api/v4/projects/7/deploy_keys?page=2&per_page=100>; rel="next"` },
        };
      return json(
        path.includes('/deploy_keys') ? [key(2)] : { ...project, http_url_to_repo: `${below.url}${root}/a.git` },
      );
    });
    onTestFinished(below.close);
    const credential = { token: new Secret(tokens.gitlab), from: 'GITLAB_TOKEN' };
    const { signal } = new AbortController();
    const connection = {
      kind: 'gitlab',
      host: `${below.url}${root}/`,
      credential,
      env: {},
      ca: undefined,
      signal,
    } as const;
    const { provider, address, redact } = await connectProvider(connection);
    expect((await provider.listDeployKeys(fleet)).map(({ id }) => id)).toEqual(['1', '2']);
    const found = await provider.getRepository({ owner: 'acme/platform', name: 'fleet' });
    if (found === undefined) throw new Error('it is not there');
    const git = { call: { cwd: '/', env: {}, signal }, login: undefined, caFile: undefined, web: address.web, redact };
    expect(remoteOf({ provider, git }, found).url).toBe(`${below.url}${root}/a.git`);
    expect(provider.host).toBe(`${below.url.replace('http://', '')}${root}`);
  });
});

describe('GitLab', () => {
  it('finds a project in nested groups by its whole path', async () => {
    const { provider } = await connected('gitlab', { 'GET /projects/acme%2Fplatform%2Ffleet': json(project) });
    expect(await provider.getRepository({ owner: 'acme/platform', name: 'fleet' })).toEqual({
      ...{ id: '7', fullName: 'acme/platform/fleet', httpsUrl: project.http_url_to_repo, webUrl: project.web_url },
      sshUrl: 'ssh://git@gitlab.example.com/acme/platform/fleet.git',
      ...{ archived: false, visibility: 'private', admin: true, push: true },
    });
    expect(await provider.getRepository({ owner: 'acme', name: 'other' })).toBeUndefined();
  });

  it('makes a project with name and path in its group', async () => {
    const { provider, server } = await connected('gitlab', { 'POST /projects': { status: 201, json: project } });
    await provider.createRepository({ id: '12', kind: 'group', path: 'acme/platform', own: false, policy: {} }, wanted);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      ...{ name: 'fleet', path: 'fleet', namespace_id: 12, description: 'Clusters', visibility: 'private' },
      initialize_with_readme: false,
    });
    expect(server.received[0]?.headers).toMatchObject({ authorization: expect.stringMatching(/^Bearer glpat-/) });
    expect(server.received[0]?.headers['private-token']).toBeUndefined();
  });

  it('tells a project that is being deleted', async () => {
    const route = { 'GET /projects/acme%2Ffleet': json({ ...project, marked_for_deletion_on: '2026-11-20' }) };
    const { provider } = await connected('gitlab', route);
    expect(await failureOf(provider.getRepository({ owner: 'acme', name: 'fleet' }))).toMatchObject({
      code: 'repository-name-taken',
    });
  });

  it('reads every page of deploy keys', async () => {
    const { provider, server } = await connected('gitlab', {
      'GET /projects/7/deploy_keys': ({ path }) =>
        path.includes('page=2')
          ? json([{ id: 2, title: 'b', key: 'ssh-ed25519 BBBB', can_push: true }])
          : json([{ id: 1, title: 'a', key: 'ssh-ed25519 AAAA', can_push: false }], {
              link: `<http://127.0.0.1/api/v4/projects/7/deploy_keys?page=2&per_page=100>; rel="next"`,
            }),
    });
    expect(await provider.listDeployKeys(fleet)).toEqual([
      { id: '1', title: 'a', publicKey: 'ssh-ed25519 AAAA', readOnly: true },
      { id: '2', title: 'b', publicKey: 'ssh-ed25519 BBBB', readOnly: false },
    ]);
    expect(server.received).toHaveLength(2);
  });

  it('adds a key without its comment, a deploy token once, and a webhook that checks certificates', async () => {
    const { provider, server } = await connected('gitlab', {
      'POST /projects/7/deploy_keys': {
        status: 201,
        json: { id: 1, title: 'flux', key: 'ssh-ed25519 AAAA', can_push: false },
      },
      'POST /projects/7/deploy_tokens': {
        status: 201,
        json: { id: 2, username: 'gitlab+deploy-token-2', token: 'gldt-abc' },
      },
      'POST /projects/7/hooks': { status: 201, json: { id: 3, url: 'https://flux.example.com/hook/x' } },
    });
    await provider.addDeployKey(fleet, { title: 'flux', publicKey: 'ssh-ed25519 AAAA a comment', readOnly: true });
    const { username, password } = await provider.addDeployToken(fleet, 'flux production');
    expect([username, password.reveal()]).toEqual(['gitlab+deploy-token-2', 'gldt-abc']);
    await provider.addHook(fleet, { url: 'https://flux.example.com/hook/x', secret: new Secret('hush') });
    expect(server.received.map(({ body }) => JSON.parse(body))).toEqual([
      { title: 'flux', key: 'ssh-ed25519 AAAA', can_push: false },
      { name: 'flux production', scopes: ['read_repository'] },
      { url: 'https://flux.example.com/hook/x', token: 'hush', push_events: true, enable_ssl_verification: true },
    ]);
  });

  it('makes the protection of the first push stricter, and leaves it when it is right', async () => {
    const rule = (level: number) =>
      json({ name: 'main', push_access_levels: [{ access_level: level }], allow_force_push: false });
    const policy = { pullRequests: true, approvals: 0, codeOwners: false, deployKeysPass: false };
    const right = await connected('gitlab', { 'GET /projects/7/protected_branches/main': rule(0) });
    expect(await right.provider.protect(fleet, 'main', policy)).toBe('unchanged');
    const open = await connected('gitlab', { 'GET /projects/7/protected_branches/main': rule(40) });
    expect(await open.provider.protect(fleet, 'main', { ...policy, pullRequests: false })).toBe('unchanged');
    const loose = await connected('gitlab', {
      'GET /projects/7/protected_branches/main': rule(40),
      'DELETE /projects/7/protected_branches/main': { status: 204 },
      'POST /projects/7/protected_branches': { status: 201, json: {} },
    });
    expect(await loose.provider.protect(fleet, 'main', policy)).toBe('applied');
    expect(loose.server.received.at(-1)?.path).toBe(
      '/api/v4/projects/7/protected_branches?push_access_level=0&merge_access_level=40&allow_force_push=false&name=main',
    );
  });

  it('shares a project with a group, and again where the role was too little', async () => {
    const shares = [{ group_id: 12, group_full_path: 'acme/ops', group_name: 'ops', group_access_level: 20 }].map(
      (share) => ({ ...share, expires_at: '2027-01-31' }),
    );
    const { provider, server, asked } = await connected('gitlab', {
      'GET /projects/7': json({ ...project, shared_with_groups: shares }),
      'GET /groups/acme%2Fops': json({ id: 12 }),
      'DELETE /projects/7/share/12': { status: 204 },
      'POST /projects/7/share': { status: 201, json: {} },
    });
    expect(await provider.listTeams(fleet)).toEqual([{ team: 'acme/ops', role: 'read' }]);
    await provider.grantTeam(fleet, 'acme/ops', 'write');
    expect(asked().slice(1)).toEqual([
      'GET /groups/acme%2Fops',
      'GET /projects/7',
      'DELETE /projects/7/share/12',
      'POST /projects/7/share',
    ]);
    const body = { group_id: 12, group_access: 30, expires_at: '2027-01-31' };
    expect(JSON.parse(server.received.at(-1)?.body ?? '')).toEqual(body);
    const written = asked().length;
    await provider.grantTeam(fleet, 'acme/ops', 'read');
    expect(asked().slice(written)).toEqual(['GET /groups/acme%2Fops', 'GET /projects/7']);
  });

  it('gives a group back what it had when more is refused', async () => {
    const share = { group_id: 12, group_full_path: 'acme/ops', group_name: 'ops', group_access_level: 20 };
    const levels: number[] = [];
    const { provider } = await connected('gitlab', {
      'GET /projects/7': json({ ...project, shared_with_groups: [share] }),
      'GET /groups/acme%2Fops': json({ id: 12 }),
      'DELETE /projects/7/share/12': { status: 204 },
      'POST /projects/7/share': ({ body }) => {
        const { group_access: level } = JSON.parse(body);
        levels.push(level);
        return level > 20 ? { status: 403, json: { message: 'too much' } } : { status: 201, json: {} };
      },
    });
    const failure = await failureOf(provider.grantTeam(fleet, 'acme/ops', 'write'));
    expect([levels, failure.why.at(-1)]).toEqual([[30, 20], 'It has the access that it had before.']);
  });

  it('keeps labels, with a # before the colour', async () => {
    const { provider, server } = await connected('gitlab', {
      'GET /projects/7/labels': json([{ id: 1, name: 'flux' }]),
      'POST /projects/7/labels': { status: 201, json: {} },
      'PUT /projects/7/merge_requests/4': json({ iid: 4, web_url: '', title: '' }),
    });
    expect(await provider.listLabels(fleet)).toEqual(['flux']);
    await provider.addLabel(fleet, { name: 'ours', color: '326ce5', description: 'Ours' });
    await provider.labelPull(fleet, { number: 4, url: '', title: '' }, 'ours');
    const bodies = server.received.slice(1).map(({ body }) => JSON.parse(body));
    expect(bodies).toEqual([{ name: 'ours', color: '#326ce5', description: 'Ours' }, { add_labels: 'ours' }]);
  });

  it('opens a merge request and finds it again', async () => {
    const told = { iid: 4, web_url: 'https://gitlab.example.com/x/-/merge_requests/4', title: 'Add' };
    const { provider, server } = await connected('gitlab', {
      'GET /projects/7/merge_requests': json([told]),
      'POST /projects/7/merge_requests': { status: 201, json: told },
      'PUT /projects/7/merge_requests/4': json({ ...told, title: 'Add two' }),
    });
    const pull = await provider.openPull(fleet, { title: 'Add', body: 'Why', head: 'work', base: 'main' });
    expect(await provider.findPull(fleet, 'work', 'main')).toEqual(pull);
    expect(await provider.updatePull(fleet, pull, { title: 'Add two', body: 'x' })).toMatchObject({ title: 'Add two' });
    expect(server.received[1]?.path).toContain('source_branch=work&target_branch=main&state=opened');
  });
});
