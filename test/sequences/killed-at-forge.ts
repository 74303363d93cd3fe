import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { FakeForge } from '../publish/fake-forge.ts';
import { fakeSsh } from '../publish/fake-ssh.ts';
import { repositoryForForge } from '../publish/published-repository.ts';
import { keysFolderOf } from '../support/repository-with-secrets.ts';
import { builtProgram } from './built-program.ts';
import { expectNoToken, type ForgeMachine, machineOf, snapshotOf } from './forge-machine.ts';
import { runKilled } from './killed.ts';

/** A command for a published repository that changes both sides. */
export interface ForgeCommand {
  name: string;
  words: readonly string[];
  /** Commands before it. */
  before: readonly (readonly string[])[];
  /** Exit codes of the same command when it is run again: it goes on, or says that nothing is left. */
  again: readonly number[];
  /** How many writes, requests and git calls it took when this was written. */
  fewest: number;
  /** What there is when it is done, on both sides, but for what no two runs have in common. */
  end(forge: FakeForge, machine: ForgeMachine): unknown;
}

const rotate = ['keys', 'rotate', 'production', '--yes'];
const revoke = ['keys', 'revoke', 'production', '--yes', '--confirm', 'production'];

export const forgeCommands: readonly ForgeCommand[] = [
  { name: 'keys rotate', words: rotate, before: [], again: [0], fewest: 14, end: keysOf },
  {
    name: 'the end of keys rotate',
    words: [...rotate, '--confirm', 'production'],
    before: [rotate],
    again: [0, 3],
    fewest: 7,
    end: keysOf,
  },
  { name: 'keys revoke', words: revoke, before: [], again: [0, 1], fewest: 4, end: keysOf },
  {
    name: 'add app --pull-request',
    words: ['add', 'app', 'api', '--image', 'api:1', '--yes', '--pull-request'],
    before: [],
    again: [0],
    fewest: 100,
    end: pullOf,
  },
];

/** The fake server's SSH looks at keys with it. */
export const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

/**
 * Kills a command before each of its writes, requests and git calls, which a first run counts, runs it again, and looks
 * whether both sides are as without the kill, and that the token is nowhere.
 *
 * @param isTried which of them, counted from 1; `writeFileSync`, `request`, `spawn` …
 */
export async function killAtForgeEverywhere(
  { words, before, again, fewest, end }: ForgeCommand,
  isTried: (at: number, name: string) => boolean,
): Promise<void> {
  const { forge, repository } = await publishedRepository();
  for (const each of before) expect(await repository.run(...each)).toMatchObject({ code: 0 });
  const program = await builtProgram();
  const beforehand = snapshotOf(forge);
  const counted = machineOf(repository, 'counted');
  const list = join(counted.copy, 'calls.json');
  expect(await runKilled(program, words, { ...counted, killAt: `count:${list}` })).toBe(0);
  const calls: string[] = JSON.parse(readFileSync(list, 'utf8'));
  expect(calls.length).toBeGreaterThanOrEqual(fewest);
  const wanted = end(forge, counted);
  const tried = calls.flatMap((name, index) => {
    const kinds = name === 'rm' || name === 'writeFile' ? ['kill', 'tear'] : ['kill'];
    // Up to the first request it only looks at what is here.
    return index >= calls.indexOf('request') && isTried(index + 1, name)
      ? kinds.map((kind) => ({ killAt: `${kind}:${index + 1}`, name }))
      : [];
  });
  for (const { killAt, name } of tried) {
    beforehand.restore();
    const killed = machineOf(repository, killAt.replace(':', '-'));
    const at = `${killAt} ${name}`;
    expect(await runKilled(program, words, { ...killed, killAt }), at).toBe('SIGKILL');
    const resumed = await killed.run(words);
    expect(again, `${at}: ${resumed.err}`).toContain(resumed.code);
    expect(end(forge, killed), at).toEqual(wanted);
    expectNoToken(killed, resumed, at);
    killed.remove();
  }
  beforehand.remove();
}

async function publishedRepository() {
  const { forge, repository } = await repositoryForForge();
  fakeSsh(forge, repository);
  expect(await repository.run('publish', '--yes')).toMatchObject({ code: 0 });
  const folder = join(keysFolderOf(repository), 'deploy-key-production');
  writeFileSync(join(folder, 'known_hosts'), '[127.0.0.1]:2222 ssh-ed25519 AAAA\n');
  return { forge, repository };
}

/** Deploy keys there and here; which key is which, not what is in it. */
function keysOf(forge: FakeForge, { home }: ForgeMachine) {
  const keysFolder = join(home, '.config/create-flux-repo/keys/demo-abababab');
  const registered = forge.repositories.get('acme/demo')?.keys ?? [];
  const here = readdirSync(keysFolder).filter((name) => name.startsWith('deploy-key-'));
  return {
    there: registered.map(({ title, read_only }) => [title, read_only]).sort(),
    here: here.sort().map((name) => {
      const files = readdirSync(join(keysFolder, name)).sort();
      const own = readFileSync(join(keysFolder, name, 'identity.pub'), 'utf8').trim();
      return { name, files, title: registered.find(({ key }) => key === own)?.title };
    }),
  };
}

/** The branch, its commit, and the one pull request. */
function pullOf(forge: FakeForge, { folder, env }: ForgeMachine) {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, env, encoding: 'utf8' }).trim();
  const branch = git('branch', '--show-current');
  const [commit, there] = [git('rev-parse', 'HEAD'), forge.git('acme/demo', 'rev-parse', branch)];
  return {
    branch,
    isPushed: commit === there,
    changes: git('log', '--format=%s', 'main..HEAD'),
    tree: git('rev-parse', 'HEAD^{tree}'),
    left: git('status', '--short'),
    branches: forge.git('acme/demo', 'for-each-ref', '--format=%(refname)'),
    pulls: forge.repositories.get('acme/demo')?.pulls.map((pull) => ({ ...pull, body: withoutNotes(pull.body) })),
  };
}

/** A run that completes another one says so. */
function withoutNotes(body: string): string {
  return body.replace(/\n## To know\n(?:- .*\n)+/, '');
}
