import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateAgeKey } from '../../src/secrets/age-identity.ts';
import { identityIn, keysFolderOf, repositoryWithSecrets, secretValue } from '../support/repository-with-secrets.ts';

const isHere = spawnSync('sops', ['--version']).error === undefined;
if (!isHere) console.warn('SKIPPED rotated keys against the real sops: sops not found in PATH');

const file = 'apps/overlays/production/web/db.sops.yaml';

describe.skipIf(!isHere)('the real sops and readers that we change', () => {
  it('decrypts with either key while a rotation is under way, and only with the new one after it', async () => {
    const repository = await repositoryWithSecrets();
    const rotate = (...words: string[]) =>
      repository.run('secrets', 'rotate', '--cluster', 'production', '--yes', ...words);
    const folder = keysFolderOf(repository);
    const old = identityIn(join(folder, 'cluster-production.agekey'));
    const opens = (identity: string) => {
      const env = { PATH: process.env.PATH, HOME: repository.system.home, SOPS_AGE_KEY: identity };
      const options = { cwd: repository.root, env, encoding: 'utf8' } as const;
      const { status, stdout } = spawnSync(
        'sops',
        ['decrypt', '--extract', '["stringData"]["password"]', file],
        options,
      );
      return status === 0 && stdout.trim() === secretValue;
    };
    expect((await rotate()).code).toBe(0);
    const fresh = identityIn(join(folder, 'cluster-production.next.agekey'));
    expect([opens(old), opens(fresh)]).toEqual([true, true]);
    expect((await rotate('--confirm', 'production')).code).toBe(0);
    expect([opens(old), opens(fresh)]).toEqual([false, true]);
    expect(identityIn(join(folder, 'cluster-production.agekey'))).toBe(fresh);
  });

  it('has nothing to update after we added and removed somebody', async () => {
    const repository = await repositoryWithSecrets();
    const { identity, recipient } = await generateAgeKey();
    const updatekeys = () => {
      const key = identityIn(join(keysFolderOf(repository), 'recovery.agekey'));
      const env = { PATH: process.env.PATH, HOME: repository.system.home, SOPS_AGE_KEY: key };
      const options = { cwd: repository.root, env, encoding: 'utf8' } as const;
      return execFileSync('sops', ['updatekeys', '--yes', file], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    };
    await repository.run('secrets', 'recipients', 'add', 'ada', recipient, '--yes');
    const added = repository.read(file);
    updatekeys();
    expect(repository.read(file)).toBe(added);
    const env = { PATH: process.env.PATH, HOME: repository.system.home, SOPS_AGE_KEY: identity.reveal() };
    const { stdout } = spawnSync('sops', ['decrypt', file], { cwd: repository.root, env, encoding: 'utf8' });
    expect(stdout).toContain(secretValue);
    await repository.run('secrets', 'recipients', 'remove', 'ada', '--confirm', 'ada', '--yes');
    const removed = repository.read(file);
    updatekeys();
    expect(repository.read(file)).toBe(removed);
    expect(spawnSync('sops', ['decrypt', file], { cwd: repository.root, env }).status).not.toBe(0);
  });
});
