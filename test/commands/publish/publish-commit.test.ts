import { describe, expect, test } from 'vitest';
import { repositoryForForge } from '../../publish/published-repository.ts';
import type { MadeRepository } from '../../support/made-repository.ts';

async function withApp(repository: MadeRepository): Promise<void> {
  expect((await repository.run('add', 'app', 'api', '--image', 'api:1', '--yes')).code).toBe(0);
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
});
