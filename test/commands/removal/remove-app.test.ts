import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { removePhase } from './steps.ts';

const second = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: second
  namespace: redis
spec:
  interval: 1h
  serviceAccountName: flux-reconciler
  chart:
    spec:
      chart: redis
      sourceRef:
        kind: HelmRepository
        name: redis
`;

test('A chart that comes back between its phases gets what was encrypted out of git', async () => {
  const made = await madeRepository(['--component', 'none', '--cluster', 'production']);
  const chart = ['--chart', 'https://charts.example.org/redis', '--chart-version', '1.x'];
  expect((await made.run('add', 'app', 'redis', ...chart, '--yes', '--commit')).code).toBe(0);
  const values = join(made.root, '..', 'values.env');
  writeFileSync(values, 'TOKEN=hunter2\n');
  const secret = ['secrets', 'create', 'auth', '--app', 'redis', '--namespace', 'redis'];
  expect((await made.run(...secret, '--from-env-file', values, '--yes', '--commit')).code).toBe(0);
  const before = made.files();
  const commit = made.git('rev-parse', 'HEAD').trim();
  const { out } = await removePhase(made, 'app', 'redis');
  const path = 'apps/overlays/production/redis/auth.sops.yaml';
  expect(out).toContain(`git restore --source=COMMIT -- ${path}`);
  made.edit('flux-repo.yaml', '    removing:\n      phase: release\n', '');
  made.git('restore', `--source=${commit}`, '--', path);
  const { code, err } = await made.run('apply', '--yes');
  expect(code, err).toBe(0);
  expect(made.files()).toEqual(before);
});

test('What something else needs that people wrote, in a folder far from it, is not removed', async () => {
  const made = await madeRepository(['--component', 'none', '--cluster', 'production', '--app', 'web']);
  const chart = ['--chart', 'https://charts.example.org/redis', '--chart-version', '1.x'];
  expect((await made.run('add', 'app', 'redis', ...chart, '--yes', '--commit')).code).toBe(0);
  made.write('apps/base/web/second.yaml', second);
  made.edit('apps/base/web/kustomization.yaml', 'resources:\n', 'resources:\n  - second.yaml\n');
  expect((await made.run('check')).code).toBe(0);
  const before = made.files();
  const { code, err } = await made.run('remove', 'app', 'redis', '--yes');
  expect(code).toBe(1);
  expect(err).toContain('reference/source');
  expect(made.files()).toEqual(before);
});
