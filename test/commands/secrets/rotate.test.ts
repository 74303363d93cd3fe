import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeKubectl } from '../../support/fake-kubectl.ts';
import {
  identityIn,
  keysFolderOf,
  recipientsOf,
  repositoryWithSecrets,
  sealDeclared,
} from '../../support/repository-with-secrets.ts';
import { runMain } from '../../support/run-main.ts';

const production = 'apps/overlays/production/web/db.sops.yaml';
const next = 'cluster-production.next.agekey';

async function person(argv: readonly string[] = []) {
  const repository = await repositoryWithSecrets({ argv });
  const kubectl = fakeKubectl(repository.system, {
    prod: { name: 'production', namespace: true },
    us: { namespace: true },
  });
  const run = (...words: string[]) => runMain(kubectl.system, ['secrets', ...words]);
  return {
    repository,
    kubectl,
    run,
    folder: keysFolderOf(repository),
    rotate: (...words: string[]) => run('rotate', '--cluster', 'production', '--yes', ...words),
    pushKey: (...words: string[]) => run('push-key', 'production', '--context', 'prod', ...words),
    readers: () => recipientsOf(repository, production),
  };
}

test('a key is rotated in stages', { timeout: 90_000 }, async () => {
  const { kubectl, rotate, pushKey, readers, folder, repository } = await person();
  const [old] = readers();
  await pushKey();
  const first = await rotate('--commit');
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('secrets push-key production --context') });
  const fresh = readers()[2];
  expect(readers()).toContain(old);
  expect(repository.read('.sops.yaml')).toContain(`${fresh} # cluster production`);
  expect(existsSync(join(folder, next))).toBe(true);
  expect((await pushKey()).code).toBe(0);
  const before = repository.read(production);
  const last = await rotate('--context', 'prod', '--commit');
  expect(last).toMatchObject({ code: 0, out: expect.stringContaining('change the values themselves') });
  expect(readers()).not.toContain(old);
  expect(readers()).toContain(fresh);
  const password = (text: string) => /password: (.*)/.exec(text)?.[1];
  expect(password(repository.read(production))).not.toBe(password(before));
  expect(readdirSync(folder)).toHaveLength(4);
  expect(repository.git('status', '--porcelain')).toBe('');
  await pushKey('--prune');
  expect(Object.keys(kubectl.entries('prod'))).toEqual(['cluster-production.agekey']);
  expect(kubectl.entries('prod')['cluster-production.agekey']).toContain(fresh);
  kubectl.expectUnseen(readdirSync(folder).map((name) => identityIn(join(folder, name))));
});

test('no stage is skipped: it waits for the cluster, and says what is missing', async () => {
  const { rotate, run, repository } = await person();
  await rotate();
  const files = repository.files();
  expect(await rotate()).toMatchObject({ code: 3, err: expect.stringContaining('no --context leads there') });
  const unpushed = await rotate('--context', 'prod');
  expect(unpushed).toMatchObject({ code: 3, err: expect.stringContaining('does not hold the new key yet') });
  expect(unpushed.err).toContain('Stage 1 is not committed');
  expect(repository.files()).toEqual(files);
  const { out } = await run('rotate', '--status');
  expect(out).toMatch(/cluster production +stage 2/);
  expect(out).toMatch(/cluster staging +one key, nothing under way/);
});

test('where no context leads, a person vouches for a cluster, and that is said', async () => {
  const { rotate } = await person();
  await rotate();
  expect(await rotate('--confirm', 'production')).toMatchObject({
    code: 0,
    out: expect.stringContaining('is your word'),
  });
});

test('the last command again does not begin another rotation', async () => {
  const { rotate, readers } = await person();
  await rotate();
  await rotate('--confirm', 'production');
  const left = readers();
  const again = await rotate('--confirm', 'production');
  expect(again).toMatchObject({ code: 3, err: expect.stringContaining('was replaced today already') });
  expect(readers()).toEqual(left);
  expect((await rotate('--again')).code).toBe(0);
  expect(readers()).toHaveLength(3);
});

test('a file that came in between is encrypted for the new key first', async () => {
  const { rotate, readers, repository, pushKey } = await person();
  const text = repository.read(production);
  await rotate();
  await pushKey();
  repository.write(production, text);
  const completed = await rotate('--context', 'prod');
  expect(completed).toMatchObject({ code: 0, out: expect.stringContaining('Stage 1') });
  expect(readers()).toHaveLength(3);
  expect((await rotate('--context', 'prod')).code).toBe(0);
});

test('the old key is not taken from a cluster that still follows a commit without the new one', async () => {
  const { rotate, pushKey, repository, kubectl } = await person();
  const applied = () => kubectl.change('prod', { applied: repository.git('rev-parse', 'HEAD') });
  await pushKey();
  applied();
  await rotate('--commit');
  await pushKey();
  await rotate('--context', 'prod', '--commit');
  const refused = await pushKey('--prune');
  expect(refused).toMatchObject({
    code: 3,
    err: expect.stringContaining('still follows a commit whose files need the old key'),
  });
  expect(Object.keys(kubectl.entries('prod'))).toHaveLength(2);
  applied();
  expect(await pushKey('--prune')).toMatchObject({ code: 0, out: expect.not.stringContaining('Note:') });
  expect(Object.keys(kubectl.entries('prod'))).toEqual(['cluster-production.agekey']);
});

