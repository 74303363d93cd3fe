import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FakeForge } from '../../publish/fake-forge.ts';
import { repositoryForForge } from '../../publish/published-repository.ts';
import type { MadeRepository } from '../../support/made-repository.ts';

async function withApp(repository: MadeRepository): Promise<void> {
  expect((await repository.run('add', 'app', 'api', '--image', 'api:1', '--yes')).code).toBe(0);
}

/** A colleague's commit on the server. */
function theirCommit(forge: FakeForge): string {
  const who = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
  const tree = forge.git('acme/demo', 'rev-parse', 'main^{tree}');
  const commit = forge.git('acme/demo', ...who, 'commit-tree', tree, '-p', 'main', '-m', 'Theirs');
  forge.git('acme/demo', 'update-ref', 'refs/heads/main', commit);
  return commit;
}

describe('publish --commit', () => {
  test('commits what was generated, and publishes that', async () => {
    const { forge, repository } = await repositoryForForge();
    await withApp(repository);
    repository.write('notes.txt', 'mine');
    const planned = await repository.run('publish', '--commit', '--dry-run');
    expect([planned.code, planned.out]).toEqual([0, expect.stringContaining('Commit the files')]);
    const { code, err } = await repository.run('publish', '--commit', '--yes');
    expect(code, err).toBe(0);
    expect(repository.git('status', '--short')).toBe('?? notes.txt');
    expect(repository.git('log', '-1', '--format=%s')).toContain('app api');
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
    expect(forge.git('acme/demo', 'ls-tree', '--name-only', '-r', 'main')).toContain('apps/base/api/deployment.yaml');
    const head = repository.git('rev-parse', 'HEAD');
    expect((await repository.run('publish', '--commit')).out).toContain('Nothing to do');
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
  });

  test('brings what is published already up to date', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    await withApp(repository);
    const planned = await repository.run('publish', '--commit', '--dry-run');
    expect(planned.out).toMatch(/Commit the files[\s\S]*Push main to/);
    expect((await repository.run('publish', '--commit', '--yes')).code).toBe(0);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
  });

  test('makes the first commit', async () => {
    const { forge, repository } = await repositoryForForge();
    repository.git('update-ref', '-d', 'HEAD');
    repository.git('rm', '-r', '--quiet', '--cached', '.');
    const { code, err } = await repository.run('publish', '--commit', '--yes');
    expect(code, err).toBe(0);
    expect(repository.git('status', '--short')).toBe('');
    expect(repository.git('ls-files', '--stage', '.githooks/pre-commit')).toMatch(/^100755/);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
  });

  test('leaves edits of the model to apply, and other branches to the person', async () => {
    const { forge, repository } = await repositoryForForge();
    await withApp(repository);
    repository.git('switch', '--quiet', '--create', 'work');
    const elsewhere = await repository.run('publish', '--commit', '--yes');
    expect([elsewhere.code, elsewhere.err]).toEqual([2, expect.stringContaining('git switch main')]);
    repository.git('switch', '--quiet', 'main');
    repository.edit('flux-repo.yaml', 'image: api:1', 'image: api:2');
    const edited = await repository.run('publish', '--commit', '--yes');
    expect([edited.code, edited.err]).toEqual([2, expect.stringContaining('apply --commit')]);
    expect(forge.writes()).toEqual([]);
  });

  test('commits nothing on top of what lacks the commits of others, and follows them once they are here', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    const theirs = theirCommit(forge);
    const head = repository.git('rev-parse', 'HEAD');
    await withApp(repository);
    const { code, err } = await repository.run('publish', '--commit', '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('git pull --ff-only origin main')]);
    expect(repository.git('rev-parse', 'HEAD')).toBe(head);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(theirs);
    expect((await repository.run('publish', '--commit', '--dry-run')).code).toBe(1);
    repository.git('fetch', '--quiet', join(forge.root, 'acme/demo.git'), 'main');
    repository.git('merge', '--quiet', '--ff-only', 'FETCH_HEAD');
    expect((await repository.run('publish', '--commit', '--yes')).code).toBe(0);
    expect(forge.git('acme/demo', 'log', '--format=%s', 'main')).toContain('Theirs');
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(repository.git('rev-parse', 'HEAD'));
  });

  test('overwrites nothing that others pushed while it committed', async () => {
    const { forge, repository } = await repositoryForForge();
    await repository.run('publish', '--yes');
    await withApp(repository);
    let theirs = '';
    const looks = () => forge.requests.filter((request) => request.endsWith('/info/refs')).length;
    const before = looks();
    forge.before = () => {
      if (theirs === '' && looks() === before + 2) theirs = theirCommit(forge);
      return undefined;
    };
    const { code, out } = await repository.run('publish', '--commit', '--yes', '--json');
    const { error, steps } = JSON.parse(out);
    expect([code, error.code, error.hint]).toEqual([
      1,
      'repository-diverged',
      expect.stringContaining('git pull --rebase origin main'),
    ]);
    const states = steps.map(({ id, state }: { id: string; state: string }) => `${id} ${state}`);
    expect(states).toEqual(expect.arrayContaining(['git-commit done', 'push failed']));
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(theirs);
  });
});
