import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { recover } from '../../src/plan/recover.ts';
import { decryptFile } from '../../src/secrets/format/decrypt-file.ts';
import { Secret } from '../../src/secrets/secret.ts';
import type { MadeRepository } from '../support/made-repository.ts';
import { identityIn, keysFolderOf, repositoryWithSecrets, secretValue } from '../support/repository-with-secrets.ts';
import { runMain } from '../support/run-main.ts';
import { builtProgram } from './built-program.ts';
import { runKilled } from './killed.ts';

/** A stage of a rotation: its command, how it is reached, and what there is when it is done. */
export interface KilledStage {
  name: string;
  words: readonly string[];
  /** Commands before it. */
  before: readonly (readonly string[])[];
  /** How many keys the model and each file have then, for the cluster. */
  keys: 1 | 2;
  /** Files in the keys folder then. */
  files: readonly string[];
  /** Exit codes of the same command when it is run again: it goes on, or finds that all is done. */
  again: readonly number[];
  /** How many writes it took when this was written. */
  writes: number;
}

const production = 'apps/overlays/production/web/db.sops.yaml';
const rotate = ['secrets', 'rotate', '--cluster', 'production', '--yes'];
const confirmed = [...rotate, '--confirm', 'production'];
const today = new Date().toISOString().slice(0, 10);
const others = ['cluster-staging.agekey', 'recovery.agekey'];

export const killedStages: readonly KilledStage[] = [
  {
    name: 'the first stage',
    words: rotate,
    before: [],
    keys: 2,
    files: ['cluster-production.agekey', 'cluster-production.next.agekey', ...others],
    again: [0, 3],
    writes: 20,
  },
  {
    name: 'the last stage',
    words: confirmed,
    before: [rotate],
    keys: 1,
    files: ['cluster-production.agekey', `cluster-production.retired-${today}.agekey`, ...others],
    again: [0, 3],
    writes: 20,
  },
];

/** A machine's copy: the repository and the home with the keys. */
function copyOf({ system, root }: MadeRepository, name: string) {
  const base = dirname(system.home);
  const copy = join(base, name);
  for (const folder of ['work', 'home']) cpSync(join(base, folder), join(copy, folder), { recursive: true });
  const moved = (path: string) => join(copy, path.slice(base.length));
  const home = moved(system.home);
  return {
    copy,
    root: moved(root),
    system: { ...system, cwd: moved(root), home, env: { ...system.env, HOME: home } },
  };
}

/**
 * Kills the program at each of its writes (and in the middle of each write of a file), runs the same command again, and
 * looks whether everything ended as without the kill: every file opens with each key that is left, and no key is lost.
 */
export async function killStageEverywhere(stage: KilledStage, isTried: (at: number) => boolean): Promise<void> {
  const repository = await repositoryWithSecrets();
  for (const words of stage.before) expect((await repository.run(...words)).code).toBe(0);
  const known = identitiesIn(keysFolderOf(repository));
  const program = await builtProgram();
  const counted = copyOf(repository, 'counted');
  const list = join(counted.copy, 'writes.json');
  const run = ({ root, system }: typeof counted, killAt: string) =>
    runKilled(program, stage.words, { folder: root, env: system.env, killAt });
  expect(await run(counted, `count:${list}`)).toBe(0);
  await expectEnd(repository, counted, stage, known);
  const writes: string[] = JSON.parse(readFileSync(list, 'utf8'));
  expect(writes.length).toBeGreaterThanOrEqual(stage.writes);
  const tried = writes.flatMap((name, index) => {
    const kinds = name.startsWith('writeFile') ? ['kill', 'tear'] : ['kill'];
    return isTried(index + 1) ? kinds.map((kind) => `${kind}:${index + 1}`) : [];
  });
  const tryOne = async (killAt: string) => {
    const machine = copyOf(repository, killAt.replace(':', '-'));
    expect(await run(machine, killAt), killAt).toBe('SIGKILL');
    expect((await recover(machine.root)).leftAlone).toEqual([]);
    const { code, err } = await runMain(machine.system, stage.words);
    expect(stage.again, `${killAt}: ${err}`).toContain(code);
    await expectEnd(repository, machine, stage, known);
    rmSync(machine.copy, { recursive: true });
  };
  const queue = [...tried];
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await tryOne(next);
  };
  await Promise.all([lane(), lane(), lane()]);
}

async function expectEnd(
  repository: MadeRepository,
  machine: ReturnType<typeof copyOf>,
  stage: KilledStage,
  known: readonly string[],
) {
  const folder = keysFolderIn(repository, machine);
  // Killed between its two names a new key keeps both; the last stage takes the second one away.
  const names = readdirSync(folder).filter((name) => stage.keys === 1 || !name.endsWith('.part'));
  expect(names.sort()).toEqual(stage.files);
  expect(identitiesIn(folder)).toEqual(expect.arrayContaining([...known]));
  const recipients = recipientsIn(machine.root);
  expect(recipients).toHaveLength(stage.keys);
  const present = ['cluster-production.agekey', ...(stage.keys === 2 ? ['cluster-production.next.agekey'] : [])];
  const text = readFileSync(join(machine.root, production), 'utf8');
  for (const file of present) {
    const identity = new Secret(identityIn(join(folder, file)));
    const { values } = await decryptFile({ text, file: production }, [identity]);
    expect(values.map(({ value }) => value.reveal())).toEqual([secretValue]);
  }
  const { sops } = parse(text) as { sops: { age: { recipient: string }[] } }; // as our own encryption writes it
  expect(sops.age).toHaveLength(stage.keys + 1);
}

function keysFolderIn(repository: MadeRepository, machine: ReturnType<typeof copyOf>): string {
  return join(machine.system.home, keysFolderOf(repository).slice(repository.system.home.length));
}

function identitiesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.agekey'))
    .map((name) => identityIn(join(folder, name)));
}

function recipientsIn(root: string): string[] {
  const model = parse(readFileSync(join(root, 'flux-repo.yaml'), 'utf8')) as {
    clusters: { production: { recipients: string[] } };
  }; // as created above
  return model.clusters.production.recipients;
}
