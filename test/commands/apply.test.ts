import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/cli/program.ts';
import { changedPaths, madeRepository } from '../support/made-repository.ts';
import { outputDocument } from '../support/output-schema.ts';
import { runMain, testSystem } from '../support/run-main.ts';
import { keys, personAt } from '../support/terminal.ts';

const fasterApps = ['  staging: {}', '  staging:\n    intervals:\n      apps: 3m'] as const;
const child = 'apps/overlays/staging/web.yaml';

describe('apply after an edit of flux-repo.yaml', () => {
  test('changes exactly what follows from it', async () => {
    const { run, edit, files, git } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    const before = files();
    const { code, out } = await run('apply', '--yes');
    expect(code).toBe(0);
    expect(changedPaths(before, files())).toEqual([
      '.flux-repo/lock/app-web.json',
      '.flux-repo/lock/cluster-staging.json',
      '.flux-repo/lock/environment-staging.json',
      child,
      'clusters/staging/apps.yaml',
    ]);
    expect(out).toContain('Applied flux-repo.yaml.\ndemo: 2 updated\n');
    expect(out).toContain('git add .flux-repo apps clusters flux-repo.yaml');
    expect(git('log', '--format=%s').split('\n')).toHaveLength(1);
    expect((await run('apply')).out).toMatch(/^Nothing to do: demo holds \d+ files/);
  });

  test('keeps edits in files that it has no reason to touch', async () => {
    const { run, edit, read } = await madeRepository();
    edit('apps/base/web/deployment.yaml', 'replicas: 2', 'replicas: 5');
    edit('flux-repo.yaml', ...fasterApps);
    const { out } = await run('apply', '--yes');
    expect(out).toContain('1 kept as you have it');
    expect(out).toContain('\n  = apps/base/web/deployment.yaml\n');
    expect(read('apps/base/web/deployment.yaml')).toContain('replicas: 5');
    expect(read(child)).toContain('interval: 3m');
  });

  test('lands beside an edit of the same file, round after round, also when the base store was lost', async () => {
    const { run, edit, read, root } = await madeRepository();
    edit(child, 'timeout: 5m', 'timeout: 7m # slow');
    edit('flux-repo.yaml', ...fasterApps);
    expect((await run('apply', '--yes')).code).toBe(0);
    expect(read(child)).toMatch(/interval: 3m\n(.*\n)? *timeout: 7m # slow\n/);
    rmSync(join(root, '.flux-repo/base'), { recursive: true });
    edit('flux-repo.yaml', 'apps: 3m', 'apps: 4m');
    expect((await run('apply', '--yes', '--commit')).code).toBe(0);
    expect(read(child)).toMatch(/interval: 4m\n(.*\n)? *timeout: 7m # slow\n/);
    expect((await run('diff', '--exit-code')).code).toBe(0);
  });

  test('--commit commits it with the model, and leaves alone what else is staged', async () => {
    const { run, edit, git, write } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    write('mine.txt', 'mine\n');
    git('add', 'mine.txt');
    const { code, err } = await run('apply', '--yes', '--commit');
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('ok Commit the files') });
    expect(git('log', '-1', '--format=%B')).toBe(
      'Apply flux-repo.yaml: intervals of environment staging\n\nRegenerated:\n- app web\n- cluster staging',
    );
    expect(git('show', '--name-only', '--format=', 'HEAD').split('\n')).toContain('flux-repo.yaml');
    expect(git('status', '--porcelain')).toBe('A  mine.txt');
  });

  test('--commit where nothing can be committed is refused before anything is written', async () => {
    const { run, edit, files, git } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    const before = files();
    git('switch', '--quiet', '--detach');
    expect(await run('apply', '--yes', '--commit')).toMatchObject({
      code: 2,
      err: expect.stringContaining('HEAD is detached'),
    });
    expect(files()).toEqual(before);
  });

  test('a dry run with nothing to do promises nothing', async () => {
    const { run } = await madeRepository();
    const { out } = await run('apply', '--dry-run', '--commit');
    expect(out).toContain('Nothing to do');
    expect(out).not.toMatch(/Write|Commit|would/);
  });

  test('a dry run and a missing yes write nothing', async () => {
    const { run, edit, files } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    const before = files();
    const dry = await run('apply', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('2 to update') });
    expect(dry.out).toContain('Dry run: nothing was written.');
    expect(await run('apply')).toMatchObject({ code: 2, err: expect.stringContaining('apply --yes') });
    expect(files()).toEqual(before);
  });

  test('from a folder below, and with -C', async () => {
    const { system, run, edit, root, read } = await madeRepository();
    edit('flux-repo.yaml', ...fasterApps);
    system.cwd = join(root, 'apps/base');
    expect((await run('apply', '--yes')).out).toContain('git -C ../.. add');
    expect(read(child)).toContain('interval: 3m');
    system.cwd = join(root, '..');
    expect((await run('-C', 'demo', 'apply')).out).toContain('Nothing to do');
  });

  test('a model that cannot be used is refused with its position', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', '  staging:\n    environment: staging', '  staging:\n    environment: stagin');
    const { code, err } = await run('apply', '--yes');
    expect(code).toBe(2);
    expect(err).toMatch(/flux-repo\.yaml:\d+:\d+ clusters\.staging\.environment/);
  });
});

