import { copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { npx } from '../../../src/cli/program.ts';
import { generateAgeKey } from '../../../src/secrets/age-identity.ts';
import { type OutputDocument, outputDocument } from '../../support/output-schema.ts';
import { marker, production, secretRepository, staging } from './secret-repository.ts';

type Repository = Awaited<ReturnType<typeof secretRepository>>;

/** `rule file:line`, errors first marked with `!`. */
function findings({ problems }: OutputDocument): string[] {
  return problems.map(
    ({ rule, file = '', line, ...problem }) =>
      `${'severity' in problem && problem.severity === 'error' ? '!' : ''}${rule} ${file}${line === undefined ? '' : `:${line}`}`,
  );
}

async function verified({ run }: Repository, ...flags: string[]) {
  const { code, out } = await run('secrets', 'verify', '--json', ...flags);
  expect(out).not.toContain(marker);
  const document = outputDocument(out);
  return { code, document, found: findings(document) };
}

function keysFolder({ system }: Repository): string {
  const keys = join(system.home, '.config/create-flux-repo/keys');
  return join(keys, readdirSync(keys)[0] ?? '');
}

describe('secrets verify', () => {
  test('is content with what the tool made, and says how each cluster was proven', async () => {
    const repository = await secretRepository();
    const before = repository.files();
    const { code, out, err } = await repository.run('secrets', 'verify', '--strict');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Encrypted files
  ✓ 2 verified: every document, every value, the MAC

Clusters
  ✓ eu    can read its file, and none of others (opened with its own keys)
  ✓ test  can read its file, and none of others (opened with its own keys)
  ✓ us    can read its file, and none of others (opened with its own keys)
`);
    expect(repository.files()).toEqual(before);
    const { document } = await verified(repository);
    expect(document.result).toMatchObject({
      files: [{ path: production, state: 'verified' }, {}],
      clusters: [{ name: 'eu', files: 1, proof: 'opened', ok: true }, {}, {}],
    });
  });

  test('warns of files that no key here opens, which fail with --strict, or where none opens', async () => {
    const repository = await secretRepository();
    const folder = keysFolder(repository);
    for (const name of ['recovery', 'cluster-eu', 'cluster-us']) rmSync(join(folder, `${name}.agekey`));
    expect(await verified(repository)).toMatchObject({ code: 0, found: [`secrets/not-verified ${production}`] });
    expect(await verified(repository, '--strict')).toMatchObject({ code: 1 });
    renameSync(join(folder, 'cluster-test.agekey'), join(folder, 'elsewhere'));
    const { code, document, found } = await verified(repository);
    expect(code).toBe(1);
    expect(found).toEqual([`!secrets/not-verified ${production}`, `!secrets/not-verified ${staging}`]);
    expect(document.error).toMatchObject({ code: 'no-identity', hint: expect.stringContaining('--keys-dir') });
    expect(document.problems[0]?.message).toContain('It can be opened by: cluster eu, cluster us, recovery.');
    const named = await repository.run('secrets', 'verify', '--keys-dir', folder);
    expect(named.out).toContain('by its public keys');
  });

  test('finds plain text, damage, other readers and a rule that drifted, each with its place and remedy', async () => {
    const repository = await secretRepository();
    const { read, write, edit, seal } = repository;
    write(production, read(production).replace(/password: ENC.*/, `password: ${marker}`));
    write(
      staging,
      read(staging).replace(
        /user: ENC\[AES256_GCM,data:./,
        (text) => `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
      ),
    );
    await seal('apps/overlays/staging/other.sops.yaml', [(await generateAgeKey()).recipient]);
    write('apps/overlays/staging/plain.sops.yaml', 'kind: Secret\n');
    write('elsewhere.sops.yaml', read('apps/overlays/staging/other.sops.yaml'));
    edit(
      '.sops.yaml',
      ' # cluster test',
      ' # cluster test\n          - age1zzz04jch6yreklkluv7zpghzqpepj5dx79gyx0arxtmftm5h7g0qmf56xk # mallory',
    );
    const { code, document, found } = await verified(repository);
    expect(code).toBe(1);
    expect(found.sort()).toEqual([
      '!secrets/damaged apps/overlays/staging/web/db.sops.yaml:8',
      '!secrets/exposed-value apps/overlays/production/web/db.sops.yaml:7',
      '!secrets/extra-recipient apps/overlays/staging/other.sops.yaml',
      '!secrets/missing-recipient apps/overlays/staging/other.sops.yaml',
      '!secrets/no-rule elsewhere.sops.yaml',
      '!secrets/not-encrypted apps/overlays/staging/plain.sops.yaml',
      '!secrets/not-verified apps/overlays/staging/other.sops.yaml',
      '!secrets/not-verified elsewhere.sops.yaml',
      '!secrets/rule-drift .sops.yaml:11',
    ]);
    expect(document.problems.find(({ rule }) => rule === 'secrets/rule-drift')).toMatchObject({
      message: 'the rule for secrets/test/ also names mallory, whom flux-repo.yaml does not have as a reader',
      hint: `${npx} apply if flux-repo.yaml was edited; correct the rule if that was edited`,
    });
    for (const { message } of document.problems) expect(message).not.toMatch(/ENC\[AES|AGE-SECRET/);
  });

  test('proves for each cluster that it reads what it reconciles, and nothing of others', async () => {
    const repository = await secretRepository();
    const rule = repository.read('.sops.yaml');
    const keyOf = (name: string) => new RegExp(`(age1\\w+) # ${name}`).exec(rule)?.[1] ?? '';
    await repository.seal(production, [keyOf('cluster us'), keyOf('cluster test'), keyOf('recovery')]);
    const { code, document, found } = await verified(repository);
    expect(code).toBe(1);
    expect(found.sort()).toEqual([
      `!secrets/cluster-can-read ${production}`,
      `!secrets/cluster-cannot-read ${production}`,
      `!secrets/extra-recipient ${production}`,
      `!secrets/missing-recipient ${production}`,
    ]);
    expect(document.problems.map((problem) => ('hint' in problem ? problem.hint : ''))).toContain(
      `${npx} secrets recipients update`,
    );
    expect(document.result).toMatchObject({
      clusters: [
        { name: 'eu', ok: false },
        { name: 'test', ok: false },
        { name: 'us', ok: true },
      ],
    });
    expect(await verified(repository, '--cluster', 'test')).toMatchObject({
      code: 1,
      found: [`!secrets/cluster-can-read ${production}`],
    });
    const { out, err } = await repository.run('secrets', 'verify', '--cluster', 'eu');
    expect(out).toContain('✗ eu  see below');
    expect(err).toContain('3 problems with the encrypted file');
  });

  test('tells a declared Secret without a file once, with the command that makes it', async () => {
    const repository = await secretRepository();
    rmSync(join(repository.root, staging));
    const { code, document, found } = await verified(repository);
    expect({ code, found }).toEqual({ code: 1, found: [`!secrets/missing-file ${staging}`] });
    expect(document.error?.hint).toBe(`${npx} secrets create db --app web --environment staging`);
  });

  test('tells where Flux is not told to decrypt, and what of .sops.yaml cannot be read', async () => {
    const repository = await secretRepository();
    repository.edit('apps/overlays/staging/web.yaml', '  decryption:', '  x-decryption:');
    repository.edit('.sops.yaml', 'path_regex', 'path_regexp');
    const { code, document, found } = await verified(repository);
    expect(code).toBe(1);
    expect(found).toEqual([
      expect.stringMatching(/^!sops-config\/unknown-key \.sops\.yaml:\d+$/),
      '!secrets/no-decryption apps/overlays/staging/web.yaml:6',
    ]);
    expect(document.problems[1]).toMatchObject({ hint: expect.stringContaining('decryption: {provider: sops') });
  });

  test("tells a key file that holds another cluster's key, also beside the right one", async () => {
    const repository = await secretRepository();
    const folder = keysFolder(repository);
    copyFileSync(join(folder, 'cluster-us.agekey'), join(folder, 'cluster-eu.agekey'));
    const { code, document } = await verified(repository);
    expect(code).toBe(0);
    expect(document.problems).toMatchObject([
      { rule: 'keys/other-owner', message: expect.stringMatching(/^cluster-eu\.agekey holds the key of cluster us,/) },
    ]);
  });

  test('refuses a cluster that is not there, and has nothing to say of a repository without secrets', async () => {
    const repository = await secretRepository();
    const refused = await repository.run('secrets', 'verify', '--cluster', 'ue');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain(`${npx} secrets verify --cluster eu`);
    repository.git('stash', '--include-untracked', '--quiet');
    expect(await repository.run('secrets', 'verify')).toEqual({
      code: 0,
      out: 'There are no encrypted files.\n',
      err: '',
    });
    expect((await repository.run('secrets', 'list')).out).toContain('There are no secrets yet.');
  });
});
