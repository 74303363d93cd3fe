import { describe, expect, test } from 'vitest';
import { buildFluxKustomization } from '../../src/kustomize/flux/build-flux-kustomization.ts';
import type { JsonObject } from '../../src/yaml/json-value.ts';
import { memoryTree } from './cases.ts';

const owner = { file: 'clusters/production/apps.yaml', document: 0, line: 1 };

function configMap(name: string, data = '{k: v}'): string {
  return `{apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, data: ${data}}\n`;
}

const files = new Map([
  ['plain/a.yaml', configMap('a')],
  ['plain/sub/b.yml', configMap('b')],
  ['plain/README.md', 'hello\n'],
  ['plain/kz/kustomization.yaml', 'namePrefix: kz-\nresources: [c.yaml]\n'],
  ['plain/kz/c.yaml', configMap('c')],
  ['plain/kz/left-out.yaml', configMap('d')],
  ['comp/kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnameSuffix: -comp\n'],
  [
    'own/kustomization.yaml',
    'resources: [../plain/a.yaml]\nunknown: field\nimages: [{name: x, newTag: v1, newName: y1}]\n',
  ],
  ['empty/kustomization.yaml', 'configMapGenerator: [{name: g, options: {disableNameSuffixHash: true}}]\n'],
  ['broken/a.yaml', 'hello: world\n'],
  [
    owner.file,
    'kind: Kustomization\nspec:\n  path: ./x\n  patches:\n    - patch: "- {op: remove, path: /none}"\n      target: {kind: ConfigMap}\n',
  ],
]);

function build(spec: JsonObject) {
  const { objects, problems } = buildFluxKustomization(memoryTree(files), spec, owner);
  return { objects: objects.map(({ value }) => value), problems };
}

describe('what a Flux Kustomization applies', () => {
  // Compared by hand with `flux build kustomization --dry-run` of Flux 2.9.4.
  test('of a cluster that is only planned is told, though the file that asks for it is not there', () => {
    const nowhere = { file: 'clusters/new/flux-system/gotk-sync.yaml', document: 0, line: 1 };
    const { problems } = buildFluxKustomization(memoryTree(files), { path: './clusters/new' }, nowhere);
    expect(problems).toMatchObject([{ rule: 'kustomize/missing-path', file: nowhere.file, line: 1 }]);
  });

  test('is every manifest below a folder without kustomization, changed as its spec says', () => {
    const { objects, problems } = build({
      path: './plain',
      targetNamespace: 'tn',
      namePrefix: 'fp-',
      commonMetadata: { labels: { cm: '1' }, annotations: { an: '2' } },
      components: ['../comp', '../nope'],
      ignoreMissingComponents: true,
      patches: [{ target: { kind: 'ConfigMap', name: 'a' }, patch: '- {op: add, path: /data/z, value: q}\n' }],
    });
    expect(problems).toEqual([]);
    expect(objects).toEqual(
      [
        ['fp-a-comp', { k: 'v', z: 'q' }],
        ['fp-kz-c-comp', { k: 'v' }],
        ['fp-b-comp', { k: 'v' }],
      ].map(([name, data]) => ({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, namespace: 'tn', labels: { cm: '1' }, annotations: { an: '2' } },
        data,
      })),
    );
  });

  test('may be files outside its folder, and the file may hold fields that kustomize does not know', () => {
    const { objects, problems } = build({ path: './own' });
    expect([objects.length, problems]).toEqual([1, []]);
  });

  test('has notes of its origin when the kustomization lists no resources', () => {
    const [object] = build({ path: 'empty' }).objects;
    expect(object?.metadata).toMatchObject({
      name: 'g',
      annotations: { 'config.kubernetes.io/origin': expect.stringContaining('ConfigMapGenerator') },
    });
  });

  test('is what the kustomization of its folder lists, and no file beside it', () => {
    expect(build({ path: './plain/kz' }).objects.map(({ metadata }) => metadata)).toEqual([{ name: 'kz-c' }]);
  });
});

describe('what makes a Flux Kustomization fail is a problem', () => {
  test('a path that is not there, at its line', () => {
    expect(build({ path: './x' }).problems).toMatchObject([
      { rule: 'kustomize/missing-path', file: owner.file, line: 3 },
    ]);
  });

  test('a YAML file that holds no object', () => {
    expect(build({ path: './broken' }).problems).toMatchObject([{ rule: 'kustomize/no-kind', file: 'broken/a.yaml' }]);
  });

  test('its own patch, at its line', () => {
    const patches = [{ patch: '- {op: remove, path: /none}', target: { kind: 'ConfigMap' } }];
    expect(build({ path: './own', patches }).problems).toMatchObject([
      { rule: 'kustomize/json-patch', file: owner.file, line: 5 },
    ]);
  });

  test('a missing component', () => {
    expect(build({ path: './own', components: ['../nope'] }).problems).toMatchObject([
      { rule: 'kustomize/missing-file', file: owner.file },
    ]);
  });
});
