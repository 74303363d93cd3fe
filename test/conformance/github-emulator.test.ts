import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectProvider } from '../../src/publish/connect-provider.ts';
import type { Provider } from '../../src/publish/provider.ts';
import { Secret } from '../../src/secrets/secret.ts';

/** An emulator that we did not write, put below `/api/v3` as a GitHub Enterprise Server has it. It has no deploy keys and rulesets. */
const seed = {
  tokens: { ghp_adasOwnToken0123456789: { login: 'ada', scopes: ['repo', 'workflow'] } },
  github: { users: [{ login: 'ada' }], orgs: [{ login: 'acme', members: [{ login: 'ada', role: 'admin' as const }] }] },
};

let close: () => Promise<void>;
let provider: Provider;

beforeAll(async () => {
  const emulator = await createEmulator({ service: 'github', port: 0, seed });
  const front = createServer((question, answer) => {
    const path = question.url?.replace(/^\/api\/v3/, '');
    const asking = forward(new URL(path ?? '/', emulator.url), { method: question.method, headers: question.headers });
    asking.on('response', (reply) => reply.pipe(answer.writeHead(reply.statusCode ?? 500, reply.headers)));
    question.pipe(asking);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const host = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const credential = { token: new Secret('ghp_adasOwnToken0123456789'), from: 'GITHUB_TOKEN' };
  const connection = { kind: 'github', host, credential, env: {}, ca: undefined } as const;
  ({ provider } = await connectProvider({ ...connection, signal: new AbortController().signal }));
  close = async () => {
    front.closeAllConnections();
    front.close();
    await emulator.close();
  };
});

afterAll(() => close());

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
