import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectProvider } from '../../src/publish/connect-provider.ts';
import type { Provider } from '../../src/publish/provider.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { leaksIn, placesBelow } from '../secrets/leaks/leak-search.ts';
import { runMain, testSystem } from '../support/run-main.ts';
import { type EmulatedGithub, emulatedGithub } from './emulated-github.ts';

let github: EmulatedGithub;
let provider: Provider;

beforeAll(async () => {
  github = await emulatedGithub();
  const credential = { token: new Secret(github.token), from: 'GITHUB_TOKEN' };
  const connection = { kind: 'github', host: github.url, credential, env: {}, ca: undefined } as const;
  ({ provider } = await connectProvider({ ...connection, signal: new AbortController().signal }));
});

afterAll(() => github.close());

const wanted = { name: 'fleet', visibility: 'private', description: 'Clusters', branch: 'main' } as const;

describe('GitHub as its emulator has it', () => {
  it('tells whose token it is, and what owners are', async () => {
    expect(await provider.whoami()).toMatchObject({ login: 'ada', tokenKind: 'classic token' });
    expect(await provider.namespace('acme')).toMatchObject({ kind: 'group', path: 'acme' });
    expect(await provider.namespace('ada')).toMatchObject({ kind: 'user', own: true });
    await expect(provider.namespace('nobody')).rejects.toMatchObject({ facts: { status: 404 } });
  });

  it('makes a repository once, for an organisation and for the user', async () => {
    const acme = await provider.namespace('acme');
    expect(await provider.getRepository({ owner: 'acme', name: 'fleet' })).toBeUndefined();
    expect(await provider.createRepository(acme, wanted)).toMatchObject({
      fullName: 'acme/fleet',
      visibility: 'private',
    });
    await expect(provider.createRepository(acme, wanted)).rejects.toMatchObject({ facts: { status: 422 } });
    expect(await provider.getRepository({ owner: 'acme', name: 'fleet' })).toMatchObject({ fullName: 'acme/fleet' });
    expect(await provider.createRepository(await provider.namespace('ada'), wanted)).toMatchObject({
      fullName: 'ada/fleet',
    });
  });

  it('keeps webhooks and labels', async () => {
    const repository = await provider.getRepository({ owner: 'acme', name: 'fleet' });
    if (repository === undefined) throw new Error('there is no acme/fleet');
    const hook = await provider.addHook(repository, { url: 'http://127.0.0.1:9/hook/x', secret: new Secret('hush') });
    expect(await provider.listHooks(repository)).toEqual([
      { id: hook.id, url: 'http://127.0.0.1:9/hook/x', active: true },
    ]);
    await provider.removeHook(repository, hook.id);
    expect(await provider.listHooks(repository)).toEqual([]);
    await provider.addLabel(repository, { name: 'flux', color: '326ce5', description: 'Made by Flux' });
    expect(await provider.listLabels(repository)).toContain('flux');
  });
});

describe('publishing to GitHub as its emulator and git have it', () => {
  it('goes from nothing to a pull request, and a second time does nothing', { timeout: 120_000 }, async () => {
    const system = testSystem();
    system.env = { ...system.env, GH_ENTERPRISE_TOKEN: github.token };
    const command = ['clusters', '--yes', '--provider', 'github', '--owner', 'acme', '--host', github.url, '--publish'];
    const created = await runMain(system, command);
    expect([created.code, created.err]).toEqual([0, expect.stringContaining('ok Push main')]);
    const { keys, rulesets } = github.added;
    expect(keys.map(({ title, read_only }) => [title, read_only])).toEqual([
      ['flux production', true],
      ['flux staging', true],
    ]);
    expect(rulesets).toMatchObject([{ name: 'create-flux-repo', enforcement: 'active' }]);
    const main = github.git('acme/clusters', 'rev-parse', 'main');
    const again = await runMain(system, command);
    expect([again.code, again.out]).toEqual([0, expect.stringContaining('Nothing to do')]);
    expect([keys.length, rulesets.length, github.git('acme/clusters', 'rev-parse', 'main')]).toEqual([2, 1, main]);

    system.cwd = join(system.cwd, 'clusters');
    const pulled = await runMain(system, ['add', 'app', 'api', '--yes', '--pull-request']);
    expect([pulled.code, pulled.out]).toEqual([0, expect.stringContaining('/acme/clusters/pull/1')]);
    const change = ['main..flux-repo-add-app-api', '--format=%s'];
    expect(github.git('acme/clusters', 'log', ...change)).toBe('Add app api');
    const revoked = await runMain(system, ['keys', 'revoke', 'staging', '--confirm', 'staging']);
    expect([revoked.code, keys.map(({ title }) => title)]).toEqual([0, ['flux production']]);

    const printed = { name: 'what was printed', bytes: Buffer.from(system.out() + system.err()) };
    const places = [printed, ...placesBelow(join(system.home, '..'), 'the machine')];
    expect(leaksIn(places, [{ channel: 'token', text: github.token }])).toEqual([]);
  });
});
