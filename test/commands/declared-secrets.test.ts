import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { npx } from '../../src/cli/program.ts';
import { type MadeRepository, madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';
import { runMain, testSystem } from '../support/run-main.ts';

const app = '    image: nginx:1.27\n';
const db = `${app}    secrets:
      db:
        environments: [production]
        keys: [password]
`;
const folder = 'apps/overlays/production/web';
const file = `${folder}/db.sops.yaml`;
const ciphertext =
  'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: web\nstringData:\n  password: ENC[AES256_GCM,data:x]\nsops: {}\n';

/** A file in a folder that may not be there. */
function put({ root }: MadeRepository, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A repository with the Secret `db` of the app `web`, applied, with its file. */
async function withSecret(): Promise<MadeRepository> {
  const made = await madeRepository();
  made.edit('flux-repo.yaml', app, db);
  put(made, file, ciphertext);
  const { code, err } = await made.run('apply', '--yes', '--commit');
  if (code !== 0) throw new Error(err);
  made.git('add', '--all');
  made.git('commit', '--quiet', '--message=Encrypted');
  return made;
}

test('an environment like another one gets the Secrets of that, still to be given', async () => {
  const { run, read } = await withSecret();
  const { code, out } = await run('add', 'environment', 'qa', '--from', 'production', '--yes');
  expect(code).toBe(0);
  expect(out.replaceAll('\n', ' ')).toContain(
    'Declared for qa too, with values of their own that are still to be given: db of app web.',
  );
  expect(read('flux-repo.yaml')).toContain('environments: [production, qa]');
  const cluster = await run('add', 'cluster', 'qa', '--yes');
  expect(cluster.out.replaceAll('\n', ' ')).toContain(`${npx} secrets create db --app web`);
  expect((await run('apply')).out).toContain('Nothing to do');
});

describe('a Secret that is declared by hand', () => {
  test('is wired by apply, and named with the command that writes its file', async () => {
    const made = await madeRepository();
    made.edit('flux-repo.yaml', app, db);
    const { code, out } = await made.run('apply', '--yes');
    expect(code).toBe(0);
    const said = out.replace(/\s+/g, ' ');
    expect(said).toContain(
      'Secret db of app web in production has no file yet, and what lists it does not build until then:',
    );
    expect(said).toContain(`${npx} secrets create db --app web --environment production`);
    expect(made.read(`${folder}/kustomization.yaml`)).toContain('  - ../../../base/web\n  - db.sops.yaml\n');
    expect(made.read(`${folder}.yaml`)).toContain('  decryption:\n    provider: sops\n');
    expect(made.read('apps/overlays/staging/web.yaml')).not.toContain('decryption');
    expect(existsSync(join(made.root, file))).toBe(false);
    expect((await made.run('apply')).out).toMatch(/^Nothing to do/);
  });

  test('is no hand edit in what programs are told', async () => {
    const made = await madeRepository();
    made.edit('flux-repo.yaml', app, db);
    const { changes, problems } = outputDocument((await made.run('diff', '--json')).out);
    expect(changes).toContainEqual({
      path: file,
      action: 'kept',
      unit: 'app-web',
      ownership: 'sealed',
      reason: 'no file yet',
    });
    expect(problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', message: expect.stringContaining('has no file yet') }),
    );
  });
});

describe('an encrypted file', () => {
  test('is left by apply and add, whatever it holds, and nothing is said of it', async () => {
    const made = await withSecret();
    made.edit('flux-repo.yaml', '  staging: {}', '  staging:\n    intervals:\n      apps: 3m');
    writeFileSync(join(made.root, file), `${ciphertext}# by hand\n`);
    const { code, out } = await made.run('apply', '--yes');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.not.stringContaining('kept') });
    expect((await made.run('add', 'app', 'api', '--yes')).code).toBe(0);
    expect(made.read(file)).toBe(`${ciphertext}# by hand\n`);
  });

  test('stays when its declaration goes, no longer wired, and is named each time', async () => {
    const made = await withSecret();
    made.edit('flux-repo.yaml', db, app);
    for (const _ of [1, 2]) {
      const { code, out } = await made.run('apply', '--yes');
      expect(code).toBe(0);
      expect(out.replace(/\s+/g, ' ')).toContain(`${file} is declared nowhere any more`);
      expect(made.read(file)).toBe(ciphertext);
    }
    expect(made.read(`${folder}/kustomization.yaml`)).not.toContain('db.sops.yaml');
    expect(made.read(`${folder}.yaml`)).not.toContain('decryption');
  });

  test('that two branches changed is left to the person by resolve', async () => {
    const made = await withSecret();
    const change = (name: string) => {
      writeFileSync(join(made.root, file), ciphertext.replace('data:x', `data:${name}`));
      made.git('commit', '--quiet', '--all', `--message=${name}`);
    };
    made.git('switch', '--quiet', '--create', 'other');
    change('theirs');
    made.git('switch', '--quiet', 'main');
    change('ours');
    expect(() => made.git('merge', '--quiet', 'other')).toThrow();
    const { code, err } = await made.run('resolve', '--yes');
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining(file) });
    expect(made.read(file)).toContain('<<<<<<<');
  });
});

