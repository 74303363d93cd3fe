import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';

const fasterApps = ['  staging: {}', '  staging:\n    intervals:\n      apps: 3m'] as const;

describe('diff', () => {
  test('is what apply does: git takes it, and then there is no difference', async () => {
    const { run, edit, files, git, system, root } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    edit('flux-repo.yaml', 'clusters:\n', 'clusters:\n  eu:\n    environment: production\n');
    edit('README.md', '# demo', '# Demo of ours');
    const before = files();
    const { code, out } = await run('diff');
    expect(code).toBe(0);
    expect(files()).toEqual(before);
    execFileSync('git', ['apply', '-'], { cwd: root, env: system.env, input: out });
    git('add', '--all');
    const byDiff = git('write-tree', '--prefix=clusters/');
    git('reset', '--quiet', '--hard');
    edit('flux-repo.yaml', ...fasterApps);
    edit('flux-repo.yaml', 'clusters:\n', 'clusters:\n  eu:\n    environment: production\n');
    expect((await run('apply', '--yes')).code).toBe(0);
    git('add', '--all');
    expect(git('write-tree', '--prefix=clusters/')).toBe(byDiff);
    expect(await run('diff', '--exit-code')).toMatchObject({ code: 0, out: '', err: '' });
  });

  test('stdout is the diff and nothing else; the exit code says whether there is one', async () => {
    const { run, edit } = await madeRepository();
    expect(await run('diff', '--exit-code')).toEqual({ code: 0, out: '', err: '' });
    edit('flux-repo.yaml', ...fasterApps);
    const { code, out, err } = await run('diff', '--exit-code');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/^diff --git a\/apps\/overlays\/staging\/web\.yaml b\/apps\/overlays\/staging\/web\.yaml\n/);
    expect(out.match(/^[-+] /gm)).toEqual(['- ', '+ ', '- ', '+ ']);
    expect((await run('diff')).code).toBe(0);
  });

  test('edits that apply keeps are no difference, nor is our bookkeeping of them', async () => {
    const { run, edit } = await madeRepository();
    edit('apps/base/web/deployment.yaml', 'replicas: 2', 'replicas: 5');
    expect(await run('diff', '--exit-code')).toMatchObject({ code: 0, out: '' });
  });

  test('in colour on a terminal', async () => {
    const { run, edit, system } = await madeRepository(undefined, { columns: 80 });
    edit('flux-repo.yaml', ...fasterApps);
    Object.assign(system.stdout, { getColorDepth: () => 4, hasColors: () => true });
    const before = process.env.NO_COLOR;
    delete process.env.NO_COLOR;
    try {
      expect((await run('diff')).out).toContain('\u001b[32m+  interval: 3m\u001b[39m');
    } finally {
      process.env.NO_COLOR = before;
    }
  });

  test('--json has it as data', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    const { code, out } = await run('diff', '--json', '--exit-code');
    expect(code).toBe(1);
    const document = outputDocument(out);
    expect(document).toMatchObject({ command: 'diff', ok: true, result: { differs: true } });
    expect(document.changes.filter(({ action }) => action === 'update').map(({ path }) => path)).toContain(
      'clusters/staging/apps.yaml',
    );
  });

  test('a conflict is told and has exit code 3', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    edit('apps/overlays/staging/web.yaml', 'interval: 10m', 'interval: 11m');
    const { code, err } = await run('diff', '--exit-code');
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('apply --theirs apps/overlays') });
    expect((await run('diff', '--theirs')).out).toContain('+  interval: 3m');
  });

  test('keys that apply would make are told beside it', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', 'clusters:\n', 'clusters:\n  eu:\n    environment: production\n');
    const { out, err } = await run('diff');
    expect(err).toContain('cluster-eu.agekey');
    expect(out).not.toContain('age1');
  });
});
