import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaksIn, placesBelow } from '../secrets/leaks/leak-search.ts';
import { fakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';

const { FORGE_URL: url, FORGE_TOKEN: token = '' } = process.env;
if (url === undefined)
  console.warn('SKIPPED publishing to a real Gitea: run it by `FORGE_SCRIPT=… npm run test:forge`.');

/** All of the API that a test looks at. */
async function ask(path: string): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `token ${token}` } });
  return answer.json();
}

describe.skipIf(url === undefined)('publishing to a real Gitea', () => {
  const name = `published-${process.pid}`;

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
      const printed = { name: 'what was printed', bytes: Buffer.from(system.out() + system.err()) };
      const places = [printed, ...placesBelow(join(system.home, '..'), 'the machine')];
      expect(leaksIn(places, [{ channel: 'token', text: token }])).toEqual([]);
    } finally {
      system.remove();
    }
  });
});
