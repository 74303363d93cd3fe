import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectProvider } from '../../src/publish/connect-provider.ts';
import { preflight } from '../../src/publish/preflight.ts';
import type { Provider, PublishStep, Repository } from '../../src/publish/provider.ts';
import { generateDeployKey } from '../../src/secrets/deploy-keys/deploy-key.ts';
import { Secret } from '../../src/secrets/secret.ts';

const { FORGE_URL: url, FORGE_TOKEN: token } = process.env;
if (url === undefined || token === undefined)
  console.warn('SKIPPED a real Gitea: run it by `FORGE_SCRIPT=… npm run test:forge`.');

const connect = async (words: string): Promise<Provider> => {
  const credential = { token: new Secret(words), from: 'GITEA_TOKEN' };
  const signal = new AbortController().signal;
  return (await connectProvider({ kind: 'gitea', host: url, credential, env: {}, ca: undefined, signal })).provider;
};

/** A token of the same user with fewer scopes. */
async function weakerToken(scopes: string[]): Promise<string> {
  const answer = await fetch(`${url}/api/v1/users/admin/tokens`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from('admin:Passw0rd!x').toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: `t${Math.random()}`, scopes }),
  });
  const { sha1 } = (await answer.json()) as { sha1: string };
  return sha1;
}

/** Pushes a commit to this branch. */
function push({ httpsUrl }: Repository, branch: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'push-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, stdio: 'pipe' });
  git('init', '-q', '-b', branch);
  writeFileSync(join(folder, 'README.md'), `# ${branch}\n`);
  git('add', '.');
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-qm', branch);
  git('push', '-q', httpsUrl.replace('//', `//x:${token}@`), `HEAD:${branch}`);
}

