import { execFile, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDraft } from '../../src/model/read-model.ts';
import { unbuildableText } from '../../src/model/unbuildable-text.ts';
import { encryptFile } from '../../src/secrets/format/encrypt-file.ts';
import { clusterObjects, clustersIn } from '../support/cluster-objects.ts';
import { completeModel } from '../support/complete-model.ts';
import { hostileTexts } from '../support/hostile-text.ts';
import { at, identityOf, isFluxKustomization, type Manifest, manifestsIn, textAt } from '../support/manifest.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { type RepositoryTree, repositoryTree } from '../support/repository-tree.ts';
import { invalidManifests } from '../support/schema-checks.ts';
import { kustomizeProgram } from './kustomize-program.ts';

const run = promisify(execFile);
const kustomize = kustomizeProgram();
if ('missing' in kustomize) console.warn(`SKIPPED builds by kustomize: ${kustomize.missing}`);
const program = 'path' in kustomize ? kustomize.path : '';
const kubectl = 'kubectl';
const hasKubectl = spawnSync(kubectl, ['kustomize', '--help']).status === 0;
if (!hasKubectl) console.warn('SKIPPED builds by kubectl kustomize: kubectl is not in PATH');

const golden = readdirSync('test/golden').map((name) => {
  const text = readFileSync(`test/golden/${name}/input.yaml`, 'utf8');
  return { name, tree: repositoryTree(completeModel(readDraft({ text, file: 'input.yaml' }), name)) };
});
const repositories = [
  ...golden,
  ...draftMatrix().map((draft, index) => ({ name: `matrix-${index}`, tree: repositoryTree(completeModel(draft)) })),
];

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-build-')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, tree: RepositoryTree): string {
  for (const [path, contents] of tree) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), contents);
  }
  return join(folder, name);
}

async function build(path: string, command = [program, 'build']): Promise<Manifest[]> {
  const [file = '', ...args] = command;
  const { stdout } = await run(file, [...args, path], { maxBuffer: 1e8 });
  return manifestsIn(new Map([[path, stdout]]), path);
}

/** Folders with a kustomization.yaml. */
function foldersIn(tree: RepositoryTree): string[] {
  return [...tree.keys()].filter((path) => path.endsWith('/kustomization.yaml')).map(dirname);
}

/** Two at a time: the builds are other processes. */
async function inTwos<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const next = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all([next(), next()]);
}

describe.skipIf(program === '')('kustomize', () => {
  test.for(repositories)('builds every folder of $name, and everything in it is valid', async ({ name, tree }) => {
    const root = write(name, tree);
    const built = new Map<string, Manifest[]>();
    await inTwos(foldersIn(tree), async (path) => void built.set(path, await build(join(root, path))));
    expect([...built.values()].flatMap(invalidManifests)).toEqual([]);
    for (const cluster of clustersIn(tree)) {
      const { objects } = clusterObjects(tree, cluster);
      const owned = (owner: string) =>
        objects
          .filter((object) => object.owner === owner)
          .map(identityOf)
          .sort();
      const root = await buildLikeFlux(name, `clusters/${cluster}`);
      expect(root.map(identityOf).sort()).toEqual(owned('flux-system'));
      for (const object of objects.filter(isFluxKustomization)) {
        const path = textAt(object.value, 'spec', 'path').slice('./'.length);
        if (!built.has(path)) continue;
        expect(built.get(path)?.map(identityOf).sort()).toEqual(owned(textAt(object.value, 'metadata', 'name')));
      }
    }
  });

  /** Flux writes a kustomization.yaml where there is none; `kustomize create` finds the same files. */
  async function buildLikeFlux(name: string, path: string): Promise<Manifest[]> {
    const copy = join(folder, `${name}-root`);
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(folder, name, path), copy, { recursive: true });
    await run(program, ['create', '--autodetect', '--recursive'], { cwd: copy });
    return build(copy);
  }

  test('brings an encrypted Secret through as it is, with what it is decrypted by', async () => {
    const model = completeModel({
      components: {},
      apps: { web: { image: 'nginx', secrets: { db: { environments: ['production'], keys: ['password'] } } } },
    });
    const path = 'apps/overlays/production/web/db.sops.yaml';
    const tree = new Map(repositoryTree(model));
    const encrypted = await encryptFile(
      { text: tree.get(path) ?? '', file: path },
      {
        recipients: Object.values(model.secrets.recipients ?? {}),
        rule: { kind: 'encrypted_regex', pattern: '^(data|stringData)$' },
        macOnlyEncrypted: true,
        now: new Date(0),
      },
    );
    const root = write('encrypted', tree.set(path, encrypted));
    const built = await build(join(root, 'apps/overlays/production/web'));
    const [written] = manifestsIn(tree, path);
    expect(textAt(written?.value, 'stringData', 'password')).toMatch(/^ENC\[/);
    expect(built.find(({ value }) => value.kind === 'Secret')?.value).toEqual(written?.value);
  });

  test('brings every chart value and every variable through as it was written', async () => {
    const texts = hostileTexts.filter((text) => unbuildableText(text).length === 0 && !text.includes('${'));
    const values = Object.fromEntries(texts.map((text, index) => [`k${index}`, text]));
    const isKey = (text: string) => unbuildableText({ [text]: 1 }).length === 0 && text !== '__proto__';
    const keys = Object.fromEntries(texts.filter(isKey).map((text) => [text, [text]]));
    expect(texts.length).toBeGreaterThan(hostileTexts.length * 0.8);
    const tree = repositoryTree(
      completeModel({
        variables: values,
        components: {},
        apps: {
          shop: {
            chart: { url: 'oci://example.com/x', version: '1.x' },
            values: { texts: values, keys },
            environments: { production: { values: { mine: values } } },
          },
        },
      }),
    );
    const root = write('hostile', tree);
    const built = await build(join(root, 'apps/overlays/production/shop'));
    const release = built.find(({ value }) => value.kind === 'HelmRelease');
    expect(at(release?.value, 'spec', 'values')).toEqual({ texts: values, keys, mine: values });
    const vars = (await buildLikeFlux('hostile', 'clusters/production')).find(
      ({ value }) => value.kind === 'ConfigMap',
    );
    expect(at(vars?.value, 'data')).toEqual({
      cluster_name: 'production',
      cluster_environment: 'production',
      ...values,
    });
  });
});

describe.skipIf(program === '' || !hasKubectl)('kubectl kustomize', () => {
  test.for(golden)('builds $name to the same objects', async ({ name, tree }) => {
    const root = write(`${name}-again`, tree);
    await inTwos(foldersIn(tree), async (path) => {
      const theirs = await build(join(root, path), [kubectl, 'kustomize']);
      expect(theirs, path).toEqual(await build(join(root, path)));
    });
  });
});
