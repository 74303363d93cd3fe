import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changedPaths } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { leaks, secretsRepository, webDb, withDb } from '../../support/secrets-repository.ts';

const create = ['create', 'db', '--app', 'web'];
const both = [webDb('production'), webDb('staging')];

describe('secrets create', () => {
  test('writes the declaration, what refers to the files, and ciphertext for every environment', async () => {
    const { secrets, files, read, opened, run, system, root } = await secretsRepository();
    const before = files();
    const { code, out, err } = await secrets([...create, '--yes'], 'username=mark-er-1\npassword=mark-er-2\n');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(changedPaths(before, files())).toEqual(
      [
        '.flux-repo/lock/app-web.json',
        webDb('production'),
        'apps/overlays/production/web.yaml',
        'apps/overlays/production/web/kustomization.yaml',
        webDb('staging'),
        'apps/overlays/staging/web.yaml',
        'apps/overlays/staging/web/kustomization.yaml',
        'flux-repo.yaml',
      ].sort(),
    );
    for (const path of both)
      expect(await opened(path)).toMatchObject({
        kind: 'Secret',
        metadata: { name: 'db', namespace: 'web' },
        type: 'Opaque',
        stringData: { username: 'mark-er-1', password: 'mark-er-2' },
      });
    expect(read('apps/overlays/staging/web/kustomization.yaml')).toContain('  - db.sops.yaml\n');
    expect(out).toContain('Note: production, staging get the same values.');
    expect(out + err).not.toContain('mark-er');
    expect(leaks(join(root, '..'), ['mark-er-1', 'mark-er-2'])).toEqual([]);
    expect((await run('apply')).out).toContain('Nothing to do');
    expect(system.out()).toContain('Added secret db of app web.');
  });

  test('takes files, lines and bytes; in one environment; commits exactly that', async () => {
    const { secrets, beside, opened, git } = await secretsRepository();
    const flags = [
      '--from-file',
      beside('token', 'abc\n'),
      '--from-file',
      `store=${beside('store.jks', Buffer.from([0xff, 0]))}`,
      '--from-env-file',
      beside('a.env', '# db\nUSER=me\n'),
    ];
    const { code, err } = await secrets([...create, '--environment', 'staging', ...flags, '--yes', '--commit']);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(await opened(webDb('staging'))).toMatchObject({
      data: { store: '/wA=' },
      stringData: { token: 'abc\n', USER: 'me' },
    });
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '-1', '--format=%s')).toBe('Add secret db of app web');
    expect(git('ls-files', 'apps/overlays')).not.toContain(webDb('production'));
  });

  test('in another environment too: with the values of that one, under the same declaration', async () => {
    const { secrets, beside, read, opened } = await secretsRepository();
    const first = ['--environment', 'staging', '--from-file', `password=${beside('a', 'one')}`, '--yes'];
    expect((await secrets([...create, ...first])).code).toBe(0);
    const missing = await secrets([...create, '--yes'], '');
    expect(missing).toMatchObject({ code: 2, err: expect.stringContaining('secret db: no value for password') });
    const second = [
      '--from-file',
      `password=${beside('b', 'two')}`,
      '--from-file',
      `more=${beside('c', 'x')}`,
      '--yes',
    ];
    expect((await secrets([...create, ...second])).code).toBe(0);
    expect(await opened(webDb('production'))).toMatchObject({ stringData: { password: 'two', more: 'x' } });
    expect(await opened(webDb('staging'))).toMatchObject({ stringData: { password: 'one' } });
    expect(read('flux-repo.yaml')).toContain(
      '        environments:\n          - production\n          - staging\n        keys:\n          - more\n          - password\n',
    );
  });

  test('what is there already is refused, and how to change it is said', async () => {
    const { secrets, files } = await withDb();
    const before = files();
    const { code, err } = await secrets([...create, '--yes'], 'password=x');
    expect(code).toBe(2);
    expect(err).toContain('cannot create secret db: it is there already');
    expect(err).toContain(`secrets set ${webDb('production')} KEY`);
    expect(files()).toEqual(before);
  });

  test.each([
    ['on stdin', []],
    ['in a file of lines', ['--from-env-file', '../latin1.env']],
  ])('text that is not UTF-8, %s, is refused', async (_, flags) => {
    const { secrets, beside, git } = await secretsRepository();
    const bytes = Buffer.from('password=mark-er-\xe4\n', 'latin1');
    beside('latin1.env', bytes);
    const { code, err } = await secrets([...create, ...flags, '--yes'], bytes);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('is not UTF-8 text') });
    expect(err).not.toContain('mark-er');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('--dry-run writes nothing, --json says what it would', async () => {
    const { secrets, files } = await secretsRepository();
    const before = files();
    const { code, out } = await secrets([...create, '--dry-run', '--json'], '{"password": "mark-er-1"}');
    expect(code).toBe(0);
    expect(files()).toEqual(before);
    const sealed = outputDocument(out).changes.filter(({ ownership }) => ownership === 'sealed');
    expect(sealed.map(({ path, action, unit }) => ({ path, action, unit }))).toEqual(
      both.map((path) => ({ path, action: 'create', unit: 'app-web' })),
    );
    expect(out).not.toContain('mark-er');
  });

  test('other edits of flux-repo.yaml that were not applied stay out of it', async () => {
    const { secrets, edit, read, files } = await secretsRepository();
    edit('flux-repo.yaml', 'image: nginx:1.27', 'image: nginx:1.28 # newer');
    const before = files();
    expect((await secrets([...create, '--yes'], 'password=x')).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('image: nginx:1.28 # newer');
    expect(changedPaths(before, files())).not.toContain('apps/base/web/deployment.yaml');
  });

  test('and out of its commit', async () => {
    const { secrets, edit, read, git } = await secretsRepository();
    edit('flux-repo.yaml', 'image: nginx:1.27', 'image: nginx:1.28 # newer');
    const { code, out } = await secrets([...create, '--yes', '--commit'], 'password=x');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('Other edits of flux-repo.yaml stay'),
    });
    expect(git('show', 'HEAD:flux-repo.yaml')).toMatch(/image: nginx:1\.27\n {4}secrets:\n {6}db:/);
    expect(read('flux-repo.yaml')).toContain('image: nginx:1.28 # newer');
    expect(git('status', '--porcelain')).toBe(' M flux-repo.yaml');
    expect(git('diff', '--numstat')).toBe('1\t1\tflux-repo.yaml');
  });

  test('an app that was not applied yet must be first', async () => {
    const { secrets, edit } = await secretsRepository();
    edit('flux-repo.yaml', 'apps:\n', 'apps:\n  api:\n    image: nginx:1.27\n');
    const { code, err } = await secrets(['create', 'db', '--app', 'api', '--yes'], 'password=x');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('app api was not applied yet') });
  });

  test('an environment whose first cluster was not applied yet must be first', async () => {
    const { secrets, edit, git, run } = await secretsRepository();
    expect((await run('add', 'environment', 'qa', '--yes')).code).toBe(0);
    edit('flux-repo.yaml', 'clusters:\n', 'clusters:\n  qa:\n    environment: qa\n');
    const before = git('status', '--porcelain');
    const { code, err } = await secrets([...create, '--environment', 'qa', '--yes'], 'password=x');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('were not applied yet') });
    expect(git('status', '--porcelain')).toBe(before);
  });

  test("a rule of the person's own goes first", async () => {
    const { secrets, read, write } = await secretsRepository();
    const own = 'creation_rules:\n  - path_regex: /staging/web/\n    encrypted_regex: ^stringData$\n    age: ';
    const [, recovery = ''] = /- (age1\S+) # recovery/.exec(read('.sops.yaml')) ?? [];
    write('.sops.yaml', read('.sops.yaml').replace('creation_rules:\n', `${own}${recovery}\n`));
    const { code, out, err } = await secrets([...create, '--yes'], 'password=x');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(out).toContain(`Only one key opens ${webDb('staging')}`);
    expect(read(webDb('staging')).match(/recipient:/g)).toHaveLength(1);
    expect(read(webDb('production')).match(/recipient:/g)).toHaveLength(2);
  });
});

