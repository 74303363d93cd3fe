import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import type { Draft, Model } from '../../src/model/model.ts';
import { readModel } from '../../src/model/read-model.ts';
import { modelText } from '../../src/model/write-model.ts';
import { completeModel } from '../support/complete-model.ts';
import { hostileText, hostileTexts } from '../support/hostile-text.ts';
import { danglingFiles, danglingReferences, orphans, ownedTwice } from '../support/reference-checks.ts';
import { type RepositoryTree, repositoryTree } from '../support/repository-tree.ts';
import { invalidObjects } from '../support/schema-checks.ts';
import { ambiguousYaml, untidyText } from '../support/text-checks.ts';
import { type TextField, textFields } from '../support/text-fields.ts';
import { brokenProse, hiddenCharacters, structureOf, valuesIn } from '../support/tree-structure.ts';

/** The repository with the text in the field; undefined when the model refuses it, as it may. */
function attempt(field: TextField, text: string): { model: Model; tree: RepositoryTree } | undefined {
  let model: Model;
  try {
    model = completeModel(field.put(structuredClone(draft), text));
  } catch (error) {
    if (error instanceof ExpectedError && error.exitCode === 2) return undefined;
    throw error;
  }
  return { model, tree: repositoryTree(model) };
}

const draft: Draft = {
  repository: { provider: 'gitlab', owner: 'acme' },
  clusters: { production: { environment: 'production' } },
  environments: { production: {} },
  components: {
    'cert-manager': {},
    'gateway-api': {},
    'envoy-gateway': {},
    logs: { chart: { url: 'oci://example.com/logs', version: '1.x' } },
    metrics: { chart: { url: 'https://example.com', name: 'metrics', version: '1.x' } },
  },
  apps: {
    web: { image: 'nginx:1.27' },
    shop: { chart: { url: 'oci://example.com/shop', version: '1.x' } },
  },
};

test.for(textFields)('no text in $name changes what is generated around it', (field) => {
  const harmless = attempt(field, field.harmless);
  if (harmless === undefined) throw new Error(`${field.name} refuses ${field.harmless}`);
  const files = (tree: RepositoryTree) => new Map([...tree].filter(([path]) => !path.startsWith('.flux-repo/lock/')));
  const plain = files(harmless.tree);
  const judge = (text: string) => {
    const found = attempt(field, text);
    if (found === undefined) return;
    const differing = new Map([...files(found.tree)].filter(([path, contents]) => plain.get(path) !== contents));
    expect([...found.tree.keys()].length).toBe([...harmless.tree.keys()].length);
    for (const [path, contents] of differing) {
      expect(structureOf(contents, path, text), path).toEqual(structureOf(plain.get(path) ?? '', path, field.harmless));
      expect(hiddenCharacters(contents), path).toEqual([]);
    }
    expect(brokenProse(found.tree, harmless.tree)).toEqual([]);
    for (const version of ['1.1', '1.2'] as const)
      if (field.file !== undefined)
        expect(valuesIn(found.tree.get(field.file) ?? '', version)).toContain(field.arrives?.(text) ?? text);
    expect(readModel({ text: modelText(found.model), file: 'flux-repo.yaml' })).toEqual(found.model);
  };
  const dressed = fc.oneof(hostileText, hostileText.map(field.dress));
  for (const text of hostileTexts.flatMap((hostile) => [hostile, field.dress(hostile)])) judge(text);
  fc.assert(fc.property(dressed, judge), { numRuns: 25, seed: 7 });
});

test('most fields take some hostile text, so that there is something to judge', () => {
  const taking = textFields.filter((field) =>
    hostileTexts.some((text) => attempt(field, field.dress(text)) !== undefined),
  );
  expect(taking.length).toBeGreaterThan(textFields.length / 2);
});

test('names that mean something in YAML stay names', () => {
  const names = ['true', 'null', 'on', 'y', '1', '012', '1e3', '0x1f', '2001-01-01', 'constructor2', 'a--b', 'end'];
  const clusters = Object.fromEntries(names.map((name) => [name, { environment: name }]));
  const apps = Object.fromEntries(names.map((name) => [`a${name}`, { image: 'nginx', namespace: name }]));
  const components = Object.fromEntries(
    names.map((name) => [`0${name}`, { chart: { url: 'oci://example.com/x', version: '1' }, namespace: `${name}-0` }]),
  );
  const tree = repositoryTree(completeModel({ clusters, apps, components, secrets: { strategy: 'none' } }));
  const checks = [untidyText, ambiguousYaml, invalidObjects, danglingFiles, orphans, ownedTwice, danglingReferences];
  for (const check of checks) expect(check(tree)).toEqual([]);
});
