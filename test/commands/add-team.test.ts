import { cpSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedPaths, type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { filesBelow, runMain } from '../support/run-main.ts';

const own = 'ssh://git@github.com/acme/search';

/** A value of a Secret, opened with the keys of the person who made the repository. */
async function openedValue({ run }: MadeRepository, path: string, key: string): Promise<string> {
  const { code, out, err } = await run('secrets', 'show', path, key, '--force');
  expect(code, err).toBe(0);
  return out;
}

describe('add team', () => {
  test('called monitoring is let in to no other team, unless the model says so', async () => {
    const repository = await madeRepository(['--layout', 'multi-tenant', '--team', 'shop']);
    const policies = 'tenants/base/shop/network-policies.yaml';
    expect(repository.read(policies)).toContain('- monitoring\n');
    expect((await repository.run('add', 'team', 'monitoring', '--yes')).code).toBe(0);
    expect(repository.read(policies)).not.toContain('- monitoring\n');
    expect(repository.read(policies)).toContain('- envoy-gateway-system\n');
    const said = '  shop:\n    source: path\n';
    repository.edit('flux-repo.yaml', said, `${said}    networkPolicies:\n      allowFrom:\n        - monitoring\n`);
    expect((await repository.run('apply', '--yes')).code).toBe(0);
    expect(repository.read(policies)).toContain('- monitoring\n');
  });

  test('to a repository without teams brings them in, and says so', async () => {
    const repository = await madeRepository();
    const before = repository.files();
    const { code, out, err } = await repository.run('add', 'team', 'shop', '--yes');
    expect(code, err).toBe(0);
    expect(out).toContain('It is the first team: Flux is locked down');
    expect(out).toContain('like those of multi-tenant');
    expect(out).toContain('shop works in teams/shop/');
    const locks = ['repository', 'cluster-production', 'cluster-staging', 'team-shop'];
    expect(changedPaths(before, repository.files())).toEqual(
      [
        ...locks.map((unit) => `.flux-repo/lock/${unit}.json`),
        '.sops.yaml',
        '.sourceignore',
        'README.md',
        ...['production', 'staging'].flatMap((name) => [
          `clusters/${name}/flux-system/kustomization.yaml`,
          `clusters/${name}/tenants/shop.yaml`,
          `tenants/overlays/${name}/shop/kustomization.yaml`,
        ]),
        'flux-repo.yaml',
        'teams/shop/kustomization.yaml',
        ...['kustomization', 'limits', 'namespace', 'network-policies', 'quota', 'rbac', 'sync'].map(
          (file) => `tenants/base/shop/${file}.yaml`,
        ),
      ].sort(),
    );
    expect((await repository.run('apply')).out).toContain('Nothing to do');
  });

  test('keeps what a person added to the patches of flux-system', async () => {
    const repository = await madeRepository();
    const path = 'clusters/production/flux-system/kustomization.yaml';
    const mine = '  - target:\n      kind: Deployment\n      name: source-controller\n    patch: |\n      - op: test\n';
    repository.write(path, `${repository.read(path)}${mine}`);
    expect((await repository.run('add', 'team', 'shop', '--yes')).code).toBe(0);
    expect(repository.read(path)).toContain(mine);
    expect(repository.read(path)).toContain('--no-cross-namespace-refs=true');
  });

  test('with a repository of its own makes a key for it, whose private half is only in git, encrypted', async () => {
    const repository = await madeRepository();
    const flags = [
      '--source',
      own,
      '--environment',
      'production',
      '--rights',
      'namespace',
      '--depends-on',
      'cert-manager',
    ];
    const { code, out, err } = await repository.run('add', 'team', 'search', ...flags, '--yes');
    expect(code, err).toBe(0);
    const [publicKey = ''] = /ssh-ed25519 \S+ search@demo/.exec(out) ?? [];
    expect(out).toContain('(https://github.com/acme/search/settings/keys/new)');
    expect(repository.read('README.md')).toContain(publicKey);
    expect(repository.read('flux-repo.yaml')).toContain(`deployKey: ${publicKey}\n`);
    const path = 'tenants/overlays/production/search/deploy-key.sops.yaml';
    const identity = await openedValue(repository, path, 'identity');
    expect(identity).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
    expect(await openedValue(repository, path, 'known_hosts')).toMatch(/^github\.com ssh-ed25519 AAAA/);
    const everything = [out, err, ...Object.values(repository.files())].join('\n');
    expect(everything).not.toContain(identity.split('\n')[1]);
    expect(repository.read('tenants/base/search/sync.yaml')).toContain('name: deploy-key');
    expect(repository.read('clusters/production/tenants/search.yaml')).toContain('name: cert-manager-config');
    expect((await repository.run('secrets', 'verify')).code).toBe(0);
    expect((await repository.run('secrets', 'scan')).code).toBe(0);
    expect((await repository.run('apply')).out).toContain('Nothing to do');
  });

  test('from a public repository needs no credential', async () => {
    const repository = await madeRepository();
    expect(
      (await repository.run('add', 'team', 'docs', '--source', 'https://github.com/acme/docs', '--yes')).code,
    ).toBe(0);
    expect(repository.read('tenants/base/docs/sync.yaml')).not.toContain('secretRef');
    expect(repository.read('tenants/overlays/production/docs/kustomization.yaml')).not.toContain('.sops.yaml');
  });

  test('with a strategy that seals nothing tells people to bring the key', async () => {
    const repository = await madeRepository(['--app', 'web', '--secrets', 'none']);
    const { out } = await repository.run('add', 'team', 'search', '--source', own, '--yes');
    expect(out).toContain("ssh-keygen -t ed25519 -N '' -C search -f search-deploy-key");
    expect(out).toContain('Secret search/deploy-key with identity, identity.pub, known_hosts must be in production');
    expect(repository.read('flux-repo.yaml')).not.toContain('deployKey');
  });

  test('with a key of its own gives it to nobody but its Kustomization', async () => {
    const repository = await madeRepository();
    await repository.run('add', 'team', 'shop', '--yes');
    repository.edit('flux-repo.yaml', '    source: path\n', '    source: path\n    ownKey: true\n');
    expect((await repository.run('apply', '--yes')).code).toBe(0);
    const path = 'tenants/overlays/production/shop/sops-age-shop.sops.yaml';
    expect(await openedValue(repository, path, 'team-shop.agekey')).toMatch(/^AGE-SECRET-KEY-/);
    expect(repository.read('tenants/base/shop/sync.yaml')).toContain('name: sops-age-shop');
    expect(repository.read('.sops.yaml')).toMatch(/\^teams\[\/\\\\\]shop[\s\S]*# team shop\n/);
    expect((await repository.run('secrets', 'verify')).code).toBe(0);
  });

  test.for([
    [['web'], '"web" is taken by app "web"'],
    [['shop', '--cluster', 'eu'], 'cluster "eu" does not exist; known: production, staging'],
    [['shop', '--environment', 'qa'], 'environment "qa" does not exist'],
    [['shop', '--rights', 'root'], 'must be one of admin, namespace'],
    [['shop', '--source', 'git@github.com:acme/shop.git'], 'write ssh://git@github.com/acme/shop.git'],
    [['shop', '--source', 'https://x:pa55word@github.com/a/b'], 'has a user or a password in it'],
    [['shop', '--source', 'ssh://git@git.example.com/a/b'], 'ssh-keyscan'],
    [['shop', '--depends-on', 'vault'], 'component or app "vault" does not exist'],
    [['shop', '--cluster', 'staging', '--environment', 'staging'], 'has clusters and environments: choose one'],
    [['shop', '--source', own, '--code-owner', '@acme/shop'], 'is for a team that works here'],
    [['Shop'], 'use lower-case letters'],
  ] as const)('%s is refused', async ([words, ...messages]) => {
    const repository = await madeRepository();
    const before = repository.files();
    const { code, err } = await repository.run('add', 'team', ...words, '--yes');
    expect(code).toBe(2);
    for (const message of messages) expect(err).toContain(message);
    expect(err).not.toContain('pa55word');
    expect(repository.files()).toEqual(before);
  });

  test('to a fleet writes it once for all clusters of an environment, and knows no --cluster', async () => {
    const repository = await madeRepository(['--layout', 'fleet', '--component', 'none', '--app', 'web']);
    const refused = await repository.run('add', 'team', 'shop', '--cluster', 'staging', '--yes');
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('say --environment') });
    expect((await repository.run('add', 'team', 'shop', '--environment', 'production', '--yes')).code).toBe(0);
    expect(repository.read('clusters/production/cluster-config.yaml')).toContain(
      'path: ./tenants/overlays/production\n',
    );
    expect(repository.read('clusters/staging/cluster-config.yaml')).not.toContain('tenants');
    expect(repository.read('clusters/staging/flux-system/kustomization.yaml')).not.toContain(
      '--no-cross-namespace-refs',
    );
    expect(repository.read('tenants/overlays/production/kustomization.yaml')).toContain('  - shop.yaml\n');
  });
});

