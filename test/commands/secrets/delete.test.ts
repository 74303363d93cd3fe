import { describe, expect, test } from 'vitest';
import { outputDocument } from '../../support/output-schema.ts';
import { secretsRepository, webDb, withDb } from '../../support/secrets-repository.ts';

const whole = ['delete', 'db', '--app', 'web', '--confirm', 'db', '--yes'];

describe('secrets delete', () => {
  test('takes files, what refers to them, and the declaration: as if it had never been', async () => {
    const { secrets, files, git, run } = await withDb();
    const { code, out, err } = await secrets(whole);
    expect({ code, err }).toMatchObject({ code: 0 });
    git('add', '.');
    expect(git('diff', '--cached', '--stat', 'HEAD~1')).toBe('');
    expect(Object.keys(files()).filter((path) => path.endsWith('.sops.yaml'))).toEqual(['.sops.yaml']);
    expect(out).toContain('Flux deletes Secret web/db; what uses it is for you to change first.');
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('the command that confirms keeps --commit', async () => {
    const { secrets } = await withDb();
    const { code, err } = await secrets(['delete', 'db', '--app', 'web', '--yes', '--commit']);
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('--confirm db --commit --yes\n') });
  });

  test('in one environment: the other keeps it', async () => {
    const { secrets, read, files, run } = await withDb();
    expect((await secrets(['delete', 'db', '--environment', 'staging', '--confirm', 'db', '--yes'])).code).toBe(0);
    expect(read('flux-repo.yaml')).toContain('        environments:\n          - production\n        keys:\n');
    expect(Object.keys(files())).toContain(webDb('production'));
    expect(Object.keys(files())).not.toContain(webDb('staging'));
    expect(read('apps/overlays/staging/web.yaml')).not.toContain('decryption');
    expect(read('apps/overlays/production/web.yaml')).toContain('decryption');
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('takes the declaration away too where it names an environment without a cluster', async () => {
    const { secrets, edit, read, run } = await withDb();
    expect((await run('add', 'environment', 'qa', '--yes')).code).toBe(0);
    edit('flux-repo.yaml', '          - production\n', '          - production\n          - qa\n');
    expect((await run('apply', '--yes')).code).toBe(0);
    expect((await secrets(whole)).code).toBe(0);
    expect(read('flux-repo.yaml')).not.toContain('db:');
  });

  test('by the path of one file', async () => {
    const { secrets, git } = await withDb();
    expect((await secrets(['delete', webDb('staging'), '--confirm', 'db', '--yes'])).code).toBe(0);
    expect(git('status', '--porcelain')).toContain(` D ${webDb('staging')}`);
    expect(git('status', '--porcelain')).not.toContain(webDb('production'));
  });

  test("a cluster's goes with the folder and the Kustomization that were for it alone", async () => {
    const { secrets, beside, files } = await secretsRepository();
    const before = files();
    const token = ['--from-file', beside('token', 'x'), '--yes'];
    expect((await secrets(['create', 'git-token', '--cluster', 'staging', ...token])).code).toBe(0);
    expect(Object.keys(files())).toContain('clusters/staging/secrets.yaml');
    const { code } = await secrets(['delete', 'git-token', '--confirm', 'git-token', '--yes']);
    expect(code).toBe(0);
    expect(files()).toEqual(before);
  });

  test('must be confirmed: --yes alone is not enough', async () => {
    const { secrets, git } = await withDb();
    const { code, err } = await secrets(['delete', 'db', '--app', 'web', '--yes']);
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('must be confirmed') });
    expect(err).toContain('secrets delete db --app web --confirm db --yes');
    const wrong = await secrets(['delete', 'db', '--app', 'web', '--confirm', 'web', '--yes']);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('the Secret is called db') });
    expect(git('status', '--porcelain')).toBe('');
  });

  test('--dry-run needs no confirmation and deletes nothing', async () => {
    const { secrets, git } = await withDb();
    const { code, out } = await secrets(['delete', 'db', '--dry-run', '--json']);
    expect(code).toBe(0);
    const gone = outputDocument(out).changes.filter(({ action }) => action === 'delete');
    expect(gone.map(({ path }) => path)).toEqual([webDb('production'), webDb('staging')]);
    expect(git('status', '--porcelain')).toBe('');
  });

  test('a Secret that is not declared, and one that several have', async () => {
    const { secrets } = await withDb();
    expect(await secrets(['delete', 'bd', '--yes'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean db?'),
    });
    await secrets(['create', 'db', '--cluster', 'staging', '--yes'], 'a=b');
    expect(await secrets(['delete', 'db', '--yes'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('several have a secret db: say whose'),
    });
  });
});
