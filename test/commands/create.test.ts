import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { version } from '../../src/cli/program.ts';
import { Cancelled } from '../../src/errors.ts';
import type { FakeSystem } from '../support/fake-system.ts';
import { outputDocument } from '../support/output-schema.ts';
import { filesBelow, runMain, testSystem } from '../support/run-main.ts';

const keysOf = (system: FakeSystem) => join(system.home, '.config/create-flux-repo/keys');
const git = (system: FakeSystem, ...args: string[]) =>
  execFileSync('git', args, { cwd: join(system.cwd, 'demo'), env: system.env, encoding: 'utf8' }).trim();

/** Does something at the moment a line of progress is printed. */
function whenPrinted(system: FakeSystem, text: string, act: () => void): void {
  system.stderr.on('data', (chunk: Buffer) => {
    if (chunk.toString('utf8').includes(text)) act();
  });
}

describe('create demo --yes', () => {
  test('makes a committed repository with its keys outside, and says what comes next', async () => {
    const system = testSystem();
    const { code, out, err } = await runMain(system, ['demo', '--yes']);
    expect({ code, err: err.replace(/\d+ /, 'N ') }).toMatchObject({ code: 0 });
    expect(git(system, 'status', '--porcelain')).toBe('');
    expect(git(system, 'log', '--format=%s', 'main')).toBe(
      `Scaffold the Flux repository with create-flux-repo ${version}`,
    );
    const [folder = ''] = readdirSync(keysOf(system));
    expect(folder).toBe('demo-abababab');
    const keys = readdirSync(join(keysOf(system), folder));
    expect(keys).toEqual(['cluster-production.agekey', 'cluster-staging.agekey', 'recovery.agekey']);
    for (const key of keys) expect(statSync(join(keysOf(system), folder, key)).mode & 0o777).toBe(0o600);
    expect(out).toContain('Created');
    expect(out).toContain('recovery.agekey');
    expect(out).toContain('flux bootstrap');
    expect(out.match(/^ {2}\d\. /gm)?.length).toBeLessThanOrEqual(5);
    expect(err).toContain('-> Commit the files\nok Commit the files (0.0s)\n');
  });

  test('no private key is printed or written into the repository', async () => {
    const system = testSystem();
    const { out, err } = await runMain(system, ['demo', '--yes', '--verbose']);
    const everything = out + err + JSON.stringify(filesBelow(join(system.cwd, 'demo')));
    expect(/AGE-SECRET-KEY-1[0-9A-Z]{10}/.test(everything)).toBe(false);
    expect(out).not.toContain(system.home);
  });

  test('again in the finished folder: nothing to do', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes']);
    const before = filesBelow(system.cwd);
    const head = git(system, 'rev-parse', 'HEAD');
    const again = await runMain(system, ['demo']);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toMatch(/^Nothing to do: demo holds \d+ files as flux-repo.yaml wants them.\n$/);
    const json = outputDocument((await runMain(system, ['demo', '--yes', '--json'])).out);
    expect(new Set(json.changes.map(({ action }) => action))).toEqual(new Set(['same']));
    expect(new Set(json.steps.map(({ state }) => state))).toEqual(new Set(['done']));
    expect(filesBelow(system.cwd)).toEqual(before);
    expect(git(system, 'rev-parse', 'HEAD')).toBe(head);
    expect(readdirSync(keysOf(system))).toHaveLength(1);
  });

  test('from inside the folder as well', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes']);
    expect((await runMain(system, ['.', '-C', 'demo'])).out).toContain('Nothing to do');
  });

  test('continues with git when that was left out', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes', '--no-git']);
    expect(existsSync(join(system.cwd, 'demo/.git'))).toBe(false);
    const { code, err } = await runMain(system, ['demo']);
    expect(code).toBe(0);
    expect(err).toContain('ok Commit the files');
    expect(err).not.toContain('private key');
    expect(git(system, 'status', '--porcelain')).toBe('');
  });

  test('without an identity the files stay uncommitted, which is said with the remedy', async () => {
    const system = testSystem();
    const nobody = {
      ...system,
      env: { PATH: process.env.PATH, HOME: system.home, GIT_CONFIG_NOSYSTEM: '1', EMAIL: '' },
    };
    writeFileSync(join(system.home, '.gitconfig'), '[user]\n\tuseConfigOnly = true\n');
    const { code, out, err } = await runMain(nobody, ['demo', '--yes']);
    expect(code).toBe(0);
    expect(err.match(/git does not know who commits/g)).toHaveLength(1);
    expect(out).not.toContain('git does not know who commits');
    expect(out.match(/git config --global user.name/g)).toHaveLength(1);
    expect(out).toContain('Tell git who commits, then commit the files:');
    expect(out).not.toContain('git init');
    expect(await runMain(system, ['demo'])).toMatchObject({ code: 0 });
    expect(git(system, 'status', '--porcelain')).toBe('');
  });

  test('with a recovery recipient given, no recovery key is made', async () => {
    const system = testSystem();
    const recovery = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
    writeFileSync(join(system.cwd, 'answers.yaml'), `secrets:\n  recipients:\n    recovery: ${recovery}\n`);
    expect((await runMain(system, ['demo', '--yes', '--config', 'answers.yaml'])).code).toBe(0);
    expect(readdirSync(join(keysOf(system), 'demo-abababab'))).not.toContain('recovery.agekey');
    expect(readFileSync(join(system.cwd, 'demo/.sops.yaml'), 'utf8')).toContain(`${recovery} # recovery`);
  });

  test('as one JSON document', async () => {
    const system = testSystem();
    const { code, out, err } = await runMain(system, ['demo', '--yes', '--json']);
    expect(code).toBe(0);
    expect(err).toContain('ok Commit the files');
    const document = outputDocument(out);
    expect(document).toMatchObject({
      ok: true,
      dryRun: false,
      problems: [],
      result: { repository: 'demo', id: 'abababab' },
    });
    expect(document.steps.map(({ id, state }) => `${id} ${state}`)).toEqual(
      ['keys', 'files', 'git-init', 'git-commit'].map((id) => `${id} done`),
    );
    expect(document.result?.keys.map(({ recipient }) => recipient)).toEqual(
      Array(3).fill(expect.stringMatching(/^age1/)),
    );
    const { keysFolder = '' } = document.result ?? {};
    expect(readdirSync(keysFolder).sort()).toEqual(document.result?.keys.map(({ file }) => file).sort());
    expect(document.changes.map(({ path }) => path)).toEqual(
      Object.keys(filesBelow(join(system.cwd, 'demo'))).sort((one, other) => (one < other ? -1 : 1)),
    );
    expect(document.nextSteps.join('\n')).toContain('kubectl -n flux-system create secret generic sops-age');
  });

  test.each<[string, string[], Record<string, string>]>([
    ['--keys-dir', ['--keys-dir', '../secret keys'], {}],
    ['FLUX_REPO_KEYS_DIR', [], { FLUX_REPO_KEYS_DIR: '../secret keys' }],
    ['both: the flag', ['--keys-dir', '../secret keys'], { FLUX_REPO_KEYS_DIR: '../elsewhere' }],
  ])('keys go where %s says', async (_name, flags, env) => {
    const system = testSystem();
    const { code, out } = await runMain({ ...system, env: { ...system.env, ...env } }, ['demo', '--yes', ...flags]);
    expect(code).toBe(0);
    const folder = join(system.cwd, '../secret keys/demo-abababab');
    expect(readdirSync(folder)).toHaveLength(3);
    expect(out).toContain(`--from-file=cluster-production.agekey='${join(folder, 'cluster-production.agekey')}'`);
    expect(existsSync(keysOf(system))).toBe(false);
  });

  test('--secrets none makes no key', async () => {
    const system = testSystem();
    expect((await runMain(system, ['demo', '--yes', '--secrets', 'none'])).code).toBe(0);
    expect(existsSync(keysOf(system))).toBe(false);
    expect(existsSync(join(system.cwd, 'demo/.sops.yaml'))).toBe(false);
  });

  test.each([[['--app', 'none']], [[]]])('no app with %j', async (flags) => {
    const system = testSystem();
    expect((await runMain(system, ['demo', '--yes', '--no-git', ...flags])).code).toBe(0);
    expect(readdirSync(join(system.cwd, 'demo/apps')).sort()).toEqual(['overlays']);
  });

  test('README, LICENSE, .gitignore and .git may be there and are kept', async () => {
    const system = testSystem();
    mkdirSync(join(system.cwd, 'demo'));
    execFileSync('git', ['init', '--quiet', '--initial-branch=trunk', join(system.cwd, 'demo')], { env: system.env });
    for (const name of ['README.md', 'LICENSE', '.gitignore'])
      writeFileSync(join(system.cwd, 'demo', name), `my ${name}\n`);
    const { code, out } = await runMain(system, ['demo', '--yes']);
    expect(code).toBe(0);
    expect(readFileSync(join(system.cwd, 'demo/README.md'), 'utf8')).toContain('my README.md');
    expect(readFileSync(join(system.cwd, 'demo/LICENSE'), 'utf8')).toBe('my LICENSE\n');
    expect(out).toContain('on branch trunk');
    expect(readFileSync(join(system.cwd, 'demo/flux-repo.yaml'), 'utf8')).toContain('branch: trunk');
  });
});