test('in a new environment the deploy key gets its file later where nobody could open another, and the model stays as it is', async () => {
  const repository = await madeRepository([
    '--layout',
    'fleet',
    '--component',
    'none',
    '--team',
    `search,source=${own}`,
  ]);
  await repository.run('add', 'environment', 'qa', '--yes');
  const keys = `${repository.system.home}/.config`;
  renameSync(keys, `${keys}-elsewhere`);
  const { out } = await repository.run('add', 'cluster', 'qa', '--environment', 'qa', '--yes');
  expect(out).toContain('secrets create deploy-key --team search --environment qa');
  cpSync(`${keys}-elsewhere`, keys, { recursive: true });
  const model = repository.read('flux-repo.yaml');
  const path = (environment: string) => `tenants/overlays/${environment}/search/deploy-key.sops.yaml`;
  const entries = ['identity', 'identity.pub', 'known_hosts'];
  const values: string[] = [];
  for (const entry of entries) {
    values.push(await openedValue(repository, path('staging'), entry));
    writeFileSync(join(repository.system.home, entry), values.at(-1) ?? '');
  }
  const files = entries.flatMap((entry) => ['--from-file', `${entry}=${join(repository.system.home, entry)}`]);
  const words = ['secrets', 'create', 'deploy-key', '--team', 'search', '--environment', 'qa', ...files, '--yes'];
  const { code, err } = await repository.run(...words);
  expect(code, err).toBe(0);
  expect(await openedValue(repository, path('qa'), 'identity')).toBe(values[0]);
  expect(repository.read('flux-repo.yaml')).toBe(model);
  expect((await repository.run('secrets', 'verify')).code).toBe(0);
});

