import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDraft } from '../../src/model/read-model.ts';
import { refusal } from '../mutations/admission-oracle.ts';
import { mutated } from '../mutations/mutation.ts';
import { randomMutation } from '../mutations/random-mutation.ts';
import { checkFiles } from '../support/checked.ts';
import { clusterObjects, clustersIn } from '../support/cluster-objects.ts';
import { completeModel } from '../support/complete-model.ts';
import { identityOf, type Manifest } from '../support/manifest.ts';
import { type RepositoryTree, repositoryTree } from '../support/repository-tree.ts';
import { sealedTree } from '../support/sealed-tree.ts';

/** Those of references and fields: of twenty kinds the first ten. The conformance lane has all, and real builds. */
const seeds = Array.from({ length: 100 }, (_, seed) => seed).filter((seed) => seed % 20 < 10);

/** Objects that a JSON Schema validator refuses as they stand in their files. */
function refused(tree: RepositoryTree): Manifest[] {
  const objects = clustersIn(tree).flatMap((cluster) => clusterObjects(tree, cluster).objects);
  return objects.filter(({ value }) => refusal(value) !== undefined);
}

test.each(['default', 'multi-tenant'])('check finds what a random change of %s makes invalid', async (name) => {
  const text = readFileSync(`test/golden/${name}/input.yaml`, 'utf8');
  const tree = await sealedTree(repositoryTree(completeModel(readDraft({ text, file: 'input.yaml' }), name)));
  const known = new Set(refused(tree).map(identityOf));
  let invalid = 0;
  const missed: string[] = [];
  for (const seed of seeds) {
    const mutation = randomMutation(tree, seed);
    const changed = mutated(tree, mutation);
    if (refused(changed).every((object) => known.has(identityOf(object)))) continue;
    invalid += 1;
    const problems = await checkFiles(changed);
    if (!problems.some(({ severity }) => severity === 'error')) missed.push(`${seed}: ${mutation.what}`);
  }
  expect(missed).toEqual([]);
  expect(invalid).toBeGreaterThan(seeds.length / 10);
});
