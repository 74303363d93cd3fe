import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type FakeForge, forgeToken } from '../publish/fake-forge.ts';
import { repositoryForForge } from '../publish/published-repository.ts';
import { runMain } from '../support/run-main.ts';
import { builtProgram } from './built-program.ts';
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
  const { system, root } = repository;
  const program = await builtProgram();
  const base = join(root, '../..');
  const list = join(base, 'calls.json');
  const machine = (name: string) => {
    const copy = join(base, name);
    cpSync(join(base, 'work'), join(copy, 'work'), { recursive: true });
    cpSync(system.home, join(copy, 'home'), { recursive: true });
    const home = join(copy, 'home');
    const env = { ...system.env, HOME: home, GIT_CONFIG_GLOBAL: join(home, 'gitconfig'), KILL_CALLS: '1' };
    return { copy, home, folder: join(copy, 'work/demo'), env };
  };
  const counted = machine('counted');
  expect(await runKilled(program, words, { ...counted, killAt: `count:${list}` })).toBe(0);
  const calls: string[] = JSON.parse(readFileSync(list, 'utf8'));
  expect(calls.length).toBeGreaterThanOrEqual(fewest);
  expect(new Set(calls)).toEqual(new Set([...calls, 'spawn', 'request', 'rename', 'open']));
  for (const [index, name] of calls.entries()) {
    if (!isTried(index + 1)) continue;
    emptyForge(forge);
    const killed = machine(`killed-${index}`);
    const at = `${index + 1}: ${name}`;
    expect(await runKilled(program, words, { ...killed, killAt: `kill:${index + 1}` }), at).toBe('SIGKILL');
    const again = { ...system, cwd: killed.folder, home: killed.home, env: killed.env };
    const resumed = await runMain({ ...again, out: system.out, err: system.err } as typeof system, words);
    expect([resumed.code, resumed.err], at).toEqual([0, expect.anything()]);
    await expectPublished(forge, { ...killed, at });
    const writes = forge.writes().length;
    const third = await runMain(again as typeof system, ['publish']);
    expect([third.code, forge.writes().length, third.out], at).toEqual([
      0,
      writes,
      expect.stringMatching(/^Nothing to do/),
    ]);
    rmSync(killed.copy, { recursive: true, force: true });
  }
}

function emptyForge(forge: FakeForge): void {
  forge.repositories.clear();
  forge.requests.length = 0;
  for (const owner of readdirSync(forge.root)) rmSync(join(forge.root, owner), { recursive: true });
}

async function expectPublished(
  forge: FakeForge,
  { copy, home, folder, at }: { copy: string; home: string; folder: string; at: string },
): Promise<void> {
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
  for (const path of filesIn(copy)) expect(readFileSync(path).includes(forgeToken), `${at}: ${path}`).toBe(false);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
