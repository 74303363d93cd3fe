import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildKustomization } from '../../src/kustomize/build-kustomization.ts';
import { readDraft } from '../../src/model/read-model.ts';
import type { JsonValue } from '../../src/yaml/json-value.ts';
import { readValues } from '../../src/yaml/read-values.ts';
import { type BuildCase, buildCases, memoryTree } from '../kustomize/cases.ts';
import { randomRepository } from '../kustomize/random-repository.ts';
import { completeModel } from '../support/complete-model.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { repositoryTree } from '../support/repository-tree.ts';
import { kustomizeProgram } from './kustomize-program.ts';

const kustomize = kustomizeProgram();
if ('missing' in kustomize) console.warn(`SKIPPED comparing offline builds: ${kustomize.missing}`);
const program = 'path' in kustomize ? kustomize.path : '';

/** How many random repositories are compared; more for a long hunt. */
const runs = Number(process.env.KUSTOMIZE_RUNS ?? 200);
const firstSeed = Number(process.env.KUSTOMIZE_SEED ?? 1);

let root = '';
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-offline-')));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let written = 0;

function write(files: ReadonlyMap<string, string>): string {
  const folder = join(root, String(++written));
  for (const [path, contents] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
  return folder;
}

type Outcome = { objects: JsonValue[] } | 'refused';

/** The program sorts objects unless told not to; Flux, which uses it as a library, does not. */
function theirs(folder: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, ['build', '--reorder', 'none', folder], { maxBuffer: 1e8 }, (error, stdout) => {
      const values = () => readValues(stdout).map(({ value }) => value);
      resolve(error ? 'refused' : { objects: values().filter((value) => value !== null) });
    });
  });
}

function ours({ files, folder }: BuildCase): Outcome {
  const { objects, problems, notBuilt } = buildKustomization(memoryTree(files), folder);
  if (notBuilt.length > 0 || problems.some(({ severity }) => severity === 'error')) return 'refused';
  return { objects: objects.map(({ value }) => value) };
}

async function compare(one: BuildCase): Promise<'built' | 'refused'> {
  const folder = write(one.files);
  const wanted = await theirs(join(folder, one.folder));
  rmSync(folder, { recursive: true, force: true });
  expect(ours(one), one.name).toEqual(wanted);
  return wanted === 'refused' ? 'refused' : 'built';
}

/** Two at a time: the builds are other processes. */
async function inTwos<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const next = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([next(), next()]);
}

const repositories = [
  ...readdirSync('test/golden').map((name) => {
    const text = readFileSync(`test/golden/${name}/input.yaml`, 'utf8');
    return { name, draft: readDraft({ text, file: 'input.yaml' }) };
  }),
  ...draftMatrix()
    .map((draft, index) => ({ name: `matrix-${index}`, draft }))
    .filter((_, index) => index % 4 === 0),
].map(({ name, draft }) => ({ name, files: repositoryTree(completeModel(draft, name)) }));

describe.skipIf(program === '')('an offline build gives the objects that kustomize gives', () => {
  test('of every case written by hand, and refuses what it refuses', async () => {
    const cases = buildCases();
    const count = { built: 0, refused: 0 };
    await inTwos(cases, async (one) => void count[await compare(one)]++);
    console.log(`${count.built} built, ${count.refused} refused`);
    expect(count.built).toBeGreaterThanOrEqual(150);
  });

  test.for(repositories)('of every folder of $name', async ({ files }) => {
    const folders = [...files.keys()].filter((path) => path.endsWith('/kustomization.yaml')).map(dirname);
    const disk = write(files);
    await inTwos(folders, async (folder) => {
      expect(ours({ name: folder, folder, files }), folder).toEqual(await theirs(join(disk, folder)));
    });
  });

  test('of random repositories', async () => {
    const count = { built: 0, refused: 0 };
    const seeds = Array.from({ length: runs }, (_, index) => firstSeed + index);
    await inTwos(seeds, async (seed) => void count[await compare(randomRepository(seed))]++);
    console.log(`seeds ${firstSeed} to ${firstSeed + runs - 1}: ${count.built} built, ${count.refused} refused`);
    expect(count.built).toBeGreaterThan(runs / 4);
  });
});
