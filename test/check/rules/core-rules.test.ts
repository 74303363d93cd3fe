import { describe, expect, test } from 'vitest';
import { checkFiles, configMap, kustomization, shown } from '../../support/checked.ts';

const good = {
  'flux/a/vars.yaml': configMap('vars', 'name: web'),
  'clusters/a/vars.yaml': configMap('vars', 'name: web'),
  'clusters/a/base.yaml': kustomization('base', './base'),
  'clusters/a/apps.yaml': kustomization(
    'apps',
    './apps',
    '  dependsOn:\n    - name: base\n  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: vars\n',
  ),
  'base/kustomization.yaml': 'resources: [all.yaml]\n',
  'base/all.yaml': configMap('base', 'a: b'),
  'apps/kustomization.yaml': 'resources: [all.yaml]\n',
  'apps/all.yaml': configMap('all', 'a: ${name}\nb: ${zone:=west}'),
};

/** What is told when some files are others; undefined takes one away. */
async function told(changed: Readonly<Record<string, string | undefined>>) {
  const files = Object.entries({ ...good, ...changed }).filter(([, text]) => text !== undefined);
  return shown(await checkFiles(new Map(files.map(([path, text]) => [path, text ?? '']))));
}

test('A good repository has no problems', async () => {
  expect(await told({})).toEqual([]);
});

describe('A bad one has one finding for each mistake:', () => {
  const apps = (from: string, to: string) => ({
    'clusters/a/apps.yaml': good['clusters/a/apps.yaml'].replace(from, to),
  });

  test.each<[mistake: string, changed: Readonly<Record<string, string | undefined>>, finding: string]>([
    [
      'a dependency on nothing',
      apps('name: base', 'name: bose'),
      'error reference/depends-on clusters/a/apps.yaml:14:7',
    ],
    ['a path that is not there', apps('path: ./apps', 'path: ./app'), 'error reference/path clusters/a/apps.yaml:8:3'],
    [
      'a file that is not there',
      { 'apps/all.yaml': undefined },
      'error kustomize/missing-file apps/kustomization.yaml:1',
    ],
    [
      'an object twice',
      { 'apps/all.yaml': `${configMap('all', 'a: b')}---\n${configMap('all', 'a: b')}` },
      'error kustomize/object-twice apps/all.yaml:9',
    ],
    [
      'a file that Flux does not get',
      { '.sourceignore': '/apps/all.yaml\n' },
      'error reference/source-ignore apps/kustomization.yaml:1',
    ],
    [
      'a key twice',
      { 'apps/all.yaml': `${configMap('all', 'a: b')}  a: c\n` },
      'error yaml/duplicate-key apps/all.yaml:8:3',
    ],
    ['a tab', { 'apps/all.yaml': `${configMap('all', 'a: b')}\tb: c\n` }, 'error yaml/tab apps/all.yaml:8:1'],
    [
      'a conflict',
      { 'apps/all.yaml': `<<<<<<< HEAD\n${configMap('all', 'a: b')}` },
      'error yaml/conflict-marker apps/all.yaml:1:1',
    ],
    ['broken YAML', { 'apps/all.yaml': 'a: [b\n' }, 'error yaml/syntax apps/all.yaml:2:1'],
    ['broken YAML that no cluster reads', { 'docs/x.yaml': 'a: [b\n' }, 'warning yaml/syntax docs/x.yaml:2:1'],
    [
      'a variable that is not set',
      { 'apps/all.yaml': configMap('all', 'a: b\nc: ${nome}') },
      'error substitution/undefined-variable apps/all.yaml:8:3',
    ],
    [
      'a brace that is not closed',
      { 'apps/all.yaml': configMap('all', 'a: ${name') },
      'error substitution/syntax apps/all.yaml:7:3',
    ],
    [
      'a variable with a bad name',
      { 'clusters/a/vars.yaml': configMap('vars', 'name: web\nmy-name: x') },
      'error substitution/invalid-name clusters/a/apps.yaml:15:3',
    ],
    [
      'a value that breaks the YAML',
      {
        'apps/all.yaml': configMap('all', 'a: "x: ${name:=\'}"'),
        'clusters/a/vars.yaml': configMap('vars', 'name: "it\'s"'),
      },
      'error substitution/invalid-result apps/all.yaml:1:1',
    ],
    [
      'a patch for nothing',
      { 'apps/kustomization.yaml': 'resources: [all.yaml]\npatches:\n  - target: {name: none}\n    patch: "[]"\n' },
      'warning kustomize/patch-selects-nothing apps/kustomization.yaml:3',
    ],
    [
      'a misspelt field',
      {
        'apps/kustomization.yaml': 'resources: [all.yaml, sub]\n',
        'apps/sub/kustomization.yaml': 'resources: []\nnamespce: x\n',
      },
      'error kustomize/unknown-field apps/sub/kustomization.yaml:2',
    ],
    [
      'a model that cannot be read',
      { 'flux-repo.yaml': 'version: 1\nclustrs: {}\n' },
      'error model/invalid flux-repo.yaml:2:1',
    ],
  ])('%s', async (_, changed, finding) => {
    expect((await told(changed)).filter((each) => !each.includes('model/invalid') || each === finding)).toEqual([
      finding,
    ]);
  });
});
