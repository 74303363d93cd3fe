import { describe, expect, test } from 'vitest';
import { distinctObjects } from '../../src/check/checked-repository.ts';
import { configMap, kustomization, readFiles } from '../support/checked.ts';

const root = (name: string) => kustomization('flux-system', `./clusters/${name}`);

describe('Clusters are found', () => {
  test.each([
    [
      'by gotk-sync.yaml',
      { 'live/prod/flux-system/gotk-sync.yaml': kustomization('flux-system', './live/prod') },
      ['live/prod'],
    ],
    [
      'in clusters/',
      { 'clusters/a/x.yaml': configMap('a', 'x: y'), 'clusters/b/x.yaml': configMap('b', 'x: y') },
      ['clusters/a', 'clusters/b'],
    ],
    [
      'by Kustomizations that no other one comes to',
      { 'hub/web.yaml': kustomization('web', './web'), 'web/sub.yaml': kustomization('sub', './sub') },
      ['hub'],
    ],
    ['nowhere', { 'a.yaml': 'a: 1\n' }, []],
  ])('%s', async (_, files, folders) => {
    const { clusters } = await readFiles(files);

    expect(clusters.map(({ folder }) => folder)).toEqual(folders);
  });
});

describe('A cluster', () => {
  const files = {
    'clusters/a/flux-system/gotk-sync.yaml': root('a'),
    'clusters/a/vars.yaml': configMap('vars', 'where: apps\nname: one'),
    'clusters/a/apps.yaml': kustomization('apps', './${where}', '  postBuild:\n    substitute:\n      x: y\n'),
    'clusters/b/vars.yaml': configMap('vars', 'where: apps\nname: two'),
    'clusters/b/apps.yaml': kustomization(
      'apps',
      './apps',
      '  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: vars\n',
    ),
    'apps/kustomization.yaml': 'resources: [all.yaml, sub.yaml]\n',
    'apps/all.yaml': `${configMap('same', 'a: b')}---\n${configMap('other', 'a: ${name:=none}')}`,
    'apps/sub.yaml': kustomization('sub', './sub', '  kubeConfig:\n    secretRef:\n      name: far\n'),
    'sub/far.yaml': configMap('far', 'a: b'),
  };

  test('is followed to any depth, and other clusters are left out', async () => {
    const [a, b] = (await readFiles(files)).clusters;

    expect(a?.kustomizations.map(({ id, path }) => [id, path])).toEqual([
      ['flux-system/flux-system', 'clusters/a'],
      ['flux-system/apps', undefined],
    ]);
    expect(b?.kustomizations.map(({ id, path, isRemote }) => [id, path, isRemote])).toEqual([
      ['flux-system/flux-system', 'clusters/b', false],
      ['flux-system/apps', 'apps', false],
      ['flux-system/sub', 'sub', true],
    ]);
    expect(b?.find('ConfigMap', 'flux-system', 'far')).toBeUndefined();
    expect(b?.kustomization('flux-system/sub')?.objects.map(({ id }) => id)).toEqual(['ConfigMap/flux-system/far']);
    expect(b?.kustomizations[0]?.object).toBeUndefined();
  });

  test('gets its variables from a ConfigMap that it applies itself', async () => {
    const [, b] = (await readFiles(files)).clusters;

    expect(b?.find('ConfigMap', 'flux-system', 'other')?.value.data).toEqual({ a: 'two' });
  });

  test('shares what is the same on others', async () => {
    const repository = await readFiles({
      ...files,
      'clusters/c/vars.yaml': configMap('vars', 'where: apps\nname: two'),
      'clusters/c/apps.yaml': files['clusters/b/apps.yaml'],
    });
    const [, b, c] = repository.clusters;
    const other = (cluster: typeof b) => cluster?.find('ConfigMap', 'flux-system', 'other')?.value;

    expect(other(b)).toBe(other(c));
    expect(distinctObjects(repository).filter(({ name }) => name === 'same')).toHaveLength(1);
  });

  test('names the place of a value: the patch that has it, else where the object was born', async () => {
    const { clusters } = await readFiles({
      'clusters/a/kustomization.yaml': 'resources: [vars.yaml]\npatches:\n  - path: patch.yaml\n',
      'clusters/a/vars.yaml': configMap('vars', 'a: 1x\nb: 2x'),
      'clusters/a/patch.yaml': `# a comment\n${configMap('vars', 'b: 3x')}`,
    });
    const vars = clusters[0]?.find('ConfigMap', 'flux-system', 'vars');

    expect(vars?.value.data).toEqual({ a: '1x', b: '3x' });
    expect(vars?.placeOf(['data', 'b'])).toEqual({ file: 'clusters/a/patch.yaml', line: 8, column: 3 });
    expect(vars?.placeOf(['data', 'a'])).toEqual({ file: 'clusters/a/vars.yaml', line: 7, column: 3 });
    expect(vars?.placeOf(['data', 'none'])).toEqual({ file: 'clusters/a/vars.yaml', line: 6, column: 1 });
  });

  test('does not get what .sourceignore leaves out', async () => {
    const { clusters, built, isSent } = await readFiles({
      '.sourceignore': 'hidden.yaml\n',
      'clusters/a/hidden.yaml': configMap('hidden', 'a: b'),
      'clusters/a/plain.yaml': configMap('plain', 'a: b'),
    });

    expect(clusters[0]?.objects.map(({ name }) => name)).toEqual(['plain']);
    expect(isSent('clusters/a/hidden.yaml')).toBe(false);
    expect([...built]).toEqual(['clusters/a/plain.yaml']);
  });
});
