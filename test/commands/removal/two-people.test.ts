import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { readModel } from '../../../src/model/read-model.ts';
import { changedPaths, type MadeRepository, madeRepository } from '../../support/made-repository.ts';

const start = ['--app', 'web', '--app', 'api,image=api:1.0', '--component', 'none', '--team', 'shop'];
const vouched = ['production', 'staging'].flatMap((cluster) => ['--confirm', cluster]);
const chart = ['--chart', 'oci://ghcr.io/acme/charts/metrics', '--chart-version', '1.x'];

type Work = readonly (readonly string[])[];

const removals: Record<string, Work> = {
  'remove app': [['remove', 'app', 'web']],
  'begin to remove team': [['remove', 'team', 'shop', '--confirm', 'shop']],
  'remove team wholly': [
    ['remove', 'team', 'shop', '--confirm', 'shop'],
    ['remove', 'team', 'shop', '--confirm', 'shop', ...vouched],
  ],
  'remove cluster': [['remove', 'cluster', 'staging', '--confirm', 'staging']],
};

const others: Record<string, Work> = {
  'add component': [['add', 'component', 'metrics', ...chart]],
  'remove another app': [['remove', 'app', 'api']],
};

const pairs = Object.entries(removals).flatMap(([one, ours]) =>
  Object.entries(others).map(([other, theirs]) => [one, other, ours, theirs] as const),
);

const modelOf = ({ read }: MadeRepository) => readModel({ text: read('flux-repo.yaml'), file: 'flux-repo.yaml' });

async function work(made: MadeRepository, commands: Work): Promise<void> {
  for (const words of commands) {
    const { code, err } = await made.run(...words, '--yes', '--commit');
    expect(code, err).toBe(0);
  }
}

test.each(pairs)('%s, and on another branch %s: merged and resolved it is as if one had done both', async (...pair) => {
  const [, , ours, theirs] = pair;
  const together = await madeRepository(start);
  await work(together, [...ours, ...theirs]);

  const merged = await madeRepository(start);
  merged.git('switch', '--quiet', '--create', 'other');
  await work(merged, theirs);
  merged.git('switch', '--quiet', 'main');
  await work(merged, ours);
  spawnSync('git', ['merge', '--quiet', '--no-edit', 'other'], { cwd: merged.root, env: merged.system.env });
  const { code, err } = await merged.run('resolve', '--yes');
  expect(code, err).toBe(0);
  const isOurs = (path: string) => !path.startsWith('.flux-repo/') && path !== 'flux-repo.yaml';
  expect(changedPaths(together.files(), merged.files()).filter(isOurs)).toEqual([]);
  expect(modelOf(merged)).toEqual(modelOf(together));
  expect(await merged.run('apply')).toMatchObject({ err: '', out: expect.stringContaining('Nothing to do') });
});
