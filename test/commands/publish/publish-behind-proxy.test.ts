import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectProxy } from '../../publish/http/connect-proxy.ts';
import { hasOpenssl, selfSignedCertificate } from '../../publish/http/loopback-server.ts';
import { tlsFront } from '../../publish/http/tls-front.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';

/** A forge behind TLS with a certificate of its own, which only a proxy leads to. */
async function companyForge() {
  const { forge, repository } = await repositoryForForge();
  const certificate = selfSignedCertificate();
  const front = await tlsFront(forge.url, certificate);
  onTestFinished(front.close);
  repository.edit('flux-repo.yaml', forge.url, front.url);
  expect(await repository.run('apply', '--yes', '--commit')).toMatchObject({ code: 0 });
  const caFile = join(repository.system.home, 'ca.pem');
  writeFileSync(caFile, certificate.cert);
  const proxy = await connectProxy(`Basic ${Buffer.from('ada:hush-hush').toString('base64')}`);
  const through = `http://ada:hush-hush@127.0.0.1:${proxy.port}`;
  repository.system.env = { ...repository.system.env, HTTPS_PROXY: through, https_proxy: through };
  return { forge, repository, front, caFile, proxy };
}

describe.skipIf(!hasOpenssl)('a company’s server', () => {
  test('is published to through its proxy, with its own authority, by the API and by git', async () => {
    const { forge, repository, front, caFile, proxy } = await companyForge();
    const { code, out, err } = await repository.run('publish', '--yes', '--ca-file', caFile);
    expect(code, err).toBe(0);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
    expect(repository.git('remote', 'get-url', 'origin')).toBe(`${front.url}/acme/demo.git`);
    const host = front.url.slice('https://'.length);
    expect(proxy.heads.length).toBeGreaterThan(12);
    const isAnswered = (head: string) => head.includes('Proxy-Authorization: Basic ');
    expect(proxy.heads.every((head) => head.startsWith(`CONNECT ${host} HTTP/1.1`))).toBe(true);
    expect(proxy.heads.filter(isAnswered).length).toBeGreaterThan(8);
    expect(proxy.heads.join()).not.toContain(forge.token);
    expect(out + err).not.toMatch(/hush-hush|aHVzaC/);
    const pull = await repository.run('add', 'app', 'api', '--yes', '--pull-request', '--ca-file', caFile);
    expect([pull.code, pull.out]).toEqual([0, expect.stringContaining('/pulls/1')]);
    expect(await repository.run('keys', 'list', '--ca-file', caFile)).toMatchObject({ code: 0 });
  });

  test('that the proxy does not know this person for is told so', async () => {
    const { forge, repository, caFile } = await companyForge();
    await repository.run('publish', '--yes', '--ca-file', caFile);
    const wrong = String(repository.system.env.https_proxy).replace('hush-hush', 'other-word');
    // The API is reached without one, git alone is told of it.
    repository.git('config', 'http.proxy', wrong);
    repository.system.env = { ...repository.system.env, HTTPS_PROXY: undefined, https_proxy: undefined };
    const { code, err } = await repository.run('publish', '--yes', '--ca-file', caFile);
    expect([code, err]).toEqual([1, expect.stringContaining('the proxy does not let it through')]);
    expect(err).not.toContain('other-word');
    expect(forge.writes().length).toBeGreaterThan(0);
  });

  test('is not believed without its authority, and the flag is named', async () => {
    const { forge, repository } = await companyForge();
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('--ca-file')]);
    expect(forge.requests).toEqual([]);
  });
});
