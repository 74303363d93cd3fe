import { spawnSync } from 'node:child_process';
import { afterAll, expect } from 'vitest';
import { readModel } from '../../src/model/read-model.ts';
import { type FakeSystem, fakeSystem } from '../support/fake-system.ts';
import { changedPaths, copyOf, type MadeRepository, madeRepository } from '../support/made-repository.ts';

type Work = (made: MadeRepository) => Promise<void>;

async function done({ run }: MadeRepository, ...words: readonly string[]): Promise<void> {
  const { code, err } = await run(...words, '--yes', '--commit');
  expect(code, `${words.join(' ')}: ${err}`).toBe(0);
}

const command =
  (...words: readonly string[]): Work =>
  (made) =>
    done(made, ...words);

const chart = (name: string) => ['--chart', `oci://ghcr.io/acme/charts/${name}`, '--chart-version', '1.x'];
const vouched = ['production', 'staging', 'spare'].flatMap((cluster) => ['--confirm', cluster]);

/** What people do to a repository from the second day on, one of each. */
const dayTwo: Readonly<Record<string, Work>> = {
  'add app': command('add', 'app', 'shop', '--image', 'shop:1.0'),
  'add component': command('add', 'component', 'logs', ...chart('logs')),
  'add environment': command('add', 'environment', 'qa', '--from', 'staging'),
  'add cluster': command('add', 'cluster', 'eu', '--environment', 'staging'),
  'add team': command('add', 'team', 'search', '--environment', 'production'),
  'add notification': command('add', 'notification', 'oncall', '--type', 'pagerduty', '--channel', 'key'),
  'remove app': command('remove', 'app', 'api'),
  'begin to remove component': command('remove', 'component', 'metrics'),
  'begin to remove team': command('remove', 'team', 'checkout', '--confirm', 'checkout'),
  'remove team': async (made) => {
    await done(made, 'remove', 'team', 'checkout', '--confirm', 'checkout');
    await done(made, 'remove', 'team', 'checkout', '--confirm', 'checkout', ...vouched);
  },
  'remove cluster': command('remove', 'cluster', 'spare', '--confirm', 'spare'),
  'remove environment': command('remove', 'environment', 'idle', '--confirm', 'idle'),
  'remove notification': command('remove', 'notification', 'old'),
  'edit the model and apply': async (made) => {
    made.edit('flux-repo.yaml', '    image: nginx:1.27\n', '    image: nginx:1.27\n    port: 8081\n');
    await done(made, 'apply');
  },
  'create a secret': async (made) => {
    made.write('../value', 'hunter2');
    await done(made, 'secrets', 'create', 'db', '--app', 'web', '--from-file', 'password=../value');
  },
};

/** Each two of them. */
export const pairs = Object.keys(dayTwo).flatMap((one, at, all) =>
  all.slice(at + 1).map((other) => [one, other] as const),
);

const first = ['--app', 'web', '--app', 'api,image=api:1.0', '--component', 'none', '--team', 'checkout'];
const clusters = ['--cluster', 'production', '--cluster', 'staging', '--cluster', 'spare:staging'];

let start: Promise<MadeRepository> | undefined;
const after = new Map<string, Promise<MadeRepository>>();

const systems: ReturnType<typeof fakeSystem>[] = [];

afterAll(() => {
  for (const system of systems) system.remove();
});

/** A copy that outlives the test that needed it first. */
function lasting(original: FakeSystem): MadeRepository {
  const system = fakeSystem();
  systems.push(system);
  return copyOf(original, system);
}

async function begun(): Promise<MadeRepository> {
  const made = lasting((await madeRepository([...first, ...clusters])).system);
  await done(made, 'add', 'component', 'metrics', ...chart('metrics'));
  await done(made, 'add', 'environment', 'idle');
  await done(made, 'add', 'notification', 'old', '--type', 'pagerduty', '--channel', 'key');
  return made;
}

/** The repository in which somebody has done one thing; made once. */
function workOf(name: string): Promise<MadeRepository> {
  start ??= begun();
  const base = start;
  const known = after.get(name);
  if (known !== undefined) return known;
  const made = (async () => {
    const copy = lasting((await base).system);
    await dayTwo[name]?.(copy);
    return copy;
  })();
  after.set(name, made);
  return made;
}

/** Two people, a branch each: merged by git and resolved it is as if one had done both. */
export async function expectAsInSequence(one: string, other: string): Promise<void> {
  const [ours, theirs] = [await workOf(one), await workOf(other)];
  const together = copyOf(ours.system);
  await dayTwo[other]?.(together);
  const merged = copyOf(ours.system);
  merged.git('fetch', '--quiet', theirs.root, 'main:other');
  spawnSync('git', ['merge', '--quiet', '--no-edit', 'other'], { cwd: merged.root, env: merged.system.env });
  const { code, err } = await merged.run('resolve', '--yes');
  expect(code, err).toBe(0);
  const isOurs = (path: string) => !path.startsWith('.flux-repo/') && path !== 'flux-repo.yaml';
  expect(changedPaths(comparable(together), comparable(merged)).filter(isOurs)).toEqual([]);
  expect(modelOf(merged)).toEqual(modelOf(together));
  expect(await merged.run('apply')).toMatchObject({ err: '', out: expect.stringContaining('Nothing to do') });
}

function modelOf(made: MadeRepository): unknown {
  const model = readModel({ text: made.read('flux-repo.yaml'), file: 'flux-repo.yaml' });
  return JSON.parse(withoutKeys(JSON.stringify(model)));
}

/** Keys and ciphertext are others each time they are made. */
function comparable(made: MadeRepository): Record<string, string> {
  return Object.fromEntries(
    Object.entries(made.files()).map(([path, text]) => [
      path,
      withoutKeys(text)
        .replace(/ENC\[[^\]]*\]/g, 'ENC')
        .replace(/-----BEGIN AGE[\s\S]*?END AGE ENCRYPTED FILE-----/g, 'AGE')
        .replace(/lastmodified: .*/g, ''),
    ]),
  );
}

function withoutKeys(text: string): string {
  return text.replace(/\bage1[0-9a-z]{58}\b/g, 'age1');
}
