import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addRepository } from '../../publish/forge-routes.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';

/** Without the breaks of lines. */
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('publishing tells what is in its way', () => {
  test('a server that takes the name otherwise', async () => {
    const { forge, repository } = await repositoryForForge();
    const told = { id: 9, full_name: 'acme/demo-1', clone_url: `${forge.url}/acme/demo-1.git`, private: true };
    forge.before = ({ method, path }) =>
      method === 'POST' && path === '/orgs/acme/repos'
        ? { status: 201, json: { ...told, ssh_url: 'ssh://git@x/acme/demo-1.git', html_url: forge.url } }
        : undefined;
    const { code, out } = await repository.run('publish', '--yes', '--json');
    expect([code, JSON.parse(out).error]).toMatchObject([1, { code: 'repository-name-changed' }]);
    expect(JSON.parse(out).error.message).toContain('has made acme/demo-1, not acme/demo');
    expect(forge.requests.some((each) => each.includes('git-receive-pack'))).toBe(false);
  });

  test('a repository that was renamed', async () => {
    const { forge, repository } = await repositoryForForge();
    addRepository(forge, 'acme/clusters');
    forge.before = ({ path }) =>
      path === '/repos/acme/demo'
        ? { status: 301, headers: { location: `${forge.url}/api/v1/repos/acme/clusters` } }
        : undefined;
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, flat(err)]).toEqual([1, expect.stringContaining('was renamed: it is acme/clusters now')]);
    expect(forge.writes()).toEqual([]);
  });

  test('a branch that the server protects', async () => {
    const { forge, repository } = await repositoryForForge();
    addRepository(forge, 'acme/demo');
    const hook = '#!/bin/sh\necho "Gitea: Not allowed to push to protected branch main" >&2\nexit 1\n';
    writeFileSync(join(forge.root, 'acme/demo.git/hooks/pre-receive'), hook, { mode: 0o755 });
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, flat(err)]).toEqual([1, expect.stringMatching(/protected branch main.*open a pull request/)]);
    expect(flat(err)).toContain('Nothing was changed there.');
  });

  test('commits on both sides', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    const who = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
    const theirs = forge.git('acme/demo', ...who, 'commit-tree', 'main^{tree}', '-p', 'main', '-m', 'Theirs');
    forge.git('acme/demo', 'update-ref', 'refs/heads/main', theirs);
    await repository.run('add', 'app', 'api', '--yes', '--commit');
    const written = forge.writes().length;
    const { code, out } = await repository.run('publish', '--yes', '--json');
    expect([code, JSON.parse(out).error]).toMatchObject([1, { code: 'repository-diverged' }]);
    expect(JSON.parse(out).error.hint).toContain('git pull --rebase origin main');
    expect([forge.writes().length, forge.git('acme/demo', 'rev-parse', 'main')]).toEqual([written, theirs]);
  });

  test('a token that is refused half-way is not sent again and again', async () => {
    const { forge, repository } = await repositoryForForge();
    forge.before = ({ method, path }) => (method !== 'GET' && path.endsWith('/keys') ? { status: 401 } : undefined);
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, flat(err)]).toEqual([1, expect.stringContaining('the token from GITEA_TOKEN is refused')]);
    const refused = forge.requests.lastIndexOf('POST /repos/acme/demo/keys');
    expect(forge.requests.slice(refused + 1)).toEqual([]);
  });

  test('several failures of steps that need each other not, and what is done', async () => {
    const { forge, repository } = await repositoryForForge();
    forge.before = ({ method, path }) =>
      method === 'POST' && path.endsWith('/keys') ? { status: 422, json: { message: 'no key today' } } : undefined;
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, flat(err)]).toEqual([1, expect.stringContaining('Done already: Create the private repository')]);
  });

  test('a limit, which ends the run instead of waiting, and the next one goes on', async () => {
    const { forge, repository } = await repositoryForForge();
    let isLimited = true;
    forge.before = ({ method, path }) =>
      isLimited && method === 'POST' && path.endsWith('/keys')
        ? { status: 429, json: { message: 'slow down' }, headers: { 'retry-after': '300' } }
        : undefined;
    const started = Date.now();
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, flat(err)]).toEqual([1, expect.stringContaining('Run the same command again in 5 min')]);
    expect(flat(err)).toContain('Done already: Create the private repository acme/demo');
    expect(Date.now() - started).toBeLessThan(60_000);
    expect(forge.requests.filter((each) => each === 'POST /repos/acme/demo/keys')).toHaveLength(1);
    expect(forge.repositories.get('acme/demo')?.protections).toEqual([]);
    isLimited = false;
    expect((await repository.run('publish', '--yes')).code).toBe(0);
    expect(forge.repositories.get('acme/demo')?.keys).toHaveLength(2);
  });
});
