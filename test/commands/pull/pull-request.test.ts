import { describe, expect, test } from 'vitest';
import { repositoryForForge } from '../../publish/published-repository.ts';

async function published() {
  const made = await repositoryForForge();
  const { code, err } = await made.repository.run('publish', '--yes');
  if (code !== 0) throw new Error(err);
  return { ...made, pulls: () => made.forge.repositories.get('acme/demo')?.pulls ?? [] };
}

const addApi = ['add', 'app', 'api', '--image', 'api:1', '--yes', '--pull-request'];

describe('--pull-request', () => {
  test('commits to a branch, pushes it and opens a pull request that says what and why', async () => {
    const { forge, repository, pulls } = await published();
    const main = repository.git('rev-parse', 'main');
    const { code, out } = await repository.run(...addApi);
    expect(code).toBe(0);
    expect(out).toContain('http://forge/pulls/1');
    expect(repository.git('branch', '--show-current')).toBe('flux-repo-add-app-api');
    expect(repository.git('rev-parse', 'main')).toBe(main);
    expect(forge.git('acme/demo', 'rev-parse', 'main')).toBe(main);
    expect(forge.git('acme/demo', 'rev-parse', 'flux-repo-add-app-api')).toBe(repository.git('rev-parse', 'HEAD'));
    const [pull] = pulls();
    expect(pull).toMatchObject({ title: 'Add app api', head: 'flux-repo-add-app-api', base: 'main' });
    expect(pull?.body).toContain('## Why\n- Add app api\n');
    expect(pull?.body).toMatch(/Made by `npx create-flux-repo@\S+ add app api --image api:1 --pull-request`/);
    expect(pull?.body).toContain('- `apps/base/api/deployment.yaml` added\n');
    expect(pull?.body).not.toContain('.flux-repo/');
    expect(pull?.body).toMatch(
      /## Check\n`npx create-flux-repo@\S+ check` of this branch: No problems in \d+ files, 2 clusters\./,
    );
  });

  test('again does nothing, and what is changed on the branch comes to the same one', async () => {
    const { forge, repository, pulls } = await published();
    await repository.run(...addApi);
    const [writes, head] = [forge.writes().length, repository.git('rev-parse', 'HEAD')];
    const again = await repository.run(...addApi);
    expect([again.code, forge.writes().length, repository.git('rev-parse', 'HEAD')]).toEqual([0, writes, head]);
    expect((await repository.run('add', 'app', 'jobs', '--yes', '--pull-request')).code).toBe(0);
    expect(pulls()).toHaveLength(1);
    expect(pulls()[0]).toMatchObject({ title: 'Add app api' });
    expect(pulls()[0]?.body).toContain('- Add app api\n- Add app jobs\n');
  });

  test('tells what check finds that the branch brings, and what it mends', async () => {
    const { repository, pulls } = await published();
    const kustomization = 'apps/overlays/staging/kustomization.yaml';
    repository.edit(kustomization, 'resources: []', 'resources:\n  - gone.yaml');
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'Break it');
    repository.git('switch', '--quiet', '--create', 'mend');
    repository.edit(kustomization, 'resources:\n  - gone.yaml', 'resources: []');
    repository.edit('clusters/production/apps.yaml', 'name: infrastructure', 'name: infrastructures');
    repository.git('commit', '--quiet', '--all', '--message', 'Mend it');
    expect((await repository.run('add', 'app', 'jobs', '--yes', '--pull-request')).code).toBe(0);
    const body = pulls()[0]?.body ?? '';
    expect(body).toMatch(/of this branch: 1 error .*\n\nIt brings:\n\n- error `reference\/depends-on` in `clusters/);
    expect(body).toMatch(/It mends:\n\n- error `kustomize\/missing-file` in `apps\/overlays\/staging/);
  });

  test('goes on after a pull request that could not be opened', async () => {
    const { forge, repository, pulls } = await published();
    forge.before = ({ method, path }) =>
      method === 'POST' && path.endsWith('/pulls') ? { status: 500, json: { message: 'no' } } : undefined;
    const { code, err } = await repository.run(...addApi);
    expect([code, err]).toEqual([1, expect.stringContaining('committed on flux-repo-add-app-api')]);
    forge.before = () => undefined;
    expect((await repository.run('apply', '--yes', '--pull-request')).code).toBe(0);
    expect(pulls()).toHaveLength(1);
  });

  test('overwrites no commit that somebody else pushed to the branch', async () => {
    const { forge, repository } = await published();
    await repository.run(...addApi);
    const branch = 'refs/heads/flux-repo-add-app-api';
    const tree = forge.git('acme/demo', 'rev-parse', `${branch}^{tree}`);
    const who = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
    const theirs = forge.git('acme/demo', ...who, 'commit-tree', tree, '-p', branch, '-m', 'Theirs');
    forge.git('acme/demo', 'update-ref', branch, theirs);
    const { code, err } = await repository.run('add', 'app', 'jobs', '--yes', '--pull-request');
    expect([code, err]).toEqual([1, expect.stringContaining('has commits that are not here')]);
    expect(forge.git('acme/demo', 'rev-parse', branch)).toBe(theirs);
  });

  test('before anything is written looks whether it can be', async () => {
    const { repository } = await repositoryForForge();
    const before = repository.files();
    const unpublished = await repository.run(...addApi);
    expect([unpublished.code, unpublished.err]).toEqual([1, expect.stringContaining('needs a published repository')]);
    expect(repository.files()).toEqual(before);
    expect(repository.git('branch', '--show-current')).toBe('main');
    const there = await published();
    there.repository.git('branch', 'flux-repo-add-app-api');
    const waiting = await there.repository.run(...addApi);
    expect([waiting.code, waiting.err]).toEqual([2, expect.stringContaining('git switch flux-repo-add-app-api')]);
    there.repository.git('branch', '-D', 'flux-repo-add-app-api');
    const writes = there.forge.writes().length;
    const dry = await there.repository.run(...addApi.filter((word) => word !== '--yes'), '--dry-run');
    expect([dry.code, dry.out]).toEqual([0, expect.stringContaining('Go to branch flux-repo-add-app-api')]);
    expect([there.forge.writes().length, there.repository.git('branch', '--show-current')]).toEqual([writes, 'main']);
  });
});
