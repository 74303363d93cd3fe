import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publicHalf } from '../../../src/secrets/deploy-keys/deploy-key.ts';
import { Secret } from '../../../src/secrets/secret.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { keysFolderOf } from '../../support/repository-with-secrets.ts';

describe('publishing to a server', () => {
  test('makes the repository, pushes, gives each cluster a key, and the second time does nothing', async () => {
    const { forge, repository } = await repositoryForForge();
    const first = await repository.run('publish', '--yes');
    expect(first.err).toContain('ok Create the private repository acme/demo');
    expect(first.code).toBe(0);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
    expect(repository.git('remote', 'get-url', 'origin')).toBe(`${forge.url}/acme/demo.git`);
    expect(repository.git('status', '--short', '--branch')).toBe('## main...origin/main');
    const { keys, protections } = forge.repositories.get('acme/demo') ?? { keys: [], protections: [] };
    expect(keys.map(({ title, read_only }) => [title, read_only])).toEqual([
      ['flux production', true],
      ['flux staging', true],
    ]);
    expect(protections).toMatchObject([{ rule_name: 'main', enable_push: true }]);
    const folder = join(keysFolderOf(repository), 'deploy-key-production');
    expect(statSync(join(folder, 'identity')).mode & 0o777).toBe(0o600);
    const identity = new Secret(readFileSync(join(folder, 'identity'), 'utf8'));
    expect(publicHalf(identity)).toBe(keys[0]?.key);
    expect(readFileSync(join(folder, 'identity.pub'), 'utf8')).toBe(`${keys[0]?.key}\n`);
    expect(first.out).toContain(`--from-file=$HOME/.config/create-flux-repo/keys/demo-abababab/deploy-key-production`);
    expect(first.out).toContain(
      `flux bootstrap gitea --hostname=https://${new URL(forge.url).host} --ssh-hostname=127.0.0.1:2222 --owner=acme `,
    );

    const written = forge.writes().length;
    const head = repository.git('rev-parse', 'HEAD');
    const second = await repository.run('publish');
    expect([second.code, second.out]).toEqual([0, `Nothing to do: ${forge.url}/acme/demo has all of it.\n`]);
    expect(forge.writes()).toHaveLength(written);
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  });

  test('a dry run reads, prints the plan, and writes nothing on either side', async () => {
    const { forge, repository } = await repositoryForForge();
    const before = repository.files();
    const { code, out } = await repository.run('publish', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('It would:\n');
    expect(out).toContain('Create the private repository acme/demo');
    expect(out).toContain('Give cluster staging a deploy key, read only');
    expect(forge.writes()).toEqual([]);
    expect(repository.files()).toEqual(before);
    expect(existsSync(join(repository.root, '.git/create-flux-repo'))).toBe(false);
    expect(existsSync(join(keysFolderOf(repository), 'deploy-key-production'))).toBe(false);
  });

  test('without a terminal nothing is done that nobody agreed to', async () => {
    const { forge, repository } = await repositoryForForge();
    const { code, err } = await repository.run('publish');
    expect([code, err]).toEqual([2, expect.stringContaining('publish --yes')]);
    const more = await repository.run('publish', '--protection', 'none', '--keys-dir', '/tmp/none');
    expect(more.err).toContain('publish --keys-dir /tmp/none --protection none --yes');
    expect(forge.writes()).toEqual([]);
  });

  test('commits made later are pushed onto what is there', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    await repository.run('add', 'app', 'api', '--yes', '--commit');
    const { code, out } = await repository.run('publish', '--yes');
    expect([code, out]).toEqual([0, expect.stringContaining('Published')]);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
  });

  test('does not open a branch again that was protected more strictly', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes', '--protection', 'pull-requests');
    const strict = structuredClone(forge.repositories.get('acme/demo')?.protections);
    expect(strict).toMatchObject([{ enable_push_whitelist: true }]);
    expect((await repository.run('publish', '--yes')).code).toBe(0);
    expect(forge.repositories.get('acme/demo')?.protections).toEqual(strict);
  });

  test('tells scripts what it made, and never the token', async () => {
    const { forge, repository } = await repositoryForForge();
    const { code, out, err } = await repository.run('publish', '--yes', '--json');
    expect(code).toBe(0);
    const { result, steps } = outputDocument(out);
    expect(result).toMatchObject({
      url: `${forge.url}/acme/demo`,
      sshUrl: 'ssh://git@127.0.0.1:2222/acme/demo.git',
      deployKeys: [{ cluster: 'production', title: 'flux production' }, { cluster: 'staging' }],
    });
    expect(steps.map(({ state }) => state)).toEqual(steps.map(() => 'done'));
    expect(out + err).not.toContain(forge.token);
  });
});
