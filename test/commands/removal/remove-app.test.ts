import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { removePhase } from './steps.ts';

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
