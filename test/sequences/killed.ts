import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'vitest';
import { recover } from '../../src/plan/recover.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { filesBelow, runMain } from '../support/run-main.ts';
import { builtProgram } from './built-program.ts';

/** A command that writes, and how many writes it took when this was written. */
export interface Interruptible {
  name: string;
  words: readonly string[];
  writes: number;
  /** What the same command says when it was done before the process died. */
  again: number;
}

export const interruptibles: readonly Interruptible[] = [
  { name: 'apply', words: ['apply', '--yes'], writes: 119, again: 0 },
  { name: 'add app', words: ['add', 'app', 'shop', '--image', 'shop:1', '--yes'], writes: 89, again: 2 },
];

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
 */
export async function killEverywhere(command: Interruptible, isTried: (at: number) => boolean): Promise<void> {
  const repository = await repositoryAtWork();
  const { root, system } = repository;
  const program = await builtProgram();
  const before = filesBelow(root);
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
  const after = filesBelow(counted);
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
    const state = JSON.stringify(filesBelow(folder));
    expect(
      [before, after].map((files) => JSON.stringify(files)),
      killAt,
    ).toContain(state);
    const isOld = state === JSON.stringify(before);
    found.add(isOld ? 'old' : 'new');
    const { code, err } = await runMain({ ...system, cwd: folder }, command.words);
    expect({ killAt, code, err }).toMatchObject({ code: isOld ? 0 : command.again });
    expect(filesBelow(folder), killAt).toEqual(after);
    expect(existsSync(join(folder, '.git/create-flux-repo')), killAt).toBe(false);
    rmSync(folder, { recursive: true });
  };
  const queue = [...tried];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await tryOne(next);
  };
  await Promise.all([lane(), lane(), lane()]);
  expect([...found].sort()).toEqual(['new', 'old']);
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
