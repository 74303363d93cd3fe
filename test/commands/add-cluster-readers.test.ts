import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decryptFile } from '../../src/secrets/format/decrypt-file.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { changedPaths } from '../support/made-repository.ts';
import {
  identityIn,
  keysFolderOf,
  recipientsOf,
  repositoryWithSecrets,
  secretValue,
} from '../support/repository-with-secrets.ts';

const production = 'apps/overlays/production/web/db.sops.yaml';
const staging = 'apps/overlays/staging/web/db.sops.yaml';
const addition = ['add', 'cluster', 'eu', '--environment', 'production', '--yes'];

describe('a cluster that joins an environment with encrypted files', () => {
  test('reads them with a key of its own, and what is in them keeps its ciphertext', async () => {
    const repository = await repositoryWithSecrets();
    const { run, files, read } = repository;
    const before = files();
    const { code, out, err } = await run(...addition);
    expect(code, err).toBe(0);
    expect(out).toContain('The key of eu opens what its environment has encrypted: one file.');
    expect(changedPaths(before, files())).toContain(production);
    expect(changedPaths(before, files())).not.toContain(staging);
    const sealed = (text: string) => /password: (ENC\[.*\])/.exec(text)?.[1];
    expect(sealed(read(production))).toBe(sealed(before[production] ?? ''));
    expect(recipientsOf(repository, production)).toHaveLength(3);
    const identity = new Secret(identityIn(join(keysFolderOf(repository), 'cluster-eu.agekey')));
    const opened = await decryptFile({ text: read(production), file: production }, [identity]);
    expect(opened.text.reveal()).toContain(secretValue);
    expect((await run('secrets', 'verify')).code).toBe(0);
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('is refused when no private key at hand opens them, and nothing is written', async () => {
    const repository = await repositoryWithSecrets();
    const folder = keysFolderOf(repository);
    rmSync(folder, { recursive: true });
    const before = repository.files();
    const { code, err } = await repository.run(...addition);
    expect(code).toBe(1);
    expect(err).toContain(`cannot add cluster eu: cannot decrypt ${production}: no private key is at hand`);
    expect(err).toContain('It can be opened by: cluster production, recovery.');
    expect(err).toContain('--keys-dir DIR');
    expect(repository.files()).toEqual(before);
    expect(() => readFileSync(join(folder, 'cluster-eu.agekey'))).toThrow();
  });

  test('needs no private key where the environment has one key, and re-encrypts nothing', async () => {
    const repository = await repositoryWithSecrets({ argv: ['--layout', 'fleet'] });
    rmSync(keysFolderOf(repository), { recursive: true });
    const before = repository.files();
    const { code, out, err } = await repository.run(...addition);
    expect(code, err).toBe(0);
    expect(changedPaths(before, repository.files())).toEqual([
      '.flux-repo/lock/cluster-eu.json',
      '.flux-repo/lock/repository.json',
      'README.md',
      'clusters/eu/cluster-config.yaml',
      'clusters/eu/flux-system/gotk-components.yaml',
      'clusters/eu/flux-system/gotk-sync.yaml',
      'clusters/eu/flux-system/kustomization.yaml',
      'flux-repo.yaml',
    ]);
    expect(out).toContain('the key of its environment');
  });
});
