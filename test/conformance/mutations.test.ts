import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDraft } from '../../src/model/read-model.ts';
import { belowFloor, raiseFloor } from '../mutations/floor.ts';
import { buildSite } from '../mutations/flux-builds.ts';
import { realClusters, verdict } from '../mutations/ground-truth.ts';
import { mutated } from '../mutations/mutation.ts';
import { randomMutation } from '../mutations/random-mutation.ts';
import { type Judged, scoresOf, scoreTable } from '../mutations/scores.ts';
import { checkFiles } from '../support/checked.ts';
import { clustersIn } from '../support/cluster-objects.ts';
import { completeModel } from '../support/complete-model.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { repositoryTree } from '../support/repository-tree.ts';
import { sealedTree } from '../support/sealed-tree.ts';
import { kustomizeProgram } from './kustomize-program.ts';

const kustomize = kustomizeProgram();
if ('missing' in kustomize) console.warn(`SKIPPED mutations judged by kustomize: ${kustomize.missing}`);
const program = 'path' in kustomize ? kustomize.path : '';

/** Of each tree; more for a long hunt. Only the usual run is held to the floor. */
const runs = Number(process.env.MUTATIONS ?? 40);
const firstSeed = Number(process.env.MUTATION_SEED ?? 1);
const isUsual = process.env.MUTATIONS === undefined && process.env.MUTATION_SEED === undefined;

const drafts = [
  ...readdirSync('test/golden').map((name) => ({
    name,
    draft: readDraft({ text: readFileSync(`test/golden/${name}/input.yaml`, 'utf8'), file: 'input.yaml' }),
  })),
  ...draftMatrix()
    .map((draft, index) => ({ name: `matrix-${index}`, draft }))
    .filter((_, index) => index % 8 === 3),
].map((each, index) => ({ ...each, seed: index * 1_000_000 + firstSeed }));

let folder = '';
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-mutations-')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const judged: Judged[] = [];

describe.skipIf(program === '')('check finds what a random change breaks', { timeout: 1_800_000 }, () => {
  test.for(drafts)('in $name', async ({ name, draft, seed }) => {
    const tree = await sealedTree(repositoryTree(completeModel(draft, name)));
    const folders = clustersIn(tree).map((cluster) => `clusters/${cluster}`);
    mkdirSync(join(folder, name));
    const site = buildSite(join(folder, name), program);
    const original = await realClusters(site, tree, folders);
    expect([...original.values()].flatMap(({ broken }) => broken)).toEqual([]);
    for (let next = seed; next < seed + runs; next++) {
      const mutation = randomMutation(tree, next);
      const changed = mutated(tree, mutation);
      const { truth, reasons } = verdict(original, await realClusters(site, changed, folders));
      const errors = (await checkFiles(changed)).filter(({ severity }) => severity === 'error');
      const isFound = errors.length > 0;
      judged.push({ ...mutation, truth, isFound });
      if (truth !== (isFound ? 'harmless' : 'broken')) continue;
      const told = [...reasons, ...errors.map(({ rule, message }) => `${rule}: ${message}`)].slice(0, 3);
      console.log([`${isFound ? 'false alarm' : 'missed'} ${name} ${next}: ${mutation.what}`, ...told].join('\n  '));
    }
  });

  test('as often as it ever did', () => {
    const scores = scoresOf(judged);
    console.log(scoreTable(scores));
    if (!isUsual) return;
    expect(belowFloor(scores)).toEqual([]);
    if (process.env.RAISE_FLOOR !== undefined) raiseFloor(scores);
  });
});
