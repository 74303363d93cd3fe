import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { npx } from '../../src/cli/program.ts';
import { sealed } from '../secrets/format/sealed-files.ts';
import { madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';
import { runMain, testSystem } from '../support/run-main.ts';

const plain =
  'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: web\nstringData:\n  password: hunter2\n';
const path = 'apps/overlays/production/web/db.yaml';

describe('secrets scan', () => {
  test('finds nothing in a repository that create made', async () => {
    const { run } = await madeRepository();
    for (const flags of [[], ['--staged'], ['apps']]) {
      const { code, out, err } = await run('secrets', 'scan', ...flags);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^✓ \d+ files scanned, no secret in the open\n$/);
    }
  });

  test('names the place, the line without its value, and what to do', async () => {
    const { run, write } = await madeRepository();
    write(path, plain);
    const { code, out, err } = await run('secrets', 'scan');
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 6)).toEqual([
      `✗ ${path}:7:3 secrets/plain-secret`,
      '  Secret db is not encrypted: password',
      '    7 │ password: ********',
      `  Fix: Keep its values at hand, take it out of ${path} and of the list that names the file, then:`,
      `       ${npx} secrets create db --app web --environment production --namespace web`,
      '',
    ]);
    expect(err).toContain('1 error in 1 file');
    expect(out + err).not.toContain('hunter2');
  });

  test('says how to take a file away, as far as git has it, and that works', async () => {
    const { run, write, git, root } = await madeRepository();
    const key = 'clusters/production/eu.agekey';
    const hints = async () => (await run('secrets', 'scan')).out.match(/(?<= )(git )?(rm|mv) .*--.*/g) ?? [];
    const obey = async (wanted: readonly string[]) => {
      const given = await hints();
      expect(given).toEqual(wanted);
      for (const command of given) execFileSync('sh', ['-c', command.replace('FOLDER', '..')], { cwd: root });
      expect(await hints()).toEqual([]);
    };
    write(key, 'x');
    git('add', '--force', key);
    await obey([`git rm --cached --force -- ${key}`, `mv -- ${key} FOLDER`]);
    write(key, 'x');
    git('add', '--force', key);
    git('commit', '--quiet', '--no-verify', '--message=Plain');
    await obey([`git rm --cached -- ${key}`, `mv -- ${key} FOLDER`]);
  });

  test('gives the same as one JSON document', async () => {
    const { run, write } = await madeRepository();
    write(path, plain);
    const { code, out, err } = await run('secrets', 'scan', '--json');
    expect(code).toBe(1);
    const document = outputDocument(out);
    expect(document).toMatchObject({
      ok: false,
      result: { staged: false, skipped: { large: [], binary: [] }, ignored: [] },
      problems: [{ rule: 'secrets/plain-secret', severity: 'error', file: path, line: 7, object: 'Secret/web/db' }],
      error: { code: 'secrets-found' },
    });
    expect(out + err).not.toContain('hunter2');
  });

  test('looks at what git does not ignore, or at what is staged', async () => {
    const { run, write, git } = await madeRepository();
    write('ignored.dec.yaml', plain);
    expect((await run('secrets', 'scan')).code).toBe(0);
    write(path, plain);
    expect((await run('secrets', 'scan', '--staged')).code).toBe(0);
    git('add', path);
    write(path, 'kind: ConfigMap\n');
    expect((await run('secrets', 'scan')).code).toBe(0);
    expect((await run('secrets', 'scan', '--staged')).out).toContain(`${path}:7:3`);
  });

  test('looks only where it is told to, from any folder', async () => {
    const { run, write, system, root } = await madeRepository();
    write(path, plain);
    expect((await run('secrets', 'scan', 'infrastructure', 'clusters')).code).toBe(0);
    expect((await run('secrets', 'scan', path)).code).toBe(1);
    system.cwd = join(root, 'apps/overlays');
    expect((await run('secrets', 'scan', 'staging')).code).toBe(0);
    expect((await run('secrets', 'scan', './production/web')).out).toContain(`${path}:7:3`);
    expect((await run('secrets', 'scan')).code).toBe(1);
    expect(await run('secrets', 'scan', 'nowhere')).toMatchObject({ code: 2, out: '' });
    expect(await run('secrets', 'scan', '../../../..')).toMatchObject({ code: 2 });
  });

  test('counts what it did not look at', async () => {
    const { run, write, git } = await madeRepository();
    write('large.txt', 'x'.repeat(5 * 1024 * 1024 + 1));
    write('picture.bin', 'a\0b');
    write(path, `# flux-repo-ignore secrets/plain-secret: of the manual\n${plain}`);
    git('add', '.');
    for (const flags of [[], ['--staged']]) {
      const { out, code } = await run('secrets', 'scan', '--verbose', ...flags);
      expect(code).toBe(0);
      expect(out).toContain(
        '1 finding ignored by a comment with a reason; 1 file above 5 MiB not looked at; 1 binary file not looked at',
      );
      expect(out).toContain(`ignored ${path}:8 secrets/plain-secret: of the manual`);
    }
  });

  test('takes a large file at its limit, and no link for a file', async () => {
    const { run, write, root } = await madeRepository();
    write('a.txt', `${'x'.repeat(1024)}\n`.repeat(5000));
    symlinkSync('/etc/hostname', join(root, 'link.yaml'));
    const { out, code } = await run('secrets', 'scan');
    expect(code).toBe(0);
    expect(out).not.toContain('not looked at');
  });

  test('works without git and without a repository of ours', async () => {
    const system = testSystem();
    mkdirSync(join(system.cwd, 'k8s'));
    writeFileSync(join(system.cwd, 'k8s/db.yaml'), plain);
    const { code, out } = await runMain(system, ['secrets', 'scan']);
    expect(code).toBe(1);
    expect(out).toContain('k8s/db.yaml:7:3');
    const staged = await runMain(system, ['secrets', 'scan', '--staged']);
    expect(staged.code).toBe(2);
    expect(staged.err).toContain('no git repository');
  });

  test('tells of a warning, and does not fail for it', async () => {
    const system = testSystem();
    const text = (await sealed()).replace('stringData:\n', 'stringData:\n  # was hunter2\n');
    writeFileSync(join(system.cwd, 'db.sops.yaml'), text);
    const { code, out, err } = await runMain(system, ['secrets', 'scan']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('! db.sops.yaml:10:3 secrets/plain-comment');
    expect(out).not.toContain('hunter2');
    expect(outputDocument((await runMain(system, ['secrets', 'scan', '--json'])).out)).toMatchObject({ ok: true });
  });

  test('sees in a hook what git is about to commit', async () => {
    const { system, root, run, write, git } = await madeRepository();
    write(path, 'kind: ConfigMap\n');
    git('add', '.');
    git('commit', '--quiet', '--message', 'Add a file');
    write(path, plain);
    // The hook keeps the environment that git gives it: `commit FILE` has an index of its own.
    const kept = join(system.home, 'hook-env');
    write(
      '.git/hooks/pre-commit',
      `#!/bin/sh\nprintf %s "$GIT_INDEX_FILE" > '${kept}'\ncp "$GIT_INDEX_FILE" '${kept}.index'\nexit 1\n`,
    );
    chmodSync(join(root, '.git/hooks/pre-commit'), 0o755);
    const { status } = spawnSync('git', ['commit', '--message', 'x', path], { cwd: root, env: system.env });
    expect(status).toBe(1);
    expect(execFileSync('cat', [kept], { encoding: 'utf8' })).toContain('next-index');
    expect((await run('secrets', 'scan', '--staged')).code).toBe(0);
    Object.assign(system, { env: { ...system.env, GIT_INDEX_FILE: `${kept}.index` } });
    expect((await run('secrets', 'scan', '--staged')).code).toBe(1);
  });
});
