import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedPaths, madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

/** Somebody made the Kustomization of an app by hand that `add` makes too, in a file of another name. */
async function withOwnKustomization() {
  const repository = await madeRepository();
  const { write, read, edit } = repository;
  const list = 'apps/overlays/production/kustomization.yaml';
  edit(list, '  - web.yaml', '  - web.yaml\n  - mine.yaml');
  write('apps/overlays/production/mine.yaml', read('apps/overlays/production/web.yaml').replaceAll('web', 'shop'));
  return repository;
}

test('A plan that brings an error is refused, and nothing is written', async () => {
  const repository = await withOwnKustomization();
  repository.edit('apps/overlays/production/mine.yaml', 'path: ./apps/overlays/production/shop', 'path: ./apps');
  const before = repository.files();
  const { code, out } = await repository.run('add', 'app', 'shop', '--yes', '--json');

  expect(code).toBe(1);
  expect(outputDocument(out)).toMatchObject({
    ok: false,
    error: { code: 'plan-introduces-errors' },
    problems: [expect.objectContaining({ rule: 'kustomize/object-twice' })],
  });
  expect(changedPaths(before, repository.files())).toEqual([]);
});

test('What would have two owners, because the list of its folder was deleted, is refused', async () => {
  const repository = await madeRepository(['--component', 'none', '--cluster', 'production']);
  rmSync(join(repository.root, 'infrastructure/overlays/production/kustomization.yaml'));
  const { code, out } = await repository.run('add', 'component', 'cert-manager', '--yes', '--json');

  expect(code).toBe(1);
  const problems = [expect.objectContaining({ rule: 'graph/two-owners' })];
  expect(outputDocument(out)).toMatchObject({ problems: expect.arrayContaining(problems) });
});

test('What somebody made by hand elsewhere is not made a second time', async () => {
  const repository = await madeRepository();
  repository.edit('apps/base/web/kustomization.yaml', 'resources:', 'resources:\n  - redis.yaml');
  repository.write('apps/base/web/redis.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: redis\n');
  const { code, err } = await repository.run('add', 'app', 'redis', '--yes');

  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('Namespace redis') });
});

test.each([
  [
    'another name than the app',
    ['app', 'cache', '--namespace', 'redis'],
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: redis\n',
  ],
  [
    'quotes, and no line break at its end',
    ['app', 'redis'],
    'apiVersion: v1\nkind: Namespace\nmetadata: {"name": "redis"}',
  ],
  ['line breaks of Windows', ['app', 'redis'], 'apiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: redis\r\n'],
  [
    'the namespace of a component',
    ['component', 'external-secrets'],
    'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: external-secrets\n',
  ],
])('Nor with %s', async (_, words, text) => {
  const repository = await madeRepository();
  repository.edit('apps/base/web/kustomization.yaml', 'resources:', 'resources:\n  - mine.yaml');
  repository.write('apps/base/web/mine.yaml', text);
  const { code, err } = await repository.run('add', ...words, '--yes');

  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('Namespace') });
});

test('An error that is there already is named and does not stand in the way', async () => {
  const repository = await madeRepository();
  repository.edit('clusters/production/apps.yaml', '- name: infrastructure', '- name: infra');
  const { code, out } = await repository.run('add', 'app', 'shop', '--yes');

  expect(code).toBe(0);
  expect(out).toContain('The repository had 1 error before, which stays:');
});

test('Nor does one more of a cause that is there already', async () => {
  const repository = await madeRepository();
  repository.edit('clusters/staging/cluster-vars.yaml', 'name: cluster-vars', 'name: cluster-variables');
  const { code, err, out } = await repository.run('add', 'app', 'shop', '--yes');

  expect(code, err).toBe(0);
  expect(out).toMatch(/The repository had \d+ errors before, which stay:/);
});

test('Adding to a repository that is right says nothing of checks', async () => {
  const repository = await madeRepository();
  const { code, out } = await repository.run('add', 'app', 'shop', '--yes');

  expect(code).toBe(0);
  expect(out).not.toMatch(/error/);
  expect(await repository.run('check', '--strict')).toMatchObject({ code: 0 });
});

test('A cluster whose folder another one names is not removed', async () => {
  const repository = await madeRepository(['--layout', 'fleet', '--component', 'none', '--app', 'web']);
  expect((await repository.run('add', 'cluster', 'eu', '--environment', 'production', '--yes', '--commit')).code).toBe(
    0,
  );
  const list = 'clusters/staging/flux-system/kustomization.yaml';
  repository.edit(list, '  - gotk-sync.yaml\n', '  - gotk-sync.yaml\n  - ../../eu/cluster-config.yaml\n');
  const before = repository.files();
  const words = ['remove', 'cluster', 'eu', '--confirm', 'eu', '--yes'];
  const { code, err } = await repository.run(...words);
  expect(code).toBe(1);
  expect(err).toContain('clusters/eu/cluster-config.yaml does not exist');
  expect(repository.files()).toEqual(before);
  repository.edit(list, '  - ../../eu/cluster-config.yaml\n', '');
  expect((await repository.run(...words)).code).toBe(0);
});
