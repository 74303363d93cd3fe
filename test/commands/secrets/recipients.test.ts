import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openRepository } from '../../../src/commands/open-repository.ts';
import { planReaders } from '../../../src/commands/secrets/propose-readers.ts';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { decryptFile } from '../../../src/secrets/format/decrypt-file.ts';
import { outputDocument } from '../../support/output-schema.ts';
import {
  keysFolderOf,
  recipientsOf,
  repositoryWithSecrets,
  sealDeclared,
  secretValue,
} from '../../support/repository-with-secrets.ts';

const production = 'apps/overlays/production/web/db.sops.yaml';

test('who can read is listed with names and numbers of files, without any key', async () => {
  const repository = await repositoryWithSecrets();
  rmSync(keysFolderOf(repository), { recursive: true });
  const { code, out } = await repository.run('secrets', 'recipients', 'list');
  expect(code).toBe(0);
  expect(out).toMatch(/There are 2 encrypted files/);
  expect(out).toMatch(/^recovery +2 {2}age1/m);
  expect(out).toMatch(/^cluster production +1 {2}age1/m);
});

test('a colleague who is added can open every file', async () => {
  const repository = await repositoryWithSecrets();
  const { identity, recipient } = await generateAgeKey();
  const { code, out } = await repository.run('secrets', 'recipients', 'add', 'ada', recipient, '--yes', '--commit');
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('of every environment') });
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
  const { code, out } = await repository.run('secrets', 'recipients', 'remove', 'ada', '--confirm', 'ada', '--yes');
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('values of 2 files') });
  expect(repository.read('flux-repo.yaml')).not.toContain(recipient);
  expect(recipientsOf(repository, production)).not.toContain(recipient);
  const password = (text: string) => /password: (.*)/.exec(text)?.[1];
  expect(password(repository.read(production))).not.toBe(password(before));
  await expect(decryptFile({ text: repository.read(production), file: production }, [identity])).rejects.toMatchObject({
    code: 'sops-wrong-identity',
  });
});

test('a colleague of another key, name or kind is refused with the reason, and nothing is written', async () => {
  const repository = await repositoryWithSecrets();
  const { identity, recipient } = await generateAgeKey();
  const files = repository.files();
  const add = (...words: string[]) => repository.run('secrets', 'recipients', 'add', ...words, '--yes');
  const secret = await add('ada', identity.reveal());
  expect(secret).toMatchObject({ code: 2, err: expect.stringContaining('that is a private key') });
  expect(secret.err).not.toContain(identity.reveal());
  expect(await add('ada', `${recipient}x`)).toMatchObject({ code: 2, err: expect.stringContaining('not all of it') });
  expect(await add('Ada', recipient)).toMatchObject({ code: 2, err: expect.stringContaining('cannot be a name') });
  expect(await add('recovery', recipient)).toMatchObject({
    code: 2,
    err: expect.stringContaining('another key already'),
  });
  const [cluster = ''] = recipientsOf(repository, production);
  expect(await add('ada', cluster)).toMatchObject({
    code: 2,
    err: expect.stringContaining('the key of cluster production'),
  });
  expect(repository.files()).toEqual(files);
});

test('without a private key it is said who could let somebody in', async () => {
  const repository = await repositoryWithSecrets();
  rmSync(keysFolderOf(repository), { recursive: true });
  const { recipient } = await generateAgeKey();
  const files = repository.files();
  const refused = await repository.run('secrets', 'recipients', 'add', 'ada', recipient, '--yes');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('opened by: cluster production, recovery') });
  expect(repository.files()).toEqual(files);
});

test('a cluster that joined an environment can read its files after an update', async () => {
  const repository = await repositoryWithSecrets();
  repository.edit('flux-repo.yaml', '\nclusters:\n', '\nclusters:\n  eu:\n    environment: production\n');
  expect((await repository.run('apply', '--yes')).code).toBe(0);
  const added = /(age1\w+) # cluster eu/.exec(repository.read('.sops.yaml'))?.[1];
  expect(recipientsOf(repository, production)).not.toContain(added);
  const values = (text: string) => /ENC\[[^\]]*type:str\]/g.exec(text)?.[0];
  const before = values(repository.read(production));
  expect((await repository.run('secrets', 'recipients', 'update', '--yes')).code).toBe(0);
  expect(recipientsOf(repository, production)).toContain(added);
  expect(values(repository.read(production))).toBe(before);
  const again = await repository.run('secrets', 'recipients', 'update', '--yes');
  expect(again).toMatchObject({ code: 0, out: expect.not.stringContaining('updated') });
});

