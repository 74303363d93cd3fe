import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';

const { FORGE_URL: url, FORGE_TOKEN: token = '' } = process.env;

async function ask(path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.json();
}

test.skipIf(url === undefined)('a receiver, a team and a label come to a real Gitea, once', async () => {
  const name = `received-${process.pid}`;
  const team = `platform-${process.pid}`;
  const system = fakeSystem();
  try {
    await ask('/orgs/acme/teams', { name: team, units_map: { 'repo.code': 'write', 'repo.wiki': 'read' } });
    system.env = { ...system.env, GITEA_TOKEN: token };
    const cluster = ['--cluster', 'eu,domain=eu.acme.dev'];
    const create = [name, '--yes', '--provider', 'gitea', '--owner', 'acme', '--host', url ?? '', ...cluster];
    expect(await runMain(system, create)).toMatchObject({ code: 0 });
    system.cwd = join(system.cwd, name);
    const file = join(system.cwd, 'flux-repo.yaml');
    const model = readFileSync(file, 'utf8').replace('\n  branch:', `\n  access: { ${team}: write }\n  branch:`);
    writeFileSync(file, model);
    expect(await runMain(system, ['apply', '--yes', '--commit'])).toMatchObject({ code: 0 });
    expect(await runMain(system, ['add', 'notification', 'receiver', '--yes', '--commit'])).toMatchObject({ code: 0 });
    const published = await runMain(system, ['publish', '--yes']);
    expect(published.code, published.err).toBe(0);
    const path = /webhookPath: (\S+)/.exec(readFileSync(file, 'utf8'))?.[1];
    const hooks = await ask(`/repos/acme/${name}/hooks`);
    expect(hooks).toMatchObject([
      {
        active: true,
        events: ['push'],
        config: { url: `https://flux-webhook.eu.acme.dev${path}`, content_type: 'json' },
      },
    ]);
    expect(await ask(`/repos/acme/${name}/labels`)).toMatchObject([{ name: 'flux-repo', color: '326ce5' }]);
    expect(await ask(`/repos/acme/${name}/teams`)).toContainEqual(expect.objectContaining({ name: team }));
    const again = await runMain(system, ['publish']);
    expect([again.code, again.out], again.err).toEqual([0, expect.stringContaining('Nothing to do')]);
    expect(system.out() + system.err()).not.toContain(token);
  } finally {
    system.remove();
  }
});
