import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeSsh } from '../../publish/fake-ssh.ts';
import type { ForgeKey } from '../../publish/forge-routes.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { keysFolderOf } from '../../support/repository-with-secrets.ts';

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
if (!hasSshKeygen) console.warn('SKIPPED the rotation of deploy keys: there is no ssh-keygen.');

/** Published, with a person's lines of known_hosts beside the key. */
async function published() {
  const { forge, repository } = await repositoryForForge();
  const { code, err } = await repository.run('publish', '--yes');
  if (code !== 0) throw new Error(err);
  const folder = join(keysFolderOf(repository), 'deploy-key-production');
  writeFileSync(join(folder, 'known_hosts'), '[127.0.0.1]:2222 ssh-ed25519 AAAA\n');
  const keys = () => forge.repositories.get('acme/demo')?.keys ?? [];
  return { forge, repository, folder, keys };
}

const titles = (keys: readonly ForgeKey[]) => keys.map(({ title }) => title.replace(/\d{4}-\d\d-\d\d/, 'DATE'));

describe('keys list', () => {
  test('shows whose they are, what they may, and what is missing', async () => {
    const { repository, keys } = await published();
    keys().push({ id: 50, title: 'old CI', key: 'ssh-ed25519 AAAAx', read_only: false });
    keys().splice(1, 1);
    const { code, out } = await repository.run('keys', 'list');
    expect(code).toBe(0);
    expect(out).toContain('Deploy keys of acme/demo on 127.0.0.1');
    expect(out).toMatch(/^production +flux production +read +private half here$/m);
    expect(out).toMatch(/^\(not ours\) +old CI +write$/m);
    expect(out).toMatch(/^staging +not at the provider +private half here$/m);
    expect(out).toContain('Cluster staging has none.');
    const { result } = outputDocument((await repository.run('keys', 'list', '--json')).out);
    expect(result).toMatchObject({ deployKeys: { length: 3 } });
  });

  test('of a repository that nobody published says so', async () => {
    const { repository } = await repositoryForForge();
    const { code, err } = await repository.run('keys', 'list');
    expect([code, err]).toEqual([1, expect.stringMatching(/not visible[\s\S]*publish/)]);
  });
});

describe.skipIf(!hasSshKeygen)('keys rotate', () => {
  test('adds and proves a new key, and removes the old one when the cluster has it', async () => {
    const { forge, repository, folder, keys } = await published();
    fakeSsh(forge, repository);
    const before = readFileSync(join(folder, 'identity'), 'utf8');
    const first = await repository.run('keys', 'rotate', 'production', '--yes');
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('ok Read the repository with it over SSH')]);
    expect(titles(keys())).toEqual(['flux production', 'flux staging', 'flux production DATE']);
    expect(first.out).toMatch(/--from-file=\S+deploy-key-production\.next .*kubectl apply/);
    expect(first.out).toContain('keys rotate production --yes --confirm production');
    expect(readFileSync(join(folder, 'identity'), 'utf8')).toBe(before);

    const again = await repository.run('keys', 'rotate', 'production', '--yes');
    expect([again.code, keys().length]).toEqual([0, 3]);

    const last = await repository.run('keys', 'rotate', 'production', '--yes', '--confirm', 'production');
    expect([last.code, last.out]).toEqual([0, 'production has a new deploy key, and the old one is gone.\n']);
    expect(titles(keys())).toEqual(['flux staging', 'flux production DATE']);
    expect(existsSync(`${folder}.next`)).toBe(false);
    expect(readFileSync(join(folder, 'identity.pub'), 'utf8')).toBe(`${keys()[1]?.key}\n`);
    expect((await repository.run('publish')).out).toContain('Nothing to do');
  });

  test('removes nothing when the new key does not open the repository', async () => {
    const { forge, repository, keys } = await published();
    fakeSsh(forge, repository, 'git@127.0.0.1: Permission denied (publickey).');
    expect((await repository.run('keys', 'rotate', 'production', '--yes')).code).toBe(1);
    const { code, err } = await repository.run('keys', 'rotate', 'production', '--yes', '--confirm', 'production');
    expect([code, err]).toEqual([1, expect.stringContaining('does not let the new deploy key read')]);
    expect(titles(keys())).toContain('flux production');
  });

  test('wants somebody to vouch for the server, and never believes another one', async () => {
    const { forge, repository, keys, folder } = await published();
    fakeSsh(forge, repository, 'Host key verification failed.');
    const wrong = await repository.run('keys', 'rotate', 'production', '--yes');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('not the one that known_hosts names')]);
    writeFileSync(join(folder, '../deploy-key-staging/x'), '');
    const none = await repository.run('keys', 'rotate', 'staging', '--yes');
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('ssh-keyscan -p 2222 127.0.0.1')]);
    expect(titles(keys())).toEqual(expect.arrayContaining(['flux production', 'flux staging']));
  });

  test('confirms no key that is not there yet: the cluster goes on reading with the one that it has', async () => {
    const { forge, repository, keys } = await published();
    const before = forge.writes().length;
    const { code, err } = await repository.run('keys', 'rotate', 'production', '--yes', '--confirm', 'production');
    expect([code, err]).toEqual([3, expect.stringContaining('No rotation is under way')]);
    expect([titles(keys()), forge.writes().length]).toEqual([['flux production', 'flux staging'], before]);
  });

  test('without a way to the server leaves the proof to the person', async () => {
    const { forge, repository, keys } = await published();
    fakeSsh(forge, repository, 'ssh: connect to host 127.0.0.1 port 2222: Connection refused');
    const first = await repository.run('keys', 'rotate', 'production', '--yes');
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('cannot be reached over SSH')]);
    await repository.run('keys', 'rotate', 'production', '--yes', '--confirm', 'production');
    expect(titles(keys())).toEqual(['flux staging', 'flux production DATE']);
  });

  test('of a cluster that is not there is refused before anything is sent', async () => {
    const { forge, repository } = await published();
    const before = forge.writes().length;
    const { code, err } = await repository.run('keys', 'rotate', 'productoin', '--yes');
    expect([code, err]).toEqual([2, expect.stringContaining('keys rotate production')]);
    const dry = await repository.run('keys', 'rotate', 'production', '--dry-run');
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('It would: Make a new deploy key for production')]);
    expect(forge.writes()).toHaveLength(before);
  });
});

describe('keys revoke', () => {
  test('wants the name twice, and takes the key away on both sides', async () => {
    const { repository, folder, keys } = await published();
    const asked = await repository.run('keys', 'revoke', 'production', '--yes');
    expect([asked.code, asked.err]).toEqual([3, expect.stringContaining('--confirm production')]);
    const { code, out } = await repository.run('keys', 'revoke', 'production', '--confirm', 'production');
    expect([code, out]).toEqual([0, 'production has no deploy key any more.\n']);
    expect([titles(keys()), existsSync(folder)]).toEqual([['flux staging'], false]);
    const again = await repository.run('keys', 'revoke', 'production', '--confirm', 'production');
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('has no deploy key')]);
  });
});
