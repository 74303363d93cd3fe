import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../support/made-repository.ts';
import { runMain, testSystem } from '../support/run-main.ts';

async function created(...argv: readonly string[]) {
  const system = testSystem();
  const { code, out, err } = await runMain(system, ['demo', '--yes', ...argv]);
  expect([code, err]).toEqual([0, expect.not.stringContaining('✗')]);
  const root = join(system.cwd, 'demo');
  return { system, out, root, read: (path: string) => readFileSync(join(root, path), 'utf8') };
}

describe('create with the strategy external-secrets', () => {
  test('brings the controller and a store, and says what is to be said of it', async () => {
    const { read, out } = await created('--secrets', 'external-secrets');
    expect(read('flux-repo.yaml')).toContain('  strategy: external-secrets\n  store:\n    provider: aws\n');
    expect(read('infrastructure/overlays/production/kustomization.yaml')).toContain('- external-secrets.yaml\n');
    expect(read('infrastructure/base/external-secrets/config/secret-store.yaml')).toContain(
      'region: ${aws_region:=eu-central-1}',
    );
    expect(out).toContain('Say under secrets.store in flux-repo.yaml where AWS Secrets Manager is');
    expect(out).not.toContain('recovery');
  });

  test('makes no key and no rules of SOPS', async () => {
    const { system, root } = await created('--secrets', 'external-secrets');
    expect(readdirSync(root)).not.toContain('.sops.yaml');
    expect(readdirSync(system.home)).toEqual([]);
  });
});

describe('create with the strategy sealed-secrets', () => {
  test('makes a key for each environment: its certificate here, its private half in the keys folder', async () => {
    const { read, system, out, root } = await created(
      '--secrets',
      'sealed-secrets',
      '--cluster',
      'a:live',
      '--cluster',
      'b:live',
    );
    expect(new X509Certificate(read('sealed-secrets/live.pem')).subject).toBe('CN=sealed-secrets live');
    expect(readdirSync(root)).not.toContain('.sops.yaml');
    const keys = join(system.home, '.config/create-flux-repo/keys');
    const [folder = ''] = readdirSync(keys);
    expect(readdirSync(join(keys, folder))).toEqual(['sealed-secrets-live.yaml']);
    const file = join(keys, folder, 'sealed-secrets-live.yaml');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(out).toContain('kubectl create namespace sealed-secrets');
    expect(out).toMatch(/kubectl apply -f \S+\/sealed-secrets-live\.yaml/);
    const privateKey = readFileSync(file, 'utf8').match(/tls\.key: (\S{60})/)?.[1] ?? '';
    expect(privateKey).not.toBe('');
    expect(out).not.toContain(privateKey);
  }, 60_000);

  test('a new environment gets a key, an old one keeps its own', async () => {
    const { run, read, files } = await madeRepository(['--secrets', 'sealed-secrets', '--cluster', 'a:live']);
    const before = read('sealed-secrets/live.pem');
    expect((await run('add', 'cluster', 'b', '--environment', 'live', '--yes')).code).toBe(0);
    expect((await run('add', 'environment', 'lab', '--yes')).code).toBe(0);
    const { code, out } = await run('add', 'cluster', 'c', '--environment', 'lab', '--yes');
    expect(code).toBe(0);
    expect(out).toMatch(/kubectl apply -f \S+\/sealed-secrets-lab\.yaml/);
    expect(Object.keys(files()).filter((path) => path.startsWith('sealed-secrets/'))).toEqual([
      'sealed-secrets/lab.pem',
      'sealed-secrets/live.pem',
    ]);
    expect(read('sealed-secrets/live.pem')).toBe(before);
  }, 60_000);

  test('apply leaves a certificate alone that a person put there', async () => {
    const { run, write, read } = await madeRepository(['--secrets', 'sealed-secrets', '--cluster', 'a:live']);
    write('sealed-secrets/live.pem', 'fetched from the cluster\n');
    const { code, out } = await run('apply', '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing to do')]);
    expect(read('sealed-secrets/live.pem')).toBe('fetched from the cluster\n');
  }, 60_000);
});

describe('create with the strategy none', () => {
  test('tells in the README which Secrets must be there', async () => {
    const { run, edit, read } = await madeRepository([
      '--secrets',
      'none',
      '--app',
      'web',
      '--cluster',
      'eu:production',
    ]);
    edit(
      'flux-repo.yaml',
      '    image: nginx:1.27\n',
      '    image: nginx:1.27\n    secrets:\n      db:\n        type: basic-auth\n        environments: [production]\n        keys: [password, username]\n',
    );
    expect((await run('apply', '--yes')).code).toBe(0);
    expect(read('README.md')).toContain(
      '| `web/db` | eu | `kubectl -n web create secret generic db --type=kubernetes.io/basic-auth --from-file=password=FILE --from-file=username=FILE` |',
    );
    expect(read('apps/overlays/production/web/kustomization.yaml')).not.toContain('db');
  });
});