describe('create --dry-run', () => {
  test.each([[['--yes']], [['--yes', '--json']]])('with %j writes nothing at all', async (flags) => {
    const system = testSystem();
    const { code, out } = await runMain(system, ['demo', '--dry-run', ...flags]);
    expect(code).toBe(0);
    expect(filesBelow(system.cwd)).toEqual({});
    expect(filesBelow(system.home)).toEqual({});
    if (!flags.includes('--json')) {
      expect(out).toContain('Would create');
      expect(out).toContain('Dry run: nothing was written.');
      return;
    }
    const document = outputDocument(out);
    expect(document).toMatchObject({ ok: true, dryRun: true, nextSteps: [] });
    expect(document.steps.map(({ id, state }) => [id, state])).toEqual([
      ['keys', 'pending'],
      ['files', 'pending'],
      ['git-init', 'pending'],
      ['git-commit', 'pending'],
    ]);
    expect(out).not.toMatch(/age1|AGE-SECRET/);
  });

  test('in a finished folder shows what a changed flux-repo.yaml would make, and changes nothing', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes']);
    const model = join(system.cwd, 'demo/flux-repo.yaml');
    writeFileSync(model, `${readFileSync(model, 'utf8')}\napps:\n  web:\n    image: nginx:1.27\n`);
    const before = filesBelow(system.cwd);
    const document = outputDocument((await runMain(system, ['demo', '--dry-run', '--json'])).out);
    expect(document.changes.filter(({ action }) => action === 'create').map(({ path }) => path)).toContain(
      'apps/base/web/deployment.yaml',
    );
    expect(filesBelow(system.cwd)).toEqual(before);
    expect(await runMain(system, ['demo', '--no-input'])).toMatchObject({ code: 2 });
    expect(filesBelow(system.cwd)).toEqual(before);
    expect(await runMain(system, ['demo', '--yes'])).toMatchObject({ code: 0 });
    expect(existsSync(join(system.cwd, 'demo/apps/base/web/deployment.yaml'))).toBe(true);
  });
});

