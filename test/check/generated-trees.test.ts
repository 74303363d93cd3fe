import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readDraft } from '../../src/model/read-model.ts';
import { checkFiles, readFiles } from '../support/checked.ts';
import { completeModel } from '../support/complete-model.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { repositoryTree } from '../support/repository-tree.ts';
import { sealedTree } from '../support/sealed-tree.ts';

const golden = readdirSync('test/golden').map((name) => {
  const text = readFileSync(`test/golden/${name}/input.yaml`, 'utf8');
  return { name, model: completeModel(readDraft({ text, file: 'input.yaml' }), name) };
});

/** What `proxySecret` and `certSecret` of a notification name, and nothing in these drafts declares: rightly told of. */
function isBroughtByPeople(message: string): boolean {
  return /^Provider github needs Secret (proxy|certificates),/.test(message);
}

describe('A tree that was just generated has nothing to complain about', () => {
  test.each(golden)('$name', async ({ model }) => {
    const tree = await sealedTree(repositoryTree(model));
    const { clusters } = await readFiles(tree);
    const objects = clusters.map(({ objects: own }) => own.length);

    expect(clusters.map(({ name }) => name)).toEqual(Object.keys(model.clusters).sort());
    expect(Math.min(...objects)).toBeGreaterThan(2);
    expect(await checkFiles(tree)).toEqual([]);
  });

  test('every pair of choices', { timeout: 120_000 }, async () => {
    for (const draft of draftMatrix()) {
      const found = await checkFiles(await sealedTree(repositoryTree(completeModel(draft))));
      const problems = found.filter(({ message }) => !isBroughtByPeople(message));
      expect({ draft, problems }).toEqual({ draft, problems: [] });
    }
  });
});

test('A Secret that is declared and not yet created is an error, and no reason to refuse a plan', async () => {
  const model = completeModel({
    clusters: { production: { environment: 'production' } },
    apps: { web: { image: 'nginx:1.27', secrets: { db: { environments: ['production'], keys: ['password'] } } } },
  });
  const tree = new Map(repositoryTree(model));
  tree.delete('apps/overlays/production/web/db.sops.yaml');

  expect(await checkFiles(tree)).toEqual([
    expect.objectContaining({
      rule: 'secrets/not-created',
      severity: 'error',
      isNextStep: true,
      file: 'apps/overlays/production/web/kustomization.yaml',
      object: 'Secret/web/db',
    }),
  ]);
});
