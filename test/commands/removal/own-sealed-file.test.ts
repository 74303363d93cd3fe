import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { recipientsOf, repositoryWithSecrets, secretValue } from '../../support/repository-with-secrets.ts';
import { removePhase } from './steps.ts';

const mine = 'apps/overlays/production/web/mine.sops.yaml';
const moved = 'apps/overlays/staging/web/mine.sops.yaml';

test('An encrypted file of a person is left without a rule by no removal: it is to be moved first', async () => {
  const made = await repositoryWithSecrets();
  made.write(mine, made.read('apps/overlays/production/web/db.sops.yaml').replace('name: db', 'name: mine'));
  made.git('add', '--all');
  made.git('commit', '--quiet', '--message=Mine');
  const before = made.files();
  const { code, err } = await made.run('remove', 'cluster', 'production', '--confirm', 'production', '--yes');
  expect(code).toBe(1);
  expect(err).toContain(`${mine}:1:1 no rule in .sops.yaml is for this file`);
  expect(err).toContain(`git mv -- ${mine} FOLDER/`);
  expect(made.files()).toEqual(before);
  mkdirSync(dirname(join(made.root, moved)), { recursive: true });
  made.git('mv', '--', mine, moved);
  expect((await made.run('secrets', 'recipients', 'update', '--yes')).code).toBe(0);
  made.git('commit', '--quiet', '--all', '--message=Move');
  await removePhase(made, 'cluster', 'production');
  expect(recipientsOf(made, moved)).not.toEqual([]);
  expect((await made.run('secrets', 'show', moved, 'password', '--force')).out).toContain(secretValue);
});