describe.skipIf(url === undefined || token === undefined)('a real Gitea', () => {
  let provider: Provider;
  let repository: Repository;
  const name = `fleet-${process.pid}`;
  const wanted = { name, visibility: 'private', description: 'Clusters of acme', branch: 'main' } as const;

  beforeAll(async () => {
    provider = await connect(token ?? '');
    repository = await provider.createRepository(await provider.namespace('acme'), wanted);
  });

  it('tells whose token it is', async () => {
    expect(await provider.whoami()).toMatchObject({ login: 'admin', gitUser: 'admin' });
  });

  it('knows organisations, users and nobody', async () => {
    expect(await provider.namespace('acme')).toMatchObject({ kind: 'group', path: 'acme' });
    expect(await provider.namespace('admin')).toMatchObject({ kind: 'user', own: true });
    await expect(provider.namespace('nobody')).rejects.toMatchObject({ code: 'not-visible' });
  });

  it('makes an empty private repository, once', async () => {
    expect(repository).toMatchObject({
      fullName: `acme/${name}`,
      visibility: 'private',
      archived: false,
      admin: true,
      httpsUrl: `${url}/acme/${name}.git`,
      sshUrl: expect.stringMatching(/^ssh:\/\/git@127\.0\.0\.1:\d+\/acme\//),
    });
    expect(repository.defaultBranch).toBeUndefined();
    await expect(provider.createRepository(await provider.namespace('acme'), wanted)).rejects.toMatchObject({
      code: 'repository-name-taken',
      why: [expect.stringMatching(/^The server said 409: .*already exists/), expect.anything()],
    });
    expect(await provider.getRepository({ owner: 'acme', name: 'nothing' })).toBeUndefined();
  });

  it('keeps deploy keys, and says when one is in use', async () => {
    const key = { title: 'flux production', publicKey: generateDeployKey('production').publicKey, readOnly: true };
    const added = await provider.addDeployKey(repository, key);
    const [listed] = await provider.listDeployKeys(repository);
    expect(listed).toMatchObject({ id: added.id, title: 'flux production', readOnly: true });
    expect(listed?.publicKey.split(' ')[1]).toBe(key.publicKey.split(' ')[1]);
    await expect(provider.addDeployKey(repository, key)).rejects.toMatchObject({ code: 'key-in-use' });
    const other = await provider.createRepository(await provider.namespace('admin'), {
      ...wanted,
      name: `${name}-other`,
    });
    await provider
      .addDeployKey(other, { ...key, title: 'other' })
      .catch((error: unknown) => expect(error).toMatchObject({ code: 'key-in-use' }));
    await provider.removeDeployKey(repository, added.id);
    await provider.removeDeployKey(repository, added.id);
    expect(await provider.listDeployKeys(repository)).toEqual([]);
  });

  it('keeps more deploy keys than fit on a page', async () => {
    for (let index = 0; index < 55; index++)
      await provider.addDeployKey(repository, {
        title: `key ${index}`,
        publicKey: generateDeployKey(`key-${index}`).publicKey,
        readOnly: true,
      });
    const keys = await provider.listDeployKeys(repository);
    expect(new Set(keys.map(({ title }) => title)).size).toBe(55);
  });

  it('keeps webhooks', async () => {
    const hook = await provider.addHook(repository, {
      url: 'http://127.0.0.1:9/hook/x',
      secret: new Secret('hush hush'),
    });
    expect(await provider.listHooks(repository)).toEqual([
      { id: hook.id, url: 'http://127.0.0.1:9/hook/x', active: true },
    ]);
    await provider.removeHook(repository, hook.id);
    await provider.removeHook(repository, hook.id);
    expect(await provider.listHooks(repository)).toEqual([]);
  });

  it('keeps labels', async () => {
    await provider.addLabel(repository, { name: 'flux', color: '326ce5', description: 'Made by Flux' });
    expect(await provider.listLabels(repository)).toContain('flux');
  });

  it('gives a team the repository, with the rights that the team has', async () => {
    const body = { name: 'ops', permission: 'read', units: ['repo.code'], includes_all_repositories: false };
    const answer = await fetch(`${url}/api/v1/orgs/acme/teams`, {
      method: 'POST',
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([201, 422]).toContain(answer.status);
    expect((await provider.listTeams(repository)).map(({ team }) => team)).not.toContain('ops');
    for (let times = 0; times < 2; times++) await provider.grantTeam(repository, 'ops', 'write');
    expect(await provider.listTeams(repository)).toContainEqual({ team: 'ops', role: 'read' });
    await expect(provider.grantTeam(repository, 'nobody', 'read')).rejects.toMatchObject({ code: 'not-visible' });
  });

  it('takes a push, a default branch, a pull request and protection', async () => {
    push(repository, 'main');
    push(repository, 'work');
    // Gitea takes some time to see that a repository is not empty any more.
    await expect
      .poll(() => provider.getRepository({ owner: 'acme', name }), { timeout: 20_000 })
      .toMatchObject({ defaultBranch: 'main' });
    await provider.setDefaultBranch(repository, 'work');
    expect(await provider.getRepository({ owner: 'acme', name })).toMatchObject({ defaultBranch: 'work' });
    // Twice in a row it is busy: 500 "already in queue".
    const back = () => provider.setDefaultBranch(repository, 'main').then(() => 'done', String);
    await expect.poll(back, { timeout: 20_000, interval: 500 }).toBe('done');
    expect(await provider.findPull(repository, 'work', 'main')).toBeUndefined();
    const pull = await provider.openPull(repository, { title: 'Add', body: 'Why', head: 'work', base: 'main' });
    expect(await provider.findPull(repository, 'work', 'main')).toEqual(pull);
    expect(await provider.updatePull(repository, pull, { title: 'Add two', body: 'Why' })).toMatchObject({
      title: 'Add two',
    });
    await expect(
      provider.openPull(repository, { title: 'Again', body: '', head: 'work', base: 'main' }),
    ).rejects.toMatchObject({ code: 'pull-refused' });
    await provider.labelPull(repository, pull, 'flux');
    const issue = await fetch(`${url}/api/v1/repos/${repository.fullName}/issues/${pull.number}`, {
      headers: { authorization: `token ${token}` },
    });
    expect(await issue.json()).toMatchObject({ labels: [{ name: 'flux' }] });
    const policy = { pullRequests: true, approvals: 1, codeOwners: false, deployKeysPass: false };
    expect(await provider.protect(repository, 'main', { ...policy, pullRequests: false })).toBe('applied');
    expect(await provider.protect(repository, 'main', { ...policy, pullRequests: false })).toBe('unchanged');
    expect(await provider.protect(repository, 'main', policy)).toBe('applied');
    expect(await provider.protect(repository, 'main', policy)).toBe('unchanged');
    expect(await provider.protect(repository, 'main', { ...policy, deployKeysPass: true })).toBe('applied');
    expect(() => push(repository, 'main')).toThrow();
  });

  it('refuses a wrong token and a weak one, each in its own words', async () => {
    await expect((await connect('0123456789012345678901234567890123456789')).whoami()).rejects.toMatchObject({
      code: 'auth-invalid',
    });
    const weak = await connect(await weakerToken(['read:user', 'read:organization', 'read:repository']));
    await expect(weak.createRepository(await weak.namespace('acme'), { ...wanted, name: 'no' })).rejects.toMatchObject({
      code: 'auth-scope',
      why: [expect.stringContaining('403'), expect.stringMatching(/write:(organization|repository)/)],
    });
  });

  it('finds everything that stands against publishing before it writes', async () => {
    await fetch(`${url}/api/v1/repos/acme/${name}`, {
      method: 'PATCH',
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ archived: true }),
    });
    const publication = {
      ref: { owner: 'acme', name },
      branch: 'main',
      visibility: 'public',
      steps: new Set<PublishStep>(['deploy-key']),
      hasWorkflows: false,
      tokenFrom: 'GITEA_TOKEN',
      now: new Date(),
    } as const;
    const { errors, warnings } = await preflight(provider, publication);
    expect(errors.map(({ code }) => code)).toEqual(['repository-archived']);
    expect(warnings.map(({ code }) => code)).toEqual(['repository-differs']);
    // Deploy keys it takes all the same.
    await expect(
      provider.openPull(repository, { title: 'Late', body: '', head: 'late', base: 'main' }),
    ).rejects.toMatchObject({ code: 'repository-archived' });
  });
});