describe('whose a Secret is', () => {
  test("a cluster's is in flux-system; where environments have the keys, the cluster gets its own", async () => {
    const { secrets, read, opened, run } = await secretsRepository(['--app', 'web', '--key-scope', 'environment']);
    const { code, err, out } = await secrets(
      ['create', 'git-token', '--cluster', 'staging', '--yes', '--json'],
      'token=x',
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(outputDocument(out).result?.keys).toEqual([
      { file: 'cluster-staging.agekey', recipient: expect.stringMatching(/^age1/) },
    ]);
    expect(read('secrets/staging/git-token.sops.yaml')).toContain(
      outputDocument(out).result?.keys[0]?.recipient ?? '-',
    );
    expect(await opened('secrets/staging/git-token.sops.yaml')).toMatchObject({
      metadata: { namespace: 'flux-system' },
    });
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test("a component's is beside its release", async () => {
    const { secrets, opened } = await secretsRepository();
    expect((await secrets(['create', 'dns', '--component', 'cert-manager', '--yes'], 'token=x')).code).toBe(0);
    expect(await opened('infrastructure/overlays/staging/cert-manager/release/dns.sops.yaml')).toMatchObject({
      metadata: { namespace: 'cert-manager' },
    });
  });

  test.each([
    [['create', 'db'], 'the owner is missing: --app, --component or --cluster'],
    [['create', 'db', '--app', 'wep'], 'did you mean "web"?'],
    [['create', 'Db', '--app', 'web'], 'try "db"'],
    [['create', 'db', '--app', 'web', '--cluster', 'staging'], 'a Secret has one owner'],
    [['create', 'db', '--app', 'web', '--environment', 'prod'], 'environment "prod" does not exist'],
    [['create', 'db', '--cluster', 'staging', '--environment', 'staging'], 'for that cluster alone'],
    [['create', 'db', '--app', 'web', '--type', 'tsl'], 'did you mean "tls"?'],
    [['create', 'db', '--app', 'web', '--namespace', 'nowhere'], 'nothing makes namespace "nowhere" before it'],
    [['create', 'sops-age', '--cluster', 'staging'], "Secret flux-system/sops-age is Flux's own"],
    [['create', 'db', '--team', 'a'], '--team: not in this version'],
    [['create', 'db', '--app', 'web', '--key', 'a/b'], 'a key has letters, digits'],
    [['create', 'db', '--app', 'web', '--type', 'basic-auth'], 'no value for username, password'],
    [['create', 'db', '--app', 'web', '--from-file', 'password=mark-er-1'], 'cannot read the file for "password"'],
    [['create', 'db', 'password=mark-er-1', '--app', 'web'], 'a value cannot be given as an argument'],
    [['create', 'db', '--app', 'web', '--key', 'password=mark-er-1'], 'a key has no "="'],
    [['create', 'db', '--app', 'web', '--password=mark-er-1'], "unknown option '--password'"],
  ])('%j is refused', async (words, reason) => {
    const { secrets, files } = await secretsRepository();
    const before = files();
    const { code, err, out } = await secrets([...words, '--yes'], '');
    expect(err).toContain(reason);
    expect(code).toBe(2);
    expect(err + out).not.toContain('mark-er');
    expect(files()).toEqual(before);
  });
});

describe('types', () => {
  test('docker-registry becomes the file that kubelet reads', async () => {
    const { secrets, opened, read } = await secretsRepository();
    const values = 'server=ghcr.io\nusername=me\npassword=mark-er-1\n';
    expect((await secrets(['create', 'pull', '--app', 'web', '--type', 'docker-registry', '--yes'], values)).code).toBe(
      0,
    );
    const secret = await opened('apps/overlays/staging/web/pull.sops.yaml');
    expect(secret).toMatchObject({ type: 'kubernetes.io/dockerconfigjson' });
    expect(JSON.stringify(secret)).toContain('ghcr.io');
    expect(read('flux-repo.yaml')).toContain('type: docker-registry\n');
    expect(read('flux-repo.yaml')).toContain('- .dockerconfigjson\n');
  });

  test('a certificate that is none is refused before anything is written', async () => {
    const { secrets, beside, files } = await secretsRepository();
    const flags = ['--from-file', beside('tls.crt', 'mark-er-1'), '--from-file', beside('tls.key', 'mark-er-2')];
    const before = files();
    const { code, err } = await secrets(['create', 'cert', '--app', 'web', '--type', 'tls', ...flags, '--yes']);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('tls.crt is no certificate') });
    expect(err).not.toContain('mark-er');
    expect(files()).toEqual(before);
  });
});

describe('--config', () => {
  test('has the answers; the values come on stdin', async () => {
    const { secrets, beside, opened } = await secretsRepository();
    const config = beside('secret.yaml', 'name: db\napp: web\nenvironment: staging\nkey: [password, username]\n');
    const { code, err } = await secrets(['create', '--config', config, '--yes'], 'password: a\nusername: b\n');
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(await opened(webDb('staging'))).toMatchObject({ stringData: { password: 'a', username: 'b' } });
  });

  test.each([
    ['name: db\napp: web\nvalues: {password: mark-er-1}\n', 'secret.yaml:3:1 values: values have no place'],
    ['name: db\nap: web\n', 'unknown key "ap", did you mean "app"?'],
    ['name: {db: mark-er-1}\n', 'name must be a text, or a list of texts'],
    ['name: "mark-er-1\n', 'is no valid YAML'],
    ['- db\n', 'holds no map of answers'],
  ])('%j is refused', async (text, reason) => {
    const { secrets, beside } = await secretsRepository();
    const { code, err } = await secrets(['create', '--config', beside('secret.yaml', text), '--yes'], '');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining(reason) });
    expect(err).not.toContain('mark-er');
  });

  test('on stdin leaves no place for values there', async () => {
    const { secrets } = await secretsRepository();
    const { code, err } = await secrets(['create', '--config', '-', '--yes'], 'name: db\napp: web\n');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('stdin has the answers already') });
  });
});

test('from a folder below, paths of files are from there', async () => {
  const { secrets, system, root, opened } = await secretsRepository();
  mkdirSync(join(root, 'sub'));
  writeFileSync(join(root, 'sub', 'token'), 'abc');
  system.cwd = join(root, 'sub');
  expect((await secrets([...create, '--from-file', 'token', '--yes'])).code).toBe(0);
  expect(await opened(webDb('staging'))).toMatchObject({ stringData: { token: 'abc' } });
});
