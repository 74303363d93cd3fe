import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { FakeForge } from '../publish/fake-forge.ts';
import { repositoryForForge } from '../publish/published-repository.ts';
import { builtProgram } from './built-program.ts';
import { expectNoToken, type ForgeMachine, machineOf, snapshotOf } from './forge-machine.ts';
import { runKilled } from './killed.ts';

const words = ['publish', '--yes'];

/** Git calls, requests and writes that publishing took when this was written. */
const fewest = 60;

/**
 * Kills `publish` before each of its writes, requests and git calls, which a first run counts, runs it again, and looks
 * at both sides: one repository, one key for each cluster, one protection, and no token anywhere.
 *
 * @param isTried which of them, counted from 1
 */
export async function killPublishEverywhere(isTried: (at: number) => boolean): Promise<void> {
  const { forge, repository } = await repositoryForForge();
  const program = await builtProgram();
  const before = snapshotOf(forge);
  const counted = machineOf(repository, 'counted');
  const list = join(counted.copy, 'calls.json');
  expect(await runKilled(program, words, { ...counted, killAt: `count:${list}` })).toBe(0);
  const calls: string[] = JSON.parse(readFileSync(list, 'utf8'));
  expect(calls.length).toBeGreaterThanOrEqual(fewest);
  expect(new Set(calls)).toEqual(new Set([...calls, 'spawn', 'request', 'rename', 'open']));
  for (const [index, name] of calls.entries()) {
    if (!isTried(index + 1)) continue;
    before.restore();
    const killed = machineOf(repository, `killed-${index}`);
    const at = `${index + 1}: ${name}`;
    expect(await runKilled(program, words, { ...killed, killAt: `kill:${index + 1}` }), at).toBe('SIGKILL');
    const resumed = await killed.run(words);
    expect([resumed.code, resumed.err], at).toEqual([0, expect.anything()]);
    expectPublished(forge, killed, at);
    expectNoToken(killed, resumed, at);
    const writes = forge.writes().length;
    const third = await killed.run(['publish']);
    expect([third.code, forge.writes().length, third.out], at).toEqual([
      0,
      writes,
      expect.stringMatching(/^Nothing to do/),
    ]);
    killed.remove();
  }
  before.remove();
}

function expectPublished(forge: FakeForge, { home, folder }: ForgeMachine, at: string): void {
  const { keys, protections } = forge.repositories.get('acme/demo') ?? { keys: [], protections: [] };
  expect([forge.repositories.size, protections.length], at).toEqual([1, 1]);
  expect(keys.map(({ title }) => title).sort(), at).toEqual(['flux production', 'flux staging']);
  const keysFolder = join(home, '.config/create-flux-repo/keys/demo-abababab');
  const kept = readdirSync(keysFolder).filter((name) => name.startsWith('deploy-key-'));
  expect(kept.sort(), at).toEqual(['deploy-key-production', 'deploy-key-staging']);
  for (const { title, key } of keys) {
    const own = join(keysFolder, title.replace('flux ', 'deploy-key-'));
    expect(readFileSync(join(own, 'identity.pub'), 'utf8'), at).toBe(`${key}\n`);
    expect(readdirSync(own), at).toEqual(['identity', 'identity.pub']);
  }
  expect(existsSync(join(folder, '.git/create-flux-repo/state.json')), at).toBe(true);
}