test('create from answers that declare Secrets says how their files come to be', async () => {
  const system = testSystem();
  writeFileSync(
    join(system.cwd, 'answers.yaml'),
    `clusters:
  eu: {environment: production, secrets: {registry: {keys: [.dockerconfigjson]}}}
secrets: {keyScope: environment}
components: {}
apps:
  web: {image: nginx, secrets: {db: {environments: [production], keys: [password]}}}
`,
  );
  const { code, out } = await runMain(system, ['demo', '--yes', '--config', 'answers.yaml']);
  expect(code).toBe(0);
  expect(out).toContain(`${npx} -C demo secrets create db --app web --environment production\n`);
  expect(out).toContain(`${npx} -C demo secrets create registry --cluster eu\n`);
  expect(out).not.toContain('Note:');
  expect(out).toMatch(/--from-file=environment-production\.agekey=\S+ --from-file=cluster-eu\.agekey=/);
  const [keys = ''] = readdirSync(join(system.home, '.config/create-flux-repo/keys'));
  expect(readdirSync(join(system.home, '.config/create-flux-repo/keys', keys)).sort()).toEqual([
    'cluster-eu.agekey',
    'environment-production.agekey',
    'recovery.agekey',
  ]);
});

test('where environments have keys, a cluster gets its own with its first Secret', async () => {
  const made = await madeRepository([
    '--key-scope',
    'environment',
    '--cluster',
    'eu:production',
    '--cluster',
    'us:production',
  ]);
  expect(made.read('.sops.yaml')).not.toContain('secrets');
  made.edit(
    'flux-repo.yaml',
    '  eu:\n    environment: production\n',
    '  eu:\n    environment: production\n    secrets:\n      token:\n        keys: [a]\n',
  );
  const { code, out } = await made.run('apply', '--yes');
  expect(code).toBe(0);
  expect(out).toContain(`${npx} secrets push-key eu --context CONTEXT\n`);
  expect(out).not.toContain('push-key us');
  expect(made.read('.sops.yaml')).toMatch(/\^secrets\[\/\\\\\]eu\[.*\n(.*\n)*? *- age1\S+ # cluster eu\n/);
  expect(made.read('.sops.yaml')).not.toContain('cluster us');
  expect(made.read('clusters/eu/infrastructure.yaml')).toContain('  dependsOn:\n    - name: cluster-secrets\n');
  expect(existsSync(join(made.root, 'clusters/us/secrets.yaml'))).toBe(false);
  expect(made.read('flux-repo.yaml')).toMatch(/eu:\n {4}environment: production\n {4}recipients:\n {6}- age1/);
});

test('with the strategy none a declaration makes no file and no wiring', async () => {
  const made = await madeRepository(['--secrets', 'none', '--app', 'web']);
  made.edit('flux-repo.yaml', app, db);
  const { out } = await made.run('apply', '--yes');
  expect(out).not.toContain('no file yet');
  expect(made.read(`${folder}/kustomization.yaml`)).not.toContain('sops');
  expect(made.read(`${folder}.yaml`)).not.toContain('decryption');
});