describe('a file that both changed', () => {
  const conflicting = async () => {
    const repository = await madeRepository();
    repository.edit('flux-repo.yaml', ...fasterApps);
    repository.edit(child, 'interval: 10m', 'interval: 11m');
    return repository;
  };

  test('stops everything, with both values and the commands of either choice', async () => {
    const { run, files } = await conflicting();
    const before = files();
    for (const argv of [['apply', '--yes'], ['apply'], ['apply', '--dry-run']]) {
      const { code, err } = await run(...argv);
      expect(code).toBe(3);
      expect(err).toMatch(/web\.yaml spec\.interval\n +yours: +11m\n +generated: +3m\n/);
      for (const side of ['--ours', '--theirs']) expect(err).toContain(`apply ${side} ${child}`);
    }
    const json = outputDocument((await run('apply', '--yes', '--json')).out);
    expect(json).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(json.problems).toContainEqual(expect.objectContaining({ rule: 'plan/conflict', file: child }));
    expect(files()).toEqual(before);
  });

  test('beside another one is named with it in one command', async () => {
    const { run, edit } = await conflicting();
    edit('clusters/staging/apps.yaml', 'interval: 10m', 'interval: 12m');
    const { err } = await run('apply', '--yes');
    expect(err).toContain(
      `Try: npx create-flux-repo@${version} apply --ours ${child} --ours clusters/staging/apps.yaml,`,
    );
    expect((await run('apply', '--yes', '--ours', child, '--ours', 'clusters/staging/apps.yaml')).code).toBe(0);
  });

  test.each([
    [['--ours', child], 'interval: 11m'],
    [['--ours'], 'interval: 11m'],
    [['--theirs', child], 'interval: 3m'],
    [['--theirs'], 'interval: 3m'],
  ])('%j settles it for good', async (sides, expected) => {
    const { run, read } = await conflicting();
    expect((await run('apply', '--yes', ...sides)).code).toBe(0);
    expect(read(child)).toContain(expected);
    expect(read('clusters/staging/apps.yaml')).toContain('interval: 3m');
    expect((await run('apply')).out).toContain('Nothing to do');
  });

  test('a path that is not generated, or both sides at once, are refused', async () => {
    const { run } = await conflicting();
    const wrong = await run('apply', '--yes', '--theirs', 'apps/overlays/staging/wb.yaml');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining(`did you mean ${child}?`) });
    expect(await run('apply', '--yes', '--ours', '--theirs')).toMatchObject({ code: 2 });
    expect(await run('apply', '--yes', '--ours', child, '--theirs', child)).toMatchObject({ code: 2 });
  });
});

test('a file deleted by hand stays deleted until --theirs names it', async () => {
  const { run, root } = await madeRepository();
  rmSync(join(root, 'apps/base/web/httproute.yaml'));
  expect((await run('apply', '--yes')).out).toContain('One file deleted by hand');
  expect(existsSync(join(root, 'apps/base/web/httproute.yaml'))).toBe(false);
  expect((await run('apply', '--yes', '--theirs', 'apps/base/web/httproute.yaml')).code).toBe(0);
  expect(existsSync(join(root, 'apps/base/web/httproute.yaml'))).toBe(true);
});

describe('a unit that is gone from the model', () => {
  test('is neither deleted nor forgotten', async () => {
    const { run, read, write, files } = await madeRepository(['--app', 'web,image=a', '--app', 'api,image=b']);
    write('flux-repo.yaml', read('flux-repo.yaml').replace('  api:\n    image: b\n', ''));
    const before = files();
    for (const command of ['apply', 'diff']) {
      const { code, err } = await run(command, '--yes');
      expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('no longer has app api') });
      expect(err).toContain('put them back into flux-repo.yaml');
    }
    expect(files()).toEqual(before);
  });

  test('and there under another name is called a new name', async () => {
    const { run, edit } = await madeRepository();
    edit('flux-repo.yaml', '  web:\n', '  shop:\n');
    const { code, err } = await run('apply', '--yes');
    expect(code).toBe(3);
    expect(err).toContain('It looks like a new name: app web is now app shop.');
  });
});

