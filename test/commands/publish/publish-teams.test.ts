import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addRepository } from '../../publish/forge-routes.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';

const source = 'ssh://git@127.0.0.1:2222/acme/shop';

describe('keys of teams', () => {
  test('are registered at their repositories, once these are there', async () => {
    const { forge, repository } = await repositoryForForge();
    const hosts = '[127.0.0.1]:2222 ssh-ed25519 AAAA';
    const added = ['add', 'team', 'shop', '--source', source, '--known-hosts', hosts, '--yes', '--commit'];
    expect(await repository.run(...added)).toMatchObject({ code: 0 });
    const first = await repository.run('publish', '--yes');
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('not there yet, or not visible')]);
    addRepository(forge, 'acme/shop');
    const second = await repository.run('publish', '--yes');
    expect([second.code, second.err]).toEqual([0, expect.stringContaining('ok Let ssh://')]);
    const key = /deployKey: (.+)/.exec(repository.read('flux-repo.yaml'))?.[1];
    expect(forge.repositories.get('acme/shop')?.keys).toMatchObject([
      { title: expect.stringMatching(/^flux team shop of acme\/demo SHA256:\S{8}$/), key, read_only: true },
    ]);
    expect((await repository.run('publish')).out).toContain('Nothing to do');
  });

  test('fail alone where the server refuses to show the repository of a team', async () => {
    const { forge, repository } = await repositoryForForge();
    const hosts = '[127.0.0.1]:2222 ssh-ed25519 AAAA';
    const added = ['add', 'team', 'shop', '--source', source, '--known-hosts', hosts, '--yes', '--commit'];
    expect(await repository.run(...added)).toMatchObject({ code: 0 });
    addRepository(forge, 'acme/demo');
    let status = 403;
    forge.before = ({ path }) =>
      path.startsWith('/repos/acme/shop') ? { status, json: { message: 'not for you' } } : undefined;
    expect((await repository.run('publish', '--dry-run')).code).toBe(0);
    const { code, out } = await repository.run('publish', '--yes', '--json');
    const failed = JSON.parse(out).steps.filter(({ state }: { state: string }) => state !== 'done');
    expect([code, failed]).toEqual([1, [expect.objectContaining({ id: 'team-key-shop', state: 'failed' })]]);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
    expect(forge.repositories.get('acme/demo')?.protections).toHaveLength(1);
    status = 401;
    forge.requests.length = 0;
    expect(await repository.run('publish', '--yes')).toMatchObject({ code: 1 });
    expect(forge.requests.filter((request) => request.includes('/acme/shop'))).toHaveLength(1);
  });
});

describe('a plain git server', () => {
  test('is pushed to with the credentials that git has, and the rest is for a person', async () => {
    const { forge, repository } = await repositoryForForge({ provider: 'git' });
    addRepository(forge, 'acme/demo');
    const helper = `!f() { test "$1" = get && printf "username=ada\\npassword=${forge.token}\\n"; }; f`;
    writeFileSync(join(repository.system.home, 'gitconfig'), `[credential]\n\thelper = ${JSON.stringify(helper)}\n`);
    const first = await repository.run('publish', '--yes');
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('ok Push main')]);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
    expect(first.out).toMatch(/Add the deploy key "flux production" \(read only\)[^\n]*\n +ssh-ed25519/);
    expect(first.out).toContain('Protect main of acme/demo');
    expect((await repository.run('publish')).out).toContain('Nothing to do');
    const keys = await repository.run('keys', 'list');
    expect([keys.code, keys.err]).toEqual([1, expect.stringContaining('no API for deploy keys')]);
  });

  test('without the repository says what to do', async () => {
    const { forge, repository } = await repositoryForForge({ provider: 'git' });
    writeFileSync(join(repository.system.home, 'gitconfig'), '');
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('git is refused')]);
    expect(forge.requests).toEqual([]);
  });
});
