import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { decryptFile } from '../../../src/secrets/format/decrypt-file.ts';
import {
  keysFolderOf,
  recipientsOf,
  repositoryWithSecrets,
  secretValue,
} from '../../support/repository-with-secrets.ts';

const production = 'apps/overlays/production/web/db.sops.yaml';

test('who can read is listed with names and numbers of files, without any key', async () => {
  const repository = await repositoryWithSecrets();
  rmSync(keysFolderOf(repository), { recursive: true });
  const { code, out } = await repository.run('secrets', 'recipients', 'list');
  console.log(out);
  expect(code).toBe(0);
  expect(out).toMatch(/There are 2 encrypted files/);
  expect(out).toMatch(/^recovery +2 {2}age1/m);
  expect(out).toMatch(/^cluster production +1 {2}age1/m);
});

test('a colleague who is added can open every file', async () => {
  const repository = await repositoryWithSecrets();
  const { identity, recipient } = await generateAgeKey();
  const { code, out, err } = await repository.run(
    'secrets',
    'recipients',
    'add',
    'ada',
    recipient,
    '--yes',
    '--commit',
  );
  console.log(out, err);
  expect(code).toBe(0);
  expect(repository.read('flux-repo.yaml')).toContain(`ada: ${recipient}`);
  expect(repository.read('.sops.yaml')).toContain(`${recipient} # ada`);
  const { values } = await decryptFile({ text: repository.read(production), file: production }, [identity]);
  expect(values.map(({ value }) => value.reveal())).toEqual([secretValue]);
  expect(repository.git('status', '--porcelain')).toBe('');
});

test('who is removed opens nothing any more, and the rest still does', async () => {
  const repository = await repositoryWithSecrets();
  const { identity, recipient } = await generateAgeKey();
  await repository.run('secrets', 'recipients', 'add', 'ada', recipient, '--yes', '--commit');
  const before = repository.read(production);
  const refused = await repository.run('secrets', 'recipients', 'remove', 'ada', '--yes');
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('--confirm ada --yes') });
  const { code, out, err } = await repository.run(
    'secrets',
    'recipients',
    'remove',
    'ada',
    '--confirm',
    'ada',
    '--yes',
  );
  console.log(out, err);
  expect(code).toBe(0);
  expect(repository.read('flux-repo.yaml')).not.toContain(recipient);
  expect(recipientsOf(repository, production)).not.toContain(recipient);
  const password = (text: string) => /password: (.*)/.exec(text)?.[1];
  expect(password(repository.read(production))).not.toBe(password(before));
  await expect(decryptFile({ text: repository.read(production), file: production }, [identity])).rejects.toMatchObject({
    code: 'sops-wrong-identity',
  });
  expect(join('a', 'b')).toBe('a/b');
});
