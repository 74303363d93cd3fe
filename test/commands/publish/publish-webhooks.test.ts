import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addRepository } from '../../publish/forge-routes.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';
import { keysFolderOf } from '../../support/repository-with-secrets.ts';

const file = 'infrastructure/overlays/production/notifications/release/notification-receiver.sops.yaml';

/** Without the breaks of lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

async function repositoryWithReceiver(domain: boolean) {
  const { forge, repository } = await repositoryForForge();
  const added = await repository.run('add', 'notification', 'receiver', '--yes', '--commit');
  expect(added.code, added.err).toBe(0);
  expect(added.out).toContain('publish" does it where the variable domain is set');
  const token = (await repository.run('secrets', 'show', file, 'token', '--force')).out.trim();
  if (domain) {
    repository.write(
      'flux-repo.yaml',
      repository
        .read('flux-repo.yaml')
        .replace(/\n {2}production:\n {4}environment: production\n/, '$&    variables:\n      domain: eu.acme.dev\n'),
    );
    expect(await repository.run('apply', '--yes', '--commit')).toMatchObject({ code: 0 });
  }
  const path = `/hook/${createHash('sha256').update(`${token}receiverflux-system`).digest('hex')}`;
  return { forge, repository, token, path };
}

describe('webhooks', () => {
  test('are registered for each cluster whose domain is known, with the token of the receiver', async () => {
    const { forge, repository, token, path } = await repositoryWithReceiver(true);
    const planned = await repository.run('publish', '--dry-run');
    expect(planned.out).toContain('tell production of pushes, by a webhook');
    expect(forge.writes()).toEqual([]);
    const { code, out, err } = await repository.run('publish', '--yes');
    expect(code, err).toBe(0);
    expect(forge.repositories.get('acme/demo')?.hooks).toMatchObject([
      {
        type: 'gitea',
        active: true,
        events: ['push'],
        config: { url: `https://flux-webhook.eu.acme.dev${path}`, content_type: 'json', secret: token },
      },
    ]);
    expect(out).toContain('no webhook for staging');
    expect(out + err + repository.read('.git/create-flux-repo/state.json')).not.toContain(token);
    const written = forge.writes().length;
    expect((await repository.run('publish')).out).toContain('Nothing to do');
    expect(forge.writes()).toHaveLength(written);
  });

  test('go to the host that the route was edited to', async () => {
    const { forge, repository, path } = await repositoryWithReceiver(true);
    const route = 'infrastructure/base/notifications/receiver/config/httproute.yaml';
    repository.edit(route, 'flux-webhook.${domain:=example.internal}', 'hooks.${cluster_name}.acme.dev');
    await repository.run('publish', '--yes');
    expect(forge.repositories.get('acme/demo')?.hooks.map(({ config }) => config.url)).toEqual([
      `https://hooks.production.acme.dev${path}`,
      `https://hooks.staging.acme.dev${path}`,
    ]);
  });

  test('whose answer was lost are not added twice', async () => {
    const { forge, repository } = await repositoryWithReceiver(true);
    forge.after = ({ method, path }) => method === 'POST' && path.endsWith('/hooks');
    const { code, err } = await repository.run('publish', '--yes');
    expect(code, err).toBe(0);
    expect(forge.repositories.get('acme/demo')?.hooks).toHaveLength(1);
  });

  test('that the server refuses are left to a person, with all that is needed', async () => {
    const { forge, repository, token, path } = await repositoryWithReceiver(true);
    forge.before = ({ method, path: asked, body }) =>
      method === 'POST' && asked.endsWith('/hooks')
        ? { status: 422, json: { message: `Invalid url, secret ${JSON.parse(body).config.secret}` } }
        : undefined;
    const { code, out, err } = await repository.run('publish', '--yes');
    expect(code, err).toBe(0);
    expect(flat(out)).toMatch(/Not done: Let \S+ tell production of pushes, by a webhook: \S+ refuses it/);
    expect(out).toContain(`https://flux-webhook.eu.acme.dev${path}`);
    expect(out).toContain(`secrets show ${file} token`);
    expect(out + err).not.toContain(token);
  });

  test('without the private key here are left to a person', async () => {
    const { forge, repository } = await repositoryWithReceiver(true);
    rmSync(keysFolderOf(repository), { recursive: true });
    const { code, out } = await repository.run('publish', '--yes');
    expect([code, flat(out)]).toEqual([0, expect.stringContaining('no private key here opens its token')]);
    expect(forge.repositories.get('acme/demo')?.hooks).toEqual([]);
  });

  test('take administration rights', async () => {
    const { forge, repository, path } = await repositoryWithReceiver(true);
    addRepository(forge, 'acme/demo').admin = false;
    const { code, out } = await repository.run('publish', '--yes');
    expect([code, flat(out)]).toEqual([0, expect.stringContaining('webhooks take administration rights')]);
    expect(out).toContain(path);
    expect(forge.requests.filter((each) => each.includes('/hooks'))).toEqual([]);
  });
});

test('of a plain git server are a person’s, with a signature of its own', async () => {
  const { forge, repository } = await repositoryForForge({ provider: 'git' });
  addRepository(forge, 'acme/demo');
  const helper = `!f() { test "$1" = get && printf "username=ada\\npassword=${forge.token}\\n"; }; f`;
  writeFileSync(join(repository.system.home, 'gitconfig'), `[credential]\n\thelper = ${JSON.stringify(helper)}\n`);
  const cluster = /\n {2}production:\n {4}environment: production\n/;
  const model = repository.read('flux-repo.yaml').replace(cluster, '$&    variables:\n      domain: eu.acme.dev\n');
  repository.write('flux-repo.yaml', model);
  await repository.run('apply', '--yes', '--commit');
  await repository.run('add', 'notification', 'receiver', '--yes', '--commit');
  const { code, out, err } = await repository.run('publish', '--yes');
  expect(code, err).toBe(0);
  expect(flat(out)).toContain('so that production hears of pushes: its header X-Signature made with the token');
  expect(out).toContain('https://flux-webhook.eu.acme.dev/hook/');
});

test('one that is switched off is told, and left so', async () => {
  const { forge, repository } = await repositoryWithReceiver(true);
  await repository.run('publish', '--yes');
  const [hook] = forge.repositories.get('acme/demo')?.hooks ?? [];
  if (hook !== undefined) hook.active = false;
  const { out } = await repository.run('publish', '--yes');
  expect(flat(out)).toContain('it is there, and switched off');
  expect(forge.repositories.get('acme/demo')?.hooks).toHaveLength(1);
});
