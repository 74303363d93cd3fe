import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { recover } from '../../src/plan/recover.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { repositoryWithSecrets } from '../support/repository-with-secrets.ts';
import { filesBelow, runMain } from '../support/run-main.ts';
import { builtProgram } from './built-program.ts';

/** A command that writes, and how many writes it took when this was written. */
export interface Interruptible {
  name: string;
  words: readonly string[];
  writes: number;
  /** What the same command says when it was done before the process died. */
  again: number;
  /** The repository that it is for; edits of all sorts wait in it unless another one is made. */
  prepare?: () => Promise<MadeRepository>;
}

export const interruptibles: readonly Interruptible[] = [
  { name: 'apply', words: ['apply', '--yes'], writes: 119, again: 0 },
  { name: 'add app', words: ['add', 'app', 'shop', '--image', 'shop:1', '--yes'], writes: 89, again: 2 },
];

const removeTeam = ['remove', 'team', 'shop', '--confirm', 'shop', '--yes'] as const;

/** Removals: they delete, and what is encrypted gets new data keys. */
export const interruptibleRemovals: readonly Interruptible[] = [
  { name: 'remove team, phase 1', words: removeTeam, writes: 20, again: 3, prepare: repositoryWithTeam },
  {
    name: 'remove team, phase 2',
    words: [...removeTeam, '--confirm', 'production', '--confirm', 'staging'],
    writes: 60,
    again: 2,
    prepare: async () => {
      const repository = await repositoryWithTeam();
      expect((await repository.run(...removeTeam)).code).toBe(0);
      return repository;
    },
  },
  {
    name: 'remove cluster',
    words: ['remove', 'cluster', 'eu', '--confirm', 'eu', '--yes'],
    writes: 40,
    again: 2,
    prepare: async () => {
      const repository = await repositoryWithSecrets();
      const words = ['add', 'cluster', 'eu', '--environment', 'production', '--yes', '--commit'];
      expect((await repository.run(...words)).code).toBe(0);
      return repository;
    },
  },
];

/** The team's own repository has a credential, and its list in this one an edit. */
async function repositoryWithTeam(): Promise<MadeRepository> {
  const team = 'shop,source=ssh://git@github.com/acme/shop';
  const repository = await madeRepository(['--component', 'none', '--team', team]);
  repository.edit('tenants/base/shop/kustomization.yaml', 'resources:\n', '# mine\nresources:\n');
  return repository;
}

/** Edits of all sorts wait: updates, merges, files to come and to keep away. */
async function repositoryAtWork(): Promise<MadeRepository> {
  const repository = await madeRepository(['--app', 'web', '--component', 'none']);
  const { edit, root } = repository;
  edit('apps/base/web/deployment.yaml', 'periodSeconds: 20', 'periodSeconds: 21 # mine');
  edit('apps/overlays/staging/kustomization.yaml', 'resources:\n', 'resources:\n  - mine.yaml\n');
  rmSync(join(root, 'apps/base/web/service.yaml'));
  // the bases of what was edited are written with a real change only
  edit('flux-repo.yaml', '  production: {}', '  production:\n    intervals:\n      apps: 7m');
  expect((await repository.run('apply', '--yes')).code).toBe(0);
  const more = '    port: 8080\n  api:\n    image: api:1\n';
  edit('flux-repo.yaml', 'nginx:1.27\n', `nginx:1.27\n${more}`);
  edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');
  return repository;
}

/**
 * Kills the program before (and, where it writes a file, in the middle of) each of its writes, and looks what the next
 * run makes of that.
 * @param isTried which of the writes, counted from 1
 * @param isComplete whether those tried are before and after the moment at which the old becomes the new
 */
export async function killEverywhere(
  command: Interruptible,
  isTried: (at: number) => boolean,
  isComplete = true,
): Promise<void> {
  const repository = await (command.prepare ?? repositoryAtWork)();
  const { root, system } = repository;
  const program = await builtProgram();
  const before = comparable(root);
  const copyOf = (name: string) => {
    const copy = join(root, '..', name);
    cpSync(root, copy, { recursive: true });
    return copy;
  };
  const run = (folder: string, killAt: string) =>
    runKilled(program, command.words, { folder, env: system.env, killAt });
  const counted = copyOf('counted');
  const list = join(root, '..', 'writes.json');
  expect(await run(counted, `count:${list}`)).toBe(0);
  const after = comparable(counted);
  const writes: string[] = JSON.parse(readFileSync(list, 'utf8'));
  expect(writes.length).toBeGreaterThanOrEqual(command.writes);
  const tried = writes.flatMap((name, index) => {
    const kinds = name.startsWith('writeFile') ? ['kill', 'tear'] : ['kill'];
    return isTried(index + 1) ? kinds.map((kind) => `${kind}:${index + 1}`) : [];
  });
  const found = new Set<string>();
  const tryOne = async (killAt: string) => {
    const folder = copyOf(killAt.replace(':', '-'));
    expect(await run(folder, killAt), killAt).toBe('SIGKILL');
    const { leftAlone } = await recover(folder);
    expect(leftAlone).toEqual([]);
    const state = JSON.stringify(comparable(folder));
    expect(
      [before, after].map((files) => JSON.stringify(files)),
      killAt,
    ).toContain(state);
    const isOld = state === JSON.stringify(before);
    found.add(isOld ? 'old' : 'new');
    const { code, err } = await runMain({ ...system, cwd: folder }, command.words);
    expect({ killAt, code, err }).toMatchObject({ code: isOld ? 0 : command.again });
    expect(comparable(folder), killAt).toEqual(after);
    expect(existsSync(join(folder, '.git/create-flux-repo')), killAt).toBe(false);
    rmSync(folder, { recursive: true });
  };
  const queue = [...tried];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await tryOne(next);
  };
  await Promise.all([lane(), lane(), lane()]);
  if (isComplete) expect([...found].sort()).toEqual(['new', 'old']);
}

/** Ciphertext is another one each time: of it the recipients and the names of the values are compared. */
function comparable(folder: string): Record<string, string> {
  const files = Object.entries(filesBelow(folder)).map(([path, text]): [string, string] => [
    path,
    path.endsWith('.sops.yaml')
      ? text
          .replace(/ENC\[[^\]]*\]/g, 'ENC')
          .replace(/-----BEGIN AGE[\s\S]*?END AGE ENCRYPTED FILE-----/g, 'AGE')
          .replace(/lastmodified: .*/, '')
      : text,
  ]);
  return Object.fromEntries(files);
}

/** Runs the built program with `kill-at.mjs`. Resolves to the exit code, or the signal. */
export function runKilled(
  program: string,
  words: readonly string[],
  { folder, env, killAt }: { folder: string; env: NodeJS.ProcessEnv; killAt: string },
): Promise<number | string> {
  const preload = pathToFileURL(join(import.meta.dirname, 'kill-at.mjs')).href;
  const options = { cwd: folder, env: { ...env, NODE_OPTIONS: `--import=${preload}`, KILL_AT: killAt } };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...words], options, (error) =>
      resolve(error === null ? 0 : (error.signal ?? Number(error.code))),
    );
  });
}
