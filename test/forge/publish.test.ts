import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaksIn, type Marker, placesBelow } from '../secrets/leaks/leak-search.ts';
import { type FakeSystem, fakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';

const { FORGE_URL: url, FORGE_TOKEN: token = '' } = process.env;
if (url === undefined)
  console.warn('SKIPPED publishing to a real Gitea: run it by `FORGE_SCRIPT=… npm run test:forge`.');

/** All of the API that a test looks at. */
async function ask(path: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `token ${token}` } });
  return answer.json();
}

/** Nothing that was printed, and no file on the machine, holds one of these. */
function expectNowhere(system: FakeSystem, markers: readonly Marker[]): void {
  const printed = { name: 'what was printed', bytes: Buffer.from(system.out() + system.err()) };
  const places = [printed, ...placesBelow(join(system.home, '..'), 'the machine')];
  expect(leaksIn(places, markers)).toEqual([]);
}

describe.skipIf(url === undefined)('publishing to a real Gitea', () => {
  const name = `published-${process.pid}`;

  test('with a receiver: Gitea has the webhook, and nobody else its secret', async () => {
    const system = fakeSystem();
    try {
      system.env = { ...system.env, GITEA_TOKEN: token };
      const hooked = `${name}-hooked`;
      const where = ['--provider', 'gitea', '--owner', 'acme', '--host', url ?? ''];
      const cluster = ['--cluster', 'production,domain=eu.acme.dev'];
      expect(await runMain(system, [hooked, '--yes', ...where, ...cluster])).toMatchObject({ code: 0 });
      system.cwd = join(system.cwd, hooked);
      const added = await runMain(system, ['add', 'notification', 'receiver', '--yes', '--commit']);
      expect([added.code, added.err]).toEqual([0, expect.anything()]);
      const published = await runMain(system, ['publish', '--yes']);
      expect([published.code, published.err]).toEqual([0, expect.stringContaining('webhook')]);
      expect(await ask(`/repos/acme/${hooked}/hooks`)).toMatchObject([
        {
          type: 'gitea',
          active: true,
          events: ['push'],
          config: { url: expect.stringMatching(/^https:\/\/flux-webhook\.eu\.acme\.dev\/hook\/[0-9a-f]{64}$/) },
        },
      ]);
      const again = await runMain(system, ['publish']);
      expect([again.code, again.out]).toEqual([0, expect.stringContaining('Nothing to do')]);
      expect(await ask(`/repos/acme/${hooked}/hooks`)).toHaveLength(1);
      const markers = [{ channel: 'token', text: token }];
      expectNowhere(system, markers);
      const file = 'infrastructure/overlays/production/notifications/release/notification-receiver.sops.yaml';
      const before = system.out().length;
      const shown = await runMain(system, ['secrets', 'show', file, 'token', '--force']);
      expect(shown.code).toBe(0);
      const earlier = { ...system, out: () => system.out().slice(0, before) };
      expectNowhere(earlier, [...markers, { channel: 'secret of the webhook', text: shown.out.trim() }]);
    } finally {
      system.remove();
    }
  });

  test('from nothing to a rotated deploy key that reads the repository over SSH', async () => {
    const system = fakeSystem();
    try {
      system.env = { ...system.env, GITEA_TOKEN: token };
      const command = [name, '--yes', '--provider', 'gitea', '--owner', 'acme', '--host', url ?? '', '--publish'];
      const created = await runMain(system, command);
      expect([created.code, created.err]).toEqual([0, expect.stringContaining('ok Push main')]);
      const commit = execFileSync('git', ['rev-parse', 'HEAD'], {
        cwd: join(system.cwd, name),
        encoding: 'utf8',
      }).trim();
      expect(await ask(`/repos/acme/${name}`)).toMatchObject({ private: true, default_branch: 'main', empty: false });
      expect(await ask(`/repos/acme/${name}/branches/main`)).toMatchObject({ commit: { id: commit }, protected: true });
      expect(await ask(`/repos/acme/${name}/keys`)).toMatchObject([
        { title: 'flux production', read_only: true },
        { title: 'flux staging', read_only: true },
      ]);
      const again = await runMain(system, command);
      expect([again.code, again.out]).toEqual([0, expect.stringContaining(`Nothing to do: ${url}/acme/${name}`)]);

      system.cwd = join(system.cwd, name);
      const keys = join(system.home, '.config/create-flux-repo/keys', `${name}-abababab`);
      const { ssh_url: ssh } = (await ask(`/repos/acme/${name}`)) as { ssh_url: string };
      const { hostname, port } = new URL(ssh);
      const lines = execFileSync('ssh-keyscan', ['-p', port, hostname], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      writeFileSync(join(keys, 'deploy-key-production/known_hosts'), lines);
      const rotate = ['keys', 'rotate', 'production', '--yes'];
      const rotated = await runMain(system, rotate);
      expect([rotated.code, rotated.err]).toEqual([
        0,
        expect.stringContaining('ok Read the repository with it over SSH'),
      ]);
      expect(await ask(`/repos/acme/${name}/keys`)).toHaveLength(3);
      expect(await runMain(system, [...rotate, '--confirm', 'production'])).toMatchObject({ code: 0 });
      expect(await ask(`/repos/acme/${name}/keys`)).toHaveLength(2);

      const pull = await runMain(system, ['add', 'app', 'api', '--yes', '--pull-request']);
      expect([pull.code, pull.out]).toEqual([0, expect.stringContaining(`${url}/acme/${name}/pulls/1`)]);
      const pulledAgain = await runMain(system, ['add', 'app', 'jobs', '--yes', '--pull-request']);
      expect(pulledAgain.code).toBe(0);
      expect(await ask(`/repos/acme/${name}/pulls`)).toMatchObject([
        { title: 'Add app api', body: expect.stringContaining('- Add app jobs') },
      ]);
      expectNowhere(system, [{ channel: 'token', text: token }]);
    } finally {
      system.remove();
    }
  });
});
