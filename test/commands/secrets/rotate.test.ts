import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeKubectl } from '../../support/fake-kubectl.ts';
import {
  identityIn,
  keysFolderOf,
  recipientsOf,
  repositoryWithSecrets,
} from '../../support/repository-with-secrets.ts';
import { runMain } from '../../support/run-main.ts';

const production = 'apps/overlays/production/web/db.sops.yaml';

test('a key is rotated in stages, and no stage can be skipped', async () => {
  const repository = await repositoryWithSecrets();
  const kubectl = fakeKubectl(repository.system, { prod: { name: 'production' } });
  const run = async (...words: string[]) => {
    const result = await runMain(kubectl.system, words);
    console.log(words.join(' '), '=>', result.code, '\n', result.out, '\nERR', result.err);
    return result;
  };
  const folder = keysFolderOf(repository);
  const [first] = recipientsOf(repository, production);
  expect((await run('secrets', 'push-key', 'production', '--context', 'prod')).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod'))).toEqual(['cluster-production.agekey']);

  expect((await run('secrets', 'rotate', '--cluster', 'production', '--yes', '--commit')).code).toBe(0);
  const [old, , added] = recipientsOf(repository, production);
  expect(old).toBe(first);
  expect(existsSync(join(folder, 'cluster-production.next.agekey'))).toBe(true);

  await run('secrets', 'rotate', '--status');
  expect((await run('secrets', 'rotate', '--cluster', 'production', '--yes')).code).toBe(3);
  expect((await run('secrets', 'rotate', '--cluster', 'production', '--yes', '--context', 'prod')).code).toBe(3);
  expect((await run('secrets', 'push-key', 'production', '--context', 'prod')).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod'))).toEqual(['cluster-production.agekey', 'cluster-production.next.agekey']);
  const ended = await run('secrets', 'rotate', '--cluster', 'production', '--yes', '--context', 'prod', '--commit');
  expect(ended.code).toBe(0);
  expect(recipientsOf(repository, production)).not.toContain(old);
  expect(recipientsOf(repository, production)).toContain(added);
  console.log(readdirSync(folder));
  expect((await run('secrets', 'push-key', 'production', '--context', 'prod', '--prune')).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod'))).toEqual(['cluster-production.agekey']);
  expect(kubectl.entries('prod')['cluster-production.agekey']).toContain(added);
  kubectl.expectUnseen(readdirSync(folder).map((name) => identityIn(join(folder, name))));
  expect((await run('secrets', 'rotate', '--cluster', 'production', '--yes')).code).toBe(3);
  await run('secrets', 'rotate', '--status');
  await run('secrets', 'recipients', 'list');
});