test('a cluster added by hand gets its folder and its key, and the model its public half', async () => {
  const { run, edit, system, read, git } = await madeRepository();
  edit('flux-repo.yaml', 'clusters:\n', 'clusters:\n  # ours\n  eu:\n    environment: production\n');
  const { code, out } = await run('apply', '--yes', '--json');
  expect(code).toBe(0);
  const document = outputDocument(out);
  expect(document.result?.keys).toEqual([{ file: 'cluster-eu.agekey', recipient: expect.stringMatching(/^age1/) }]);
  const [folder = ''] = readdirSync(join(system.home, '.config/create-flux-repo/keys'));
  expect(readdirSync(join(system.home, '.config/create-flux-repo/keys', folder))).toContain('cluster-eu.agekey');
  const recipient = document.result?.keys[0]?.recipient;
  expect(read('flux-repo.yaml')).toContain(
    `  # ours\n  eu:\n    environment: production\n    recipients:\n      - ${recipient}\n`,
  );
  expect(read('.sops.yaml')).toContain(recipient);
  expect(git('diff', '--stat', '--', 'flux-repo.yaml')).toContain('1 file changed, 5 insertions(+)');
});

describe('where there is no repository', () => {
  test('it says so', async () => {
    const system = testSystem();
    expect(await runMain(system, ['apply'])).toMatchObject({ code: 2, err: expect.stringContaining('-C DIR') });
  });

  test('it looks upwards only to the root of the git repository', async () => {
    const { system, root, run, git } = await madeRepository();
    mkdirSync(join(root, 'inner'));
    git('init', '--quiet', 'inner');
    system.cwd = join(root, 'inner');
    expect(await run('apply')).toMatchObject({ code: 2, err: expect.stringContaining('no Flux repository') });
  });

  test('without its bookkeeping it says what is missing', async () => {
    const { root, run } = await madeRepository();
    rmSync(join(root, '.flux-repo/lock.json'));
    expect(await run('apply')).toMatchObject({ code: 2, err: expect.stringContaining('git restore .flux-repo') });
  });
});

describe('after a run that was killed while it wrote', () => {
  /** As one leaves it that had not come to its one file yet. */
  const interrupted = async () => {
    const repository = await madeRepository();
    const staging = join(repository.root, '.git/create-flux-repo/staging');
    mkdirSync(staging, { recursive: true });
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const [before, after] = [repository.read(child), repository.read(child).replace('10m', '9m')];
    writeFileSync(join(staging, '0'), after);
    const files = [{ path: child, before: hash(before), after: hash(after) }];
    writeFileSync(join(staging, 'journal.json'), JSON.stringify({ formatVersion: 1, newFolders: [], files }));
    return { ...repository, staging };
  };

  test('what only looks says so and leaves it', async () => {
    const { run, read, staging } = await interrupted();
    expect((await run('diff')).err).toContain('A run was interrupted while it wrote.');
    expect((await run('apply', '--dry-run')).out.replaceAll('\n', ' ')).toContain('A run was interrupted');
    expect(existsSync(staging)).toBe(true);
    expect(read(child)).toContain('interval: 10m');
  });

  test('what writes ends it first, and says so', async () => {
    const { run, read, staging } = await interrupted();
    const { code, out } = await run('add', 'app', 'api', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('An interrupted run was completed first: one file.');
    expect(existsSync(staging)).toBe(false);
    expect(read(child)).toContain('interval: 9m');
  });
});

describe('at a terminal', () => {
  test('shows the plan, lists the files, and writes after Apply', async () => {
    const { system, edit, run, read } = await madeRepository(undefined, { columns: 100 });
    edit('flux-repo.yaml', ...fasterApps);
    const person = personAt(system);
    const code = run('apply');
    expect(await person.see('Apply this?')).toContain('~ clusters/');
    system.stdin.write(keys.down);
    await new Promise((resolve) => setTimeout(resolve, 10));
    system.stdin.write(keys.enter);
    await person.see(child);
    await person.see('Apply this?');
    system.stdin.write(keys.enter);
    expect((await code).code).toBe(0);
    expect(read(child)).toContain('interval: 3m');
  });

  test('Quit writes nothing', async () => {
    const { system, edit, run, files } = await madeRepository(undefined, { columns: 100 });
    edit('flux-repo.yaml', ...fasterApps);
    const before = files();
    const person = personAt(system);
    const code = run('apply');
    await person.answer('Apply this?', keys.up, keys.enter);
    expect((await code).code).toBe(130);
    expect(files()).toEqual(before);
  });
});