test('a key that was replaced in flux-repo.yaml by hand gets the files by an update, and is committed with it', async () => {
  const repository = await repositoryWithSecrets();
  const mine = /(age1\w+) # cluster production/.exec(repository.read('.sops.yaml'))?.[1] ?? '';
  const { recipient } = await generateAgeKey();
  repository.edit('flux-repo.yaml', mine, recipient);
  const refused = await repository.run('apply', '--yes');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('secrets recipients update') });
  expect(await repository.run('secrets', 'recipients', 'update', '--yes', '--commit')).toMatchObject({ code: 0 });
  expect(recipientsOf(repository, production)).toContain(recipient);
  expect(recipientsOf(repository, production)).not.toContain(mine);
  expect(repository.git('status', '--porcelain')).toBe('');
});

test('the last reader of a file cannot be removed', async () => {
  const repository = await repositoryWithSecrets();
  const { recipient } = await generateAgeKey();
  await repository.run('secrets', 'recipients', 'add', 'ada', recipient, '--yes');
  const own = `  - path_regex: web/db\\.sops\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: ${recipient}\n`;
  const rules = repository.read('.sops.yaml');
  repository.write('.sops.yaml', `creation_rules:\n${own}`);
  await sealDeclared(repository);
  repository.write('.sops.yaml', rules);
  const files = repository.files();
  const refused = await repository.run('secrets', 'recipients', 'remove', 'ada', '--confirm', 'ada', '--yes');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('nobody could read 2 files') });
  expect(repository.files()).toEqual(files);
});

test('removing the recovery key is done with a warning, and a cluster is no person', async () => {
  const repository = await repositoryWithSecrets();
  const remove = (name: string) => repository.run('secrets', 'recipients', 'remove', name, '--confirm', name, '--yes');
  expect(await remove('production')).toMatchObject({
    code: 2,
    err: expect.stringContaining('rotate --cluster production'),
  });
  expect(await remove('recovery')).toMatchObject({ code: 0, out: expect.stringContaining('This is the recovery key') });
});

test('as JSON the list names everybody, and who is in no model', async () => {
  const repository = await repositoryWithSecrets();
  const { recipient } = await generateAgeKey();
  await repository.run('secrets', 'recipients', 'add', 'ada', recipient, '--yes');
  repository.edit('flux-repo.yaml', `    ada: ${recipient}\n`, '');
  const { result } = outputDocument((await repository.run('secrets', 'recipients', 'list', '--json')).out);
  expect(result).toMatchObject({
    files: 2,
    readers: expect.arrayContaining([{ kind: 'unknown', name: expect.any(String), recipient, files: 2 }]),
  });
});

test('edits of flux-repo.yaml that were not applied yet stay out of the commit', async () => {
  const { run, edit, git } = await repositoryWithSecrets();
  edit('flux-repo.yaml', 'image: nginx:1.27', 'image: nginx:1.28');
  const { recipient } = await generateAgeKey();
  expect((await run('secrets', 'recipients', 'add', 'ada', recipient, '--yes', '--commit')).code).toBe(0);
  expect(git('show', 'HEAD:flux-repo.yaml')).toMatch(/image: nginx:1\.27.*ada: age1/s);
  expect(git('diff', '--numstat')).toBe('1\t1\tflux-repo.yaml');
});

test('what comes into a file while it is encrypted anew is not overwritten', async () => {
  const { system, read } = await repositoryWithSecrets();
  const { recipient } = await generateAgeKey();
  const io = { ...system, interactive: false };
  const repository = await openRepository(io, { directory: undefined, readOnly: true });
  const { tree } = repository;
  const seen = new Set<string>();
  const changing = (path: string) => {
    const text = tree.read(path);
    const isAgain = seen.has(path);
    seen.add(path);
    return path === production && isAgain ? `${text}# newer\n` : text;
  };
  const wish = { readers: undefined, newDataKeys: false, sides: { ours: [], theirs: [] }, keysDirectory: undefined };
  const edits = [{ path: ['secrets', 'recipients', 'ada'] as const, value: recipient }];
  const { plan } = await planReaders(io, { ...repository, tree: { ...tree, read: changing } }, { ...wish, edits });
  expect(plan.changes).toContainEqual(expect.objectContaining({ path: production, before: read(production) }));
});
