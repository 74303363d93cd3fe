import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FakeForge } from '../../publish/fake-forge.ts';
import { addRepository } from '../../publish/forge-routes.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';
import { madeRepository } from '../../support/made-repository.ts';
import { keysFolderOf } from '../../support/repository-with-secrets.ts';

/** Other content in the repository there: a commit that nobody here knows. */
function foreignCommit(forge: FakeForge, name: string): void {
  const tree = forge.git(name, 'hash-object', '-t', 'tree', '-w', '/dev/null');
  const who = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
  forge.git(name, 'update-ref', 'refs/heads/main', forge.git(name, ...who, 'commit-tree', tree, '-m', 'Theirs'));
}

describe('before anything is written', () => {
  test('a repository with other content is left alone', async () => {
    const { forge, repository } = await repositoryForForge();
    addRepository(forge, 'acme/demo');
    foreignCommit(forge, 'acme/demo');
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('acme/demo on 127.0.0.1')]);
    expect(err).toContain('holds other content');
    expect(err).toContain('repository.name');
    expect(forge.writes()).toEqual([]);
  });

  test('an archived one is refused, and all other reasons with it', async () => {
    const { forge, repository } = await repositoryForForge();
    addRepository(forge, 'acme/demo').archived = true;
    foreignCommit(forge, 'acme/demo');
    const { code, err, out } = await repository.run('publish', '--yes', '--json');
    expect([code, JSON.parse(out).error.code]).toEqual([1, 'repository-archived']);
    expect(err).toContain('archived');
    expect(forge.writes()).toEqual([]);
  });

  test('a public repository does not get what flux-repo.yaml calls private', async () => {
    const { forge, repository } = await repositoryForForge();
    addRepository(forge, 'acme/demo').isPrivate = false;
    const { code, err } = await repository.run('publish', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('is public, not private')]);
    expect(err.replace(/\s+/g, ' ')).toMatch(/Make it private in its settings .* or write visibility: public/);
    expect(forge.writes()).toEqual([]);
  });

  test('a token that is refused is sent once, and no token not at all', async () => {
    const { forge, repository } = await repositoryForForge();
    repository.system.env = { ...repository.system.env, GITEA_TOKEN: 'wrongwrongwrongwrong' };
    const refused = await repository.run('publish', '--yes');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('the token from GITEA_TOKEN is refused')]);
    expect(forge.requests).toEqual(['GET /user']);
    repository.system.env = { ...repository.system.env, GITEA_TOKEN: '' };
    const none = await repository.run('publish', '--yes');
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('Set GITEA_TOKEN')]);
    expect(forge.requests).toHaveLength(1);
  });

  test('without a provider, and without a commit, it says what to do', async () => {
    const { run } = await madeRepository();
    const { code, err } = await run('publish', '--yes');
    expect([code, err]).toEqual([2, expect.stringContaining('add them under repository in flux-repo.yaml')]);
    const { repository } = await repositoryForForge();
    repository.git('checkout', '-q', '-b', 'other');
    repository.git('branch', '-D', 'main');
    const uncommitted = await repository.run('publish', '--yes');
    expect([uncommitted.code, uncommitted.err]).toEqual([1, expect.stringContaining('branch main has no commit here')]);
  });
});

describe('when a step fails', () => {
  test('what others push in between is kept, and how to go on is said', async () => {
    const { forge, repository } = await repositoryForForge();
    forge.before = ({ path }) => {
      if (path.endsWith('git-receive-pack')) foreignCommit(forge, 'acme/demo');
      return undefined;
    };
    const { code, err } = await repository.run('publish', '--yes');
    expect(code).toBe(1);
    expect(err).toContain('Done already: Create the private repository acme/demo');
    expect(err).toContain('publish --yes');
    expect(forge.git('acme/demo', 'log', '--format=%s', 'main')).toBe('Theirs');
    expect(repository.git('status', '--short')).toBe('');
  });

  test('steps after it that need it not are done, and the command goes on with the rest', async () => {
    const { forge, repository } = await repositoryForForge();
    let barred = true;
    forge.before = ({ method, path }) =>
      barred && method === 'POST' && path.endsWith('/keys') ? { status: 500, json: { message: 'no disk' } } : undefined;
    const { code, out } = await repository.run('publish', '--yes', '--json');
    const { steps, error } = JSON.parse(out);
    expect([code, error.code]).toEqual([1, 'provider-failed']);
    expect(steps.filter(({ state }: { state: string }) => state === 'failed')).toHaveLength(2);
    expect(forge.repositories.get('acme/demo')?.protections).toHaveLength(1);
    barred = false;
    expect((await repository.run('publish', '--yes')).code).toBe(0);
    expect(forge.repositories.get('acme/demo')?.keys).toHaveLength(2);
  });

  test('a creation whose answer was lost is found, not made twice', async () => {
    const { forge, repository } = await repositoryForForge();
    const cut = new Set(['/orgs/acme/repos', '/repos/acme/demo/keys', '/repos/acme/demo/branch_protections']);
    forge.after = ({ method, path }) => method === 'POST' && cut.delete(path);
    const { code, err } = await repository.run('publish', '--yes');
    // Protection is not read back by us: it is looked at the next time.
    expect([code, err]).toEqual([1, expect.stringContaining('protect main')]);
    expect((await repository.run('publish', '--yes')).code).toBe(0);
    const { keys, protections } = forge.repositories.get('acme/demo') ?? {};
    expect([forge.repositories.size, keys?.length, protections?.length]).toEqual([1, 2, 1]);
  });

  test('a repository that not all of the server knows yet is waited for', async () => {
    const { forge, repository } = await repositoryForForge();
    let hidden = 2;
    forge.before = ({ path }) => (path.startsWith('git:/acme/demo') && hidden-- > 0 ? { status: 404 } : undefined);
    expect((await repository.run('publish', '--yes')).code).toBe(0);
    expect(hidden).toBeLessThan(1);
  });
});

describe('who may not administer the repository', () => {
  test('gets the keys to hand on, and the rest is done', async () => {
    const { forge, repository } = await repositoryForForge();
    addRepository(forge, 'acme/demo').admin = false;
    const { code, out } = await repository.run('publish', '--yes', '--protection', 'none');
    expect(code).toBe(0);
    expect(out).toMatch(
      /Add the deploy key "flux staging" \(read only\) to acme\/demo on [\d.:]+:\n +ssh-ed25519 AAAA\S+ staging@demo\n/,
    );
    expect(existsSync(join(keysFolderOf(repository), 'deploy-key-staging/identity'))).toBe(true);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
  });
});

describe('deploy keys', () => {
  test('that may write are never taken away, and it is said of ours', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    const there = forge.repositories.get('acme/demo');
    if (there?.keys[0] === undefined) throw new Error('there is no key');
    there.keys[0].read_only = false;
    there.keys.push({ id: 99, title: 'flux production', key: 'ssh-ed25519 AAAAsomebody', read_only: false });
    const keys = structuredClone(there.keys);
    forge.requests.length = 0;
    const { code, out, err } = await repository.run('publish', '--yes');
    expect([code, err.replace(/\s+/g, ' ')]).toEqual([0, expect.stringContaining('may write: take that away at')]);
    expect(out).not.toContain('Add the deploy key');
    expect([there.keys, forge.writes()]).toEqual([keys, []]);
  });

  test('whose private half is on another machine are not made again', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    const elsewhere = join(repository.system.home, 'elsewhere');
    const { code, out } = await repository.run('publish', '--yes', '--keys-dir', elsewhere);
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing to do')]);
    expect(forge.repositories.get('acme/demo')?.keys).toHaveLength(2);
  });
});