describe('when something goes wrong', () => {
  test('files that cannot be written take the keys back', async () => {
    const system = testSystem();
    mkdirSync(join(system.cwd, 'demo'));
    mkdirSync(join(system.home, '.config'));
    whenPrinted(system, '-> Write 70 files', () => writeFileSync(join(system.cwd, 'demo/renovate.json'), '{}'));
    const { code, out, err } = await runMain(system, ['demo', '--yes', '--json']);
    expect(code).toBe(1);
    expect(err).toContain('nothing was written');
    expect(outputDocument(out).steps.map(({ state }) => state)).toEqual(['done', 'failed', 'pending', 'pending']);
    expect(filesBelow(system.cwd)).toEqual({ 'demo/renovate.json': '{}' });
    expect(filesBelow(system.home)).toEqual({ '.config/': '' });
  });

  test('stopped by a signal between keys and files: the keys are gone, and it is said that nothing was written', async () => {
    const system = testSystem();
    whenPrinted(system, 'ok Write 3 private keys', () => system.abort(new Cancelled('SIGTERM')));
    const { code, out, err } = await runMain(system, ['demo', '--yes', '--json']);
    expect(code).toBe(143);
    expect(err).toContain('Cancelled. Nothing was written.');
    expect(outputDocument(out)).toMatchObject({ ok: false, error: { code: 'interrupted' } });
    expect(filesBelow(system.cwd)).toEqual({});
    expect(filesBelow(system.home)).toEqual({});
  });

  test('a hook that refuses the commit: exit 1, the files stay, and running it again goes on', async () => {
    const system = testSystem();
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', join(system.cwd, 'demo')], { env: system.env });
    const hook = join(system.cwd, 'demo/.git/hooks/pre-commit');
    mkdirSync(join(system.cwd, 'demo/.git/hooks'), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho not today >&2\nexit 1\n', { mode: 0o755 });
    const { code, out, err } = await runMain(system, ['demo', '--yes', '--json']);
    expect(code).toBe(1);
    expect(err).toContain('not today');
    expect(err).toContain('The files are in demo. To go on: ');
    expect(outputDocument(out).steps.map(({ id, state }) => [id, state])).toEqual([
      ['keys', 'done'],
      ['files', 'done'],
      ['git-init', 'done'],
      ['git-commit', 'failed'],
    ]);
    rmSync(hook);
    const again = await runMain(system, ['demo']);
    expect(again.code).toBe(0);
    expect(again.out).toContain('No file changes');
    expect(again.out).toContain('recovery.agekey');
    expect(git(system, 'status', '--porcelain')).toBe('');
    expect(readdirSync(keysOf(system))).toHaveLength(1);
  });
});

describe('create in a folder it made, with other answers', () => {
  test.each([
    [['--cluster', 'x'], 'Clusters: flux-repo.yaml says production staging, the command says x'],
    [['--provider', 'github', '--owner', 'acme'], 'Provider: flux-repo.yaml says none, the command says github'],
    [['--component', 'none'], 'Components:'],
    [['--app', 'web'], 'Apps: flux-repo.yaml says none, the command says web,image=nginx:1.27'],
    [['--secrets', 'none'], 'Secrets: flux-repo.yaml says sops, the command says none'],
    [['--repository', 'other'], 'Repository: flux-repo.yaml says demo, the command says other'],
  ])('%j is refused', async (flags, message) => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes']);
    const before = filesBelow(system.cwd);
    const { code, err } = await runMain(system, ['demo', '--yes', ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain('edit flux-repo.yaml');
    expect(filesBelow(system.cwd)).toEqual(before);
  });

  test('the same answers in another order are fine', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes']);
    const flags = ['--cluster', 'staging', '--cluster', 'production', '--layout', 'standard', '--key-scope', 'cluster'];
    expect(await runMain(system, ['demo', '--yes', ...flags])).toMatchObject({ code: 0, err: '' });
  });

  test('a cluster taken out of flux-repo.yaml needs a human: exit 3, nothing written', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes', '--secrets', 'none']);
    const model = join(system.cwd, 'demo/flux-repo.yaml');
    const text = readFileSync(model, 'utf8');
    writeFileSync(model, text.replace(/ {2}staging:\n {4}environment: staging\n/, ''));
    const before = filesBelow(system.cwd);
    const { code, err } = await runMain(system, ['demo', '--yes']);
    expect(code).toBe(3);
    expect(err).toContain('no longer has cluster staging');
    expect(filesBelow(system.cwd)).toEqual(before);
  });

  test('a value that both changed needs a human: exit 3, nothing written, and a dry run says it too', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes', '--secrets', 'none']);
    const edit = (path: string, change: (text: string) => string) =>
      writeFileSync(join(system.cwd, 'demo', path), change(readFileSync(join(system.cwd, 'demo', path), 'utf8')));
    edit('clusters/production/apps.yaml', (text) => text.replace('interval: 10m', 'interval: 7m'));
    edit('flux-repo.yaml', (text) => `${text}\nintervals:\n  apps: 3m\n`);
    const before = filesBelow(system.cwd);
    for (const flags of [['--yes'], ['--dry-run']]) {
      const { code, out, err } = await runMain(system, ['demo', '--json', ...flags]);
      expect(code).toBe(3);
      expect(err).toContain('clusters/production/apps.yaml');
      expect(outputDocument(out).changes.filter(({ action }) => action === 'conflict')).toHaveLength(1);
      expect(filesBelow(system.cwd)).toEqual(before);
    }
  });

  test('a mistake in flux-repo.yaml is shown with its place', async () => {
    const system = testSystem();
    await runMain(system, ['demo', '--yes', '--no-git']);
    const model = join(system.cwd, 'demo/flux-repo.yaml');
    writeFileSync(model, readFileSync(model, 'utf8').replace('layout:', 'layuot:'));
    const { code, out, err } = await runMain(system, ['demo', '--json']);
    expect(code).toBe(2);
    expect(err).toMatch(/flux-repo\.yaml:\d+:1 .*did you mean "layout"/);
    expect(outputDocument(out).problems[0]).toMatchObject({ file: 'flux-repo.yaml', column: 1 });
  });
});
