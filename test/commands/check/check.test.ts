import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeRepository } from '../../support/made-repository.ts';
import { outputDocument } from '../../support/output-schema.ts';
import { runMain, testSystem } from '../../support/run-main.ts';

/** A repository in which production's apps wait for something that is not there. */
async function brokenRepository() {
  const repository = await madeRepository();
  repository.edit('clusters/production/apps.yaml', '- name: infrastructure', '- name: infrastucture');
  return repository;
}

describe('check', () => {
  test('says that all is well, and how much that is', async () => {
    const { run } = await madeRepository();

    expect(await run('check', '--strict')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^✓ No problems in \d\d files, 2 clusters\.\n$/),
      err: '',
    });
  });

  test('shows the place, the rule and what to do, and fails', async () => {
    const { run } = await brokenRepository();
    const { code, out, err } = await run('check');

    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 6)).toEqual([
      'clusters/production/apps.yaml',
      '  ✗ 8:7 Kustomization apps waits for Kustomization infrastucture, which nothing in this repository',
      '    makes  reference/depends-on',
      '        7 |   dependsOn:',
      '      > 8 |     - name: infrastucture',
      '          |       ^',
    ]);
    expect(out).toContain('Try: Did you mean infrastructure?');
    expect(out).toMatch(/✗ 1 error and 1 note in \d\d files, 2 clusters\. Notes are shown with --verbose\.\n$/);
    expect(out).not.toContain('edited by hand');
    expect(await run('check', '--verbose')).toMatchObject({ out: expect.stringContaining('edited by hand') });
    expect(err).toContain('check found 1 error');
    expect(err).toContain('check --explain reference/depends-on');
  });

  test('prints one document for scripts', async () => {
    const { run } = await brokenRepository();
    const plain = await run('check', '--json');
    const document = outputDocument(plain.out);

    expect(await run('check', '--format', 'json')).toEqual(plain);
    expect(document).toMatchObject({
      command: 'check',
      ok: false,
      error: { code: 'problems-found' },
      problems: [
        { rule: 'managed/drift', severity: 'info', file: 'clusters/production/apps.yaml' },
        {
          rule: 'reference/depends-on',
          severity: 'error',
          file: 'clusters/production/apps.yaml',
          line: 8,
          column: 7,
          object: 'Kustomization/flux-system/apps',
        },
      ],
    });
  });

  test('looks at one cluster when told to', async () => {
    const { run } = await brokenRepository();

    expect(await run('check', '--cluster', 'staging')).toMatchObject({ code: 0 });
    expect(await run('check', '--cluster', 'production')).toMatchObject({ code: 1 });
    expect(await run('check', '--cluster', 'prduction')).toMatchObject({
      code: 2,
      err: expect.stringContaining('check --cluster production'),
    });
  });

  test('says so when there is nothing to check', async () => {
    const system = testSystem();
    const empty = await runMain(system, ['check']);

    expect(empty).toMatchObject({ code: 0, out: expect.stringContaining('there was nothing to check') });
    expect(await runMain(system, ['check', '--strict'])).toMatchObject({ code: 1 });
    writeFileSync(join(system.cwd, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
    expect(await runMain(system, ['check', '--strict'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^No Kustomization of Flux is here: .*nothing was built\./),
    });
  });

  test('fails on warnings only when told to', async () => {
    const { run, write } = await madeRepository();
    write('notes.yaml', 'a: [1\n');

    expect(await run('check')).toMatchObject({ code: 0, out: expect.stringContaining('1 warning in') });
    expect(await run('check', '--strict')).toMatchObject({ code: 1 });
  });

  test('leaves out what git ignores', async () => {
    const { run, write, edit } = await madeRepository();
    edit('.gitignore', '*', '*');
    write('.gitignore', 'scratch.yaml\n');
    write('scratch.yaml', 'a: [1\n');

    expect(await run('check', '--strict')).toMatchObject({ code: 0 });
  });

  test('works on any folder, without git and without a model', async () => {
    const system = testSystem();
    mkdirSync(join(system.cwd, 'fleet/clusters/a'), { recursive: true });
    writeFileSync(
      join(system.cwd, 'fleet/clusters/a/x.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: default\n',
    );

    expect(await runMain(system, ['check', 'fleet'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('in 1 file, 1 cluster'),
    });
    expect(await runMain(system, ['check', 'flet'])).toMatchObject({ code: 2, err: expect.stringContaining('flet') });
  });

  test('never shows the line of a password', async () => {
    const { run, write, edit } = await madeRepository();
    edit('apps/base/web/kustomization.yaml', 'resources:', 'resources:\n  - extra.yaml');
    write(
      'apps/base/web/extra.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n  password: hunter2\n  a: 1\n  a: 2\n  api_token: hunter2\n',
    );
    const { code, out } = await run('check');

    expect(code).toBe(1);
    expect(out).toContain('yaml/duplicate-key');
    expect(out).not.toContain('hunter2');
  });
});

describe('check tells about its rules', () => {
  test('all of them, and one of them', async () => {
    const system = testSystem();
    const { out } = await runMain(system, ['check', '--rules']);

    expect(out).toMatch(/^reference\/depends-on +error$/m);
    expect(await runMain(system, ['check', '--explain', 'reference/depends-on'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('# flux-repo-ignore reference/depends-on: '),
    });
    expect(await runMain(system, ['check', '--explain', 'reference/depend-on'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('check --explain reference/depends-on'),
    });
  });

  test.each([
    [['--format', 'sarfi'], 'check --format sarif'],
    [['--format', 'github', '--json'], 'contradict'],
  ])('and refuses %j', async (words, told) => {
    expect(await runMain(testSystem(), ['check', ...words])).toMatchObject({
      code: 2,
      err: expect.stringContaining(told),
    });
  });
});
