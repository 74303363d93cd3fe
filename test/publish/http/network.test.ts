import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCaFile } from '../../../src/publish/http/ca-file.ts';
import { proxyFor, proxyPasswords } from '../../../src/publish/http/proxy-for.ts';
import { connectProxy } from './connect-proxy.ts';
import { hasOpenssl, loopbackServer, selfSignedCertificate } from './loopback-server.ts';
import { asking, doorTo, faultOf, openDoorTo, token } from './open-door.ts';

if (!hasOpenssl) console.warn('SKIPPED certificates and proxies over TLS: openssl is not in PATH');

const fine = { status: 200, json: { ok: true } };

async function caFile(text: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ca-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'ca.pem'), text);
  return readCaFile(join(folder, 'ca.pem'), 'ca.pem');
}

describe.skipIf(!hasOpenssl)('a server with a certificate of its own', () => {
  const certificate = hasOpenssl ? selfSignedCertificate() : { key: '', cert: '' };

  it('is not believed, and is not asked twice', async () => {
    const { ask, server } = await openDoorTo(() => fine, { certificate });
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({
      kind: 'certificate',
      detail: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(server.received).toEqual([]);
  });

  it('is believed with the authority of --ca-file', async () => {
    const { ask } = await openDoorTo(() => fine, { certificate, ca: await caFile(certificate.cert) });
    expect(await ask('GET', '/user')).toMatchObject({ status: 200 });
  });

  it('is not believed for another name', async () => {
    const other = selfSignedCertificate('DNS:git.example.com');
    const { ask } = await openDoorTo(() => fine, { certificate: other, ca: [other.cert] });
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({
      kind: 'certificate',
      detail: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it('is reached through the proxy of the environment, which sees no token', async () => {
    const proxy = await connectProxy(`Basic ${Buffer.from('ada:p@ss').toString('base64')}`);
    const env = { HTTPS_PROXY: `http://ada:p%40ss@127.0.0.1:${proxy.port}` };
    const { ask, server } = await openDoorTo(() => fine, { certificate, ca: [certificate.cert], env });
    expect(await ask('GET', '/user')).toMatchObject({ status: 200 });
    expect(server.received.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${token}`]);
    expect(proxy.heads).toEqual([expect.stringContaining(`CONNECT ${server.url.slice('https://'.length)} HTTP/1.1`)]);
    expect(proxy.heads.join()).not.toContain(token);
  });

  it('is reached without it when NO_PROXY lists it', async () => {
    const proxy = await connectProxy();
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'example.com,127.0.0.0/8' };
    const { ask } = await openDoorTo(() => fine, { certificate, ca: [certificate.cert], env });
    expect(await ask('GET', '/user')).toMatchObject({ status: 200 });
    expect(proxy.heads).toEqual([]);
  });

  it('is not reached through a proxy that refuses, and the proxy is named', async () => {
    const proxy = await connectProxy('Basic other');
    const env = { https_proxy: `127.0.0.1:${proxy.port}` };
    const { ask } = await openDoorTo(() => fine, { certificate, env });
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({
      kind: 'proxy',
      detail: `127.0.0.1:${proxy.port} answered 407`,
    });
  });
});

describe('a server that cannot be reached', () => {
  it('has no such name', async () => {
    const ask = asking(doorTo('https://nothing.invalid', {}), 'https://nothing.invalid');
    expect(await faultOf(ask('GET', '/user'))).toMatchObject({ kind: 'name' });
  });

  it('refuses connections', async () => {
    const server = await loopbackServer(() => fine);
    await server.close();
    expect(await faultOf(asking(doorTo(server.url, {}), server.url)('GET', '/user'))).toMatchObject({
      kind: 'refused',
    });
  });

  it('does not speak TLS', async () => {
    const { server } = await openDoorTo(() => fine);
    const url = server.url.replace('http:', 'https:');
    expect(await faultOf(asking(doorTo(url, {}), url)('GET', '/user'))).toMatchObject({ kind: 'no-tls' });
  });
});

describe('--ca-file', () => {
  it.each([
    ['holds no certificate', 'hello'],
    ['holds a broken one', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
  ])('is refused when it %s', async (_, text) => {
    await expect(caFile(text)).rejects.toMatchObject({ code: 'ca-file', exitCode: 2 });
  });

  it('is refused when it is not there', async () => {
    await expect(readCaFile('/nowhere/ca.pem', 'ca.pem')).rejects.toMatchObject({
      why: ['It cannot be read (ENOENT).'],
    });
  });
});

describe('the proxy', () => {
  const of = (url: string, env: Record<string, string>) => proxyFor(new URL(url), env)?.host;

  it.each([
    ['https://git.example.com/', { HTTPS_PROXY: 'http://proxy:3128' }, 'proxy:3128'],
    ['https://git.example.com/', { ALL_PROXY: 'proxy:3128' }, 'proxy:3128'],
    ['https://git.example.com/', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'example.com' }, undefined],
    ['https://git.example.com/', { HTTPS_PROXY: 'http://proxy', no_proxy: '.example.com' }, undefined],
    ['https://notexample.com/', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'example.com' }, 'proxy'],
    ['https://git.example.com:8443/', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'git.example.com:443' }, 'proxy'],
    ['https://[fd00::1]/', { HTTPS_PROXY: 'http://proxy', NO_PROXY: 'fd00::/8' }, undefined],
    ['https://git.example.com/', { HTTPS_PROXY: 'http://proxy', NO_PROXY: '*' }, undefined],
    ['http://127.0.0.1:3000/', { HTTP_PROXY: 'http://proxy', ALL_PROXY: 'http://proxy' }, undefined],
  ])('for %s with %j is %s', (url, env, proxy) => {
    expect(of(url, env)).toBe(proxy);
  });

  it('of a kind we do not speak is refused, without the password in it', () => {
    expect(() => of('https://git.example.com', { HTTPS_PROXY: 'socks5://ada:hidden@proxy' })).toThrow('socks5:');
    expect(() => of('https://git.example.com', { HTTPS_PROXY: 'http://ada:hid%en den@[' })).not.toThrow('hid');
    expect(proxyPasswords({ HTTPS_PROXY: 'http://ada:p%40ss@proxy' })).toEqual(['p%40ss', 'p@ss']);
  });
});
