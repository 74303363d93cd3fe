import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectProvider } from '../../src/publish/connect-provider.ts';
import type { ProviderError } from '../../src/publish/failure.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { failureOf, shown, tokens } from './connected.ts';
import { hasOpenssl, loopbackServer, selfSignedCertificate } from './http/loopback-server.ts';

/** What a person is told when nothing but `GET /user` is tried. */
async function failureAt(host: string, env: Record<string, string> = {}): Promise<ProviderError> {
  const credential = { token: new Secret(tokens.gitlab), from: 'GITLAB_TOKEN' };
  const { signal } = new AbortController();
  const { provider } = await connectProvider({ kind: 'gitlab', host, credential, env, ca: undefined, signal });
  const failure = await failureOf(provider.whoami());
  expect(shown(failure)).not.toContain(tokens.gitlab);
  return failure;
}

/** A port that takes connections and hangs up. */
async function hangingUp(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a server that is not reached', () => {
  test('for its name: the network is thought of', async () => {
    const failure = await failureAt('https://gitlab.invalid');
    expect([failure.code, failure.message]).toEqual(['network-dns', expect.stringContaining('gitlab.invalid')]);
    expect(failure.why.join()).toContain('VPN');
  });

  test('for a port that nobody listens at', async () => {
    const failure = await failureAt('http://127.0.0.1:1');
    expect([failure.code, failure.hint]).toEqual(['network-refused', expect.stringContaining('HTTPS_PROXY')]);
  });

  test('for a connection that breaks: it may have been done', async () => {
    const failure = await failureAt(`http://127.0.0.1:${await hangingUp()}`);
    expect(failure.code).toBe('network-timeout');
    expect(shown(failure)).toMatch(/may have been carried out.*Run the same command again/s);
  });

  test('for a proxy: its variable is named, and how to go round it', async () => {
    const failure = await failureAt('https://gitlab.example.com', {
      HTTPS_PROXY: `http://ada:hush-hush@127.0.0.1:${await hangingUp()}`,
    });
    expect(failure.code).toBe('network-proxy');
    expect(shown(failure)).toMatch(/HTTPS_PROXY.*gitlab\.example\.com in NO_PROXY/s);
    expect(shown(failure)).not.toContain('hush-hush');
  });

  test.skipIf(!hasOpenssl)('for a certificate that nobody vouches for: the flag is named', async () => {
    const server = await loopbackServer(() => ({ status: 200, json: {} }), selfSignedCertificate());
    onTestFinished(server.close);
    const failure = await failureAt(server.url);
    expect([failure.code, failure.hint]).toEqual(['network-tls', expect.stringContaining('--ca-file')]);
    expect(server.received).toEqual([]);
  });

  test('for an answer that never ends', async () => {
    const server = await loopbackServer(() => ({ status: 200, json: { login: 'x'.repeat(11_000_000) } }));
    onTestFinished(server.close);
    expect((await failureAt(server.url)).code).toBe('answer-too-long');
  });
});
