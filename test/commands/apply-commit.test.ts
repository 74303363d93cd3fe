import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../support/made-repository.ts';

const fasterApps = ['  staging: {}', '  staging:\n    intervals:\n      apps: 3m'] as const;

describe('our bookkeeping', () => {
  const deployment = 'apps/base/web/deployment.yaml';

  test('of edits and deletions by hand is not written alone: after "Nothing to do" git has nothing new', async () => {
    const { run, edit, root, git } = await madeRepository();
    edit(deployment, 'replicas: 2', 'replicas: 5');
    rmSync(join(root, 'apps/base/web/httproute.yaml'));
    git('commit', '--quiet', '--all', '--message=Mine');
    expect((await run('apply')).out).toContain('Nothing to do');
    expect((await run('apply', '--yes', '--commit')).out).toContain('Nothing to do');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('rev-list', '--count', 'HEAD')).toBe('2');
  });

  test('of a model that changes no file is told, and is committed like any other change', async () => {
    const { run, edit, git } = await madeRepository();
    edit(deployment, 'replicas: 2', 'replicas: 5');
    edit('flux-repo.yaml', '    image: nginx:1.27\n', '    image: nginx:1.27\n    replicas: 3\n');
    git('commit', '--quiet', '--all', '--message=Mine');
    const { code, out } = await run('apply');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Applied flux-repo\.yaml\.\nNo file changes/),
    });
    expect(out).toContain('git add .flux-repo flux-repo.yaml');
    expect((await run('apply', '--commit')).out).toContain('Applied flux-repo.yaml.');
    expect(git('status', '--porcelain')).toBe('');
    expect((await run('apply', '--commit')).out).toContain('Nothing to do');
    expect(git('rev-list', '--count', 'HEAD')).toBe('3');
  });
});

describe('apply --commit after apply', () => {
  test('commits what that wrote, with the model, and no other edit', async () => {
    const { run, edit, git } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    expect((await run('apply', '--yes')).code).toBe(0);
    edit('apps/base/web/service.yaml', 'kind: Service', 'kind: Service # mine');
    const { code, out } = await run('apply', '--commit');
    expect(code).toBe(0);
    expect(out).toContain('Not in this commit, and not committed yet: apps/base/web/service.yaml.');
    expect(git('log', '-1', '--format=%B')).toBe(
      'Apply flux-repo.yaml: intervals of environment staging\n\nRegenerated:\n- app web\n- cluster staging',
    );
    expect(git('status', '--porcelain')).toBe(' M apps/base/web/service.yaml');
    expect((await run('apply', '--commit')).out).toContain('Not committed yet: apps/base/web/service.yaml.');
  });

  test('says in its message what is new, in the title where that fits', async () => {
    const { run, edit, git } = await madeRepository();
    const message = () => git('log', '-1', '--format=%B').split('\n\nRegenerated')[0];
    const web = '    image: nginx:1.27\n';
    edit('flux-repo.yaml', web, `${web}    interval: 3m\n    timeout: 7m\n`);
    expect((await run('apply', '--yes')).out).toContain(
      "--message 'Apply flux-repo.yaml: interval and timeout of app web'",
    );
    expect((await run('apply', '--commit')).code).toBe(0);
    expect(message()).toBe('Apply flux-repo.yaml: interval and timeout of app web');
    edit('flux-repo.yaml', ...fasterApps);
    edit('flux-repo.yaml', 'apps:\n', 'apps:\n  api: {image: nginx:1.27}\n');
    edit('flux-repo.yaml', 'interval: 3m', 'interval: 4m');
    expect((await run('apply', '--yes', '--commit')).code).toBe(0);
    expect(message()).toBe(
      'Apply flux-repo.yaml\n\nChanged:\n- intervals of environment staging\n- app api\n- interval of app web',
    );
  });

  test('has nothing to do without git', async () => {
    const { run } = await madeRepository(['--app', 'web', '--no-git']);
    expect(await run('apply', '--commit')).toMatchObject({ code: 0, out: expect.stringContaining('Nothing to do') });
  });

  test('commits a model in which only a comment is new', async () => {
    const { run, edit, git } = await madeRepository();
    edit('flux-repo.yaml', 'apps:\n', '# shops\napps:\n');
    expect((await run('apply', '--commit')).code).toBe(0);
    expect(git('log', '-1', '--format=%B')).toBe('Apply flux-repo.yaml');
    expect(git('status', '--porcelain')).toBe('');
  });
});