test('create --team makes the teams, their keys, and says that the layout is multi-tenant now', async () => {
  const repository = await madeRepository(['--app', 'web', '--team', 'shop', '--team', `search,source=${own}`]);
  expect(repository.read('teams/shop/kustomization.yaml')).toContain('resources: []');
  for (const environment of ['production', 'staging'])
    expect(repository.read(`tenants/overlays/${environment}/search/deploy-key.sops.yaml`)).toContain('ENC[');
  expect((await repository.run('secrets', 'verify')).code).toBe(0);
  expect(repository.git('status', '--porcelain')).toBe('');
});

describe('--starter', () => {
  const flags = ['add', 'team', 'search', '--source', own, '--yes', '--starter'];

  test("writes what the team's own repository begins with, and nothing of our bookkeeping", async () => {
    const repository = await madeRepository();
    const folder = join(repository.root, '../search');
    const { code, out, err } = await repository.run(...flags, '../search');
    expect(code, err).toBe(0);
    const files = filesBelow(folder);
    expect(Object.keys(files).sort()).toEqual([
      '.github/workflows/manifests.yml',
      '.gitignore',
      'README.md',
      'apps/hello/deployment.yaml',
      'apps/hello/httproute.yaml',
      'apps/hello/kustomization.yaml',
      'apps/hello/service.yaml',
      'kustomization.yaml',
    ]);
    const [publicKey = 'none'] = /ssh-ed25519 \S+ search@demo/.exec(repository.read('flux-repo.yaml')) ?? [];
    expect(files['README.md']).toContain(publicKey);
    expect(files['README.md']).toContain('`pods` | 50');
    expect(files['apps/hello/deployment.yaml']).toContain('namespace: search');
    expect(Object.values(files).join('')).not.toContain('${');
    expect(out).toContain('cd ../search');
    expect(out).toContain(`git remote add origin ${own}`);
    expect((await runMain({ ...repository.system, cwd: folder }, ['secrets', 'scan'])).code).toBe(0);
  });

  test.for([
    ['inside', 'it is inside a git repository'],
    ['../taken', 'there is something in it already'],
  ] as const)('into %s is refused, and nothing is written', async ([folder, message]) => {
    const repository = await madeRepository();
    mkdirSync(join(repository.root, '../taken'));
    writeFileSync(join(repository.root, '../taken/a'), '');
    const before = repository.files();
    const { code, err } = await repository.run(...flags, folder);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(repository.files()).toEqual(before);
  });

  test('is not for a team that works here', async () => {
    const { run } = await madeRepository();
    const { code, err } = await run('add', 'team', 'shop', '--yes', '--starter', '../shop');
    expect(code).toBe(2);
    expect(err).toContain('is for a team with a repository of its own');
  });

  test('is only told by a dry run', async () => {
    const repository = await madeRepository();
    expect((await repository.run(...flags, '../search', '--dry-run')).code).toBe(0);
    expect(existsSync(join(repository.root, '../search'))).toBe(false);
  });
});
