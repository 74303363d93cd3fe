import { expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { removePhase } from './steps.ts';

const flags = ['--app', 'web', '--component', 'none', '--cluster', 'production'];
const api = ['add', 'app', 'api', '--image', 'nginx:1.27', '--yes', '--commit'];

test('A removal that is not committed stops the commit of something else, which would have a part of it', async () => {
  const made = await madeRepository(flags);
  expect((await made.run('remove', 'app', 'web', '--yes')).code).toBe(0);
  const before = made.files();
  for (const words of [api, ['remove', 'app', 'web', '--yes', '--commit']]) {
    const { code, err } = await made.run(...words);
    expect(code).toBe(2);
    expect(err).toContain('the removal of app web is not committed yet');
    expect(err).toContain('apply --yes --commit');
    expect(made.files()).toEqual(before);
  }
  expect((await made.run('apply', '--yes', '--commit')).code).toBe(0);
  expect(made.git('status', '--porcelain')).toBe('');
  expect((await made.run(...api)).code).toBe(0);
  expect(made.git('show', '--name-status', '--format=', 'HEAD')).not.toContain('web');
});

test('A phase that is not committed stops the commit of the next one, whatever a person vouches for', async () => {
  const made = await madeRepository(['--layout', 'multi-tenant', '--team', 'shop']);
  const words = ['remove', 'team', 'shop', '--confirm', 'shop', '--yes'];
  expect((await made.run(...words)).code).toBe(0);
  const before = made.files();
  const { code, err } = await made.run(...words, '--confirm', 'production', '--commit');
  expect(code).toBe(2);
  expect(err).toContain('the removal of team shop is not committed yet');
  expect(made.files()).toEqual(before);
  expect((await made.run('apply', '--yes', '--commit')).code).toBe(0);
  await removePhase(made, 'team', 'shop');
  expect(made.git('status', '--porcelain')).toBe('');
});
