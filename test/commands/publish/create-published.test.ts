import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { type FakeForge, fakeForge } from '../../publish/fake-forge.ts';
import { runMain, testSystem } from '../../support/run-main.ts';
import { keys, personAt } from '../../support/terminal.ts';

function commandFor(forge: FakeForge, ...more: string[]): string[] {
  return ['demo', '--yes', '--provider', 'gitea', '--owner', 'acme', '--host', forge.url, '--publish', ...more];
}

function systemWith(forge: FakeForge, token = forge.token) {
  const system = testSystem();
  system.env = { ...system.env, GITEA_TOKEN: token };
  return system;
}

describe('create --publish', () => {
  test('makes, commits and publishes, and the second time does nothing', async () => {
    const forge = await fakeForge();
    const system = systemWith(forge);
    const first = await runMain(system, commandFor(forge));
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('ok Push main')]);
    expect(first.out).toContain(`Published: ${forge.url}/acme/demo`);
    expect(first.out.indexOf('the deploy key')).toBeLessThan(first.out.indexOf('Install Flux'));
    expect(first.out).not.toContain(' publish\n');
    const writes = forge.writes().length;
    const second = await runMain(system, commandFor(forge));
    expect([second.code, second.out]).toEqual([
      0,
      expect.stringMatching(/^Nothing to do: demo holds[\s\S]+Nothing to do: http/),
    ]);
    expect(forge.writes()).toHaveLength(writes);
  });

  test('without a token has made the repository, so its exit code is not that of nothing written', async () => {
    const forge = await fakeForge();
    const system = systemWith(forge);
    const { GITEA_TOKEN, ...env } = system.env;
    system.env = env;
    const { code, err } = await runMain(system, commandFor(forge));
    expect([code, err]).toEqual([1, expect.stringContaining('GITEA_TOKEN')]);
    expect(existsSync(join(system.cwd, 'demo/flux-repo.yaml'))).toBe(true);
  });

  test('that was stopped before it published says all that is to be done when it goes on', async () => {
    const forge = await fakeForge();
    const system = systemWith(forge);
    const unpublished = commandFor(forge).filter((word) => word !== '--publish');
    expect((await runMain(system, unpublished)).code).toBe(0);
    const { code, out } = await runMain(system, commandFor(forge));
    expect(code).toBe(0);
    for (const step of [
      'Copy the recovery key offline',
      'create secret generic sops-age',
      'Install Flux on production',
    ])
      expect(out).toContain(step);
  });

  test('with --dry-run reads the server and writes nothing on either side', async () => {
    const forge = await fakeForge();
    const system = systemWith(forge);
    const { code, out } = await runMain(system, commandFor(forge, '--dry-run', '--json'));
    const { steps } = JSON.parse(out);
    expect([code, forge.writes()]).toEqual([0, []]);
    expect(forge.requests).toContain('GET /repos/acme/demo');
    expect(existsSync(join(system.cwd, 'demo'))).toBe(false);
    expect(steps).toContainEqual(expect.objectContaining({ id: 'repository', state: 'pending' }));
  });

  test('that fails keeps the commit, and publish goes on without a flag', async () => {
    const forge = await fakeForge();
    const system = systemWith(forge, 'nobodysnobodysnobodys');
    const { code, err } = await runMain(system, commandFor(forge));
    expect([code, err]).toEqual([1, expect.stringContaining('is refused')]);
    expect(err).toContain('publish -C demo --yes');
    expect(existsSync(join(system.cwd, 'demo/flux-repo.yaml'))).toBe(true);
    system.cwd = join(system.cwd, 'demo');
    system.env = { ...system.env, GITEA_TOKEN: forge.token };
    expect((await runMain(system, ['publish', '--yes'])).code).toBe(0);
    expect(forge.git('acme/demo', 'log', '--format=%s', 'main')).toContain('Scaffold');
  });

  test('takes the token from standard input, and asks for a place before it writes', async () => {
    const forge = await fakeForge();
    const system = testSystem();
    system.stdin.end(`${forge.token}\n`);
    expect((await runMain(system, commandFor(forge, '--token-stdin'))).code).toBe(0);
    rmSync(join(system.cwd, 'demo'), { recursive: true });
    const { code, err } = await runMain(system, ['other', '--yes', '--publish']);
    expect([code, err]).toEqual([2, expect.stringContaining('add --provider NAME --owner OWNER')]);
    expect(existsSync(join(system.cwd, 'other'))).toBe(false);
  });

  test('is the last choice of the review, and asks for a token that nobody has set', async () => {
    const forge = await fakeForge();
    const system = testSystem({ columns: 120 });
    const person = personAt(system);
    const code = main(['demo', '--provider', 'gitea', '--owner', 'acme', '--host', forge.url], system);
    for (const question of ['How is the platform', 'Which clusters?', 'Which building', 'Which apps?', 'Where is told'])
      await person.answer(question, keys.enter);
    await person.answer('How are secrets kept?', keys.enter);
    await person.answer('What does one key open?', keys.enter);
    await person.answer('Apply this?', keys.up, keys.enter);
    await person.answer('Token for 127.0.0.1', forge.token, keys.enter);
    expect(await code).toBe(0);
    expect(system.out()).toMatch(/demo --provider gitea .* --yes --publish\n$/);
    expect(forge.repositories.get('acme/demo')?.keys).toHaveLength(2);
    expect(system.out() + person.screen()).not.toContain(forge.token);
  });
});