test('a cluster that lost its key gets the new one alone', async () => {
  const { rotate, pushKey, folder, kubectl } = await person();
  rmSync(join(folder, 'cluster-production.agekey'));
  expect((await rotate()).code).toBe(0);
  expect((await pushKey()).code).toBe(0);
  expect(Object.keys(kubectl.entries('prod'))).toEqual([next]);
  expect((await rotate('--context', 'prod')).code).toBe(0);
});

test('it does not go on when a file cannot be read without the old key', async () => {
  const { rotate, repository, pushKey } = await person();
  await rotate();
  await pushKey();
  const config = repository.read('.sops.yaml');
  const staging = /(age1\w+) # cluster staging/.exec(config)?.[1] ?? '';
  repository.write(
    '.sops.yaml',
    `creation_rules:\n  - path_regex: .*\n    encrypted_regex: ^(data|stringData)$\n    age: ${staging}\n`,
  );
  await sealDeclared(repository);
  const refused = await rotate('--context', 'prod');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(production) });
  expect(refused.err).toContain('the rotation does not go on');
});

test('files under a rule of the user that names the old key are told, and block the end', async () => {
  const { rotate, repository, readers } = await person();
  const [old = ''] = readers();
  const own = `  - path_regex: web/db\\.sops\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: ${old}\n`;
  repository.edit('.sops.yaml', 'creation_rules:\n', `creation_rules:\n${own}`);
  const begun = await rotate();
  expect(begun).toMatchObject({
    code: 0,
    out: expect.stringContaining('no rule in .sops.yaml names the new key there'),
  });
  expect(await rotate('--confirm', 'production')).toMatchObject({ code: 3, err: expect.stringContaining(production) });
});

test('a file for others than age keys is named before anything begins', async () => {
  const { rotate, repository, folder } = await person();
  const pgp =
    'sops:\n  pgp:\n    - fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21\n      created_at: "2026-11-22T17:51:39Z"\n      enc: x\n';
  repository.edit(production, 'sops:\n', pgp);
  const refused = await rotate();
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining(`${production} (pgp)`) });
  expect(readdirSync(folder)).not.toContain(next);
});

test('a key that a killed run left is taken up again', async () => {
  const { rotate, repository, folder, readers } = await person();
  await rotate();
  const fresh = readers()[2];
  repository.git('checkout', '--quiet', '.');
  await rotate();
  expect(readers()[2]).toBe(fresh);
  expect(readdirSync(folder).filter((name) => name.includes('.next.'))).toEqual([next]);
});

test('without a private key that opens the files nothing is begun', async () => {
  const { rotate, repository, folder } = await person();
  const files = repository.files();
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  const refused = await rotate();
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('It can be opened by: ') });
  expect(repository.files()).toEqual(files);
  expect(readdirSync(folder)).toEqual([]);
});

test('several clusters are rotated together, each with its own context', async () => {
  const { run, repository, kubectl } = await person(['--cluster', 'eu:production', '--cluster', 'us:production']);
  const all = (...words: string[]) => run('rotate', '--environment', 'production', '--yes', ...words);
  expect((await all()).code).toBe(0);
  expect(recipientsOf(repository, production)).toHaveLength(5);
  expect(await all('--context', 'prod')).toMatchObject({ code: 2, err: expect.stringContaining('CLUSTER=prod') });
  kubectl.change('prod', { name: 'eu' });
  await run('push-key', 'eu', '--context', 'prod');
  expect(await all('--context', 'eu=prod')).toMatchObject({ code: 3, err: expect.stringContaining('waits for us') });
  expect((await all('--context', 'eu=prod', '--confirm', 'us')).code).toBe(0);
  expect(recipientsOf(repository, production)).toHaveLength(3);
});

test('where environments have keys, a cluster has none to rotate', async () => {
  const { run, repository } = await person(['--key-scope', 'environment']);
  const refused = await run('rotate', '--cluster', 'production', '--yes');
  expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('rotate --environment production') });
  expect((await run('rotate', '--environment', 'production', '--yes')).code).toBe(0);
  expect((await run('rotate', '--environment', 'production', '--yes', '--confirm', 'production')).code).toBe(0);
  expect(repository.read('flux-repo.yaml').match(/age1/g)).toHaveLength(3);
});

test.each([
  [['rotate'], 'rotate needs to know which keys'],
  [['rotate', '--all', '--cluster', 'production'], 'one of its scopes'],
  [['rotate', '--cluster', 'prodction'], 'Did you mean production?'],
])('%j is refused', async (words, reason) => {
  const { run } = await person();
  expect(await run(...words)).toMatchObject({ code: 2, err: expect.stringContaining(reason) });
});
