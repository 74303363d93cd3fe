import { expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';

const file = 'infrastructure/overlays/production/cert-manager.yaml';
const clusters = ['eu:production', 'us:production', 'ap:production'].flatMap((cluster) => ['--cluster', cluster]);

test('A circle of many clusters is told once, in the file that somebody edited', async () => {
  const repository = await madeRepository(['--layout', 'fleet', '--app', 'web', ...clusters]);
  repository.edit(file, '- name: gateway-api', '- name: web');
  const { problems } = outputDocument((await repository.run('check', '--json')).out);

  expect(problems.filter(({ severity }) => severity === 'error')).toMatchObject([
    {
      rule: 'graph/cycle',
      file,
      line: 8,
      message: 'Kustomizations wait for each other: cert-manager -> web -> apps -> infrastructure -> cert-manager',
    },
  ]);
});
