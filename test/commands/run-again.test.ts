import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import type { FakeSystem } from '../support/fake-system.ts';
import { filesBelow, runMain, testSystem } from '../support/run-main.ts';
import { keys, personAt } from '../support/terminal.ts';

/** A repository that `create` has made. */
async function made(columns?: number, flags: readonly string[] = []): Promise<FakeSystem> {
  const system = testSystem(columns === undefined ? {} : { columns });
  expect((await runMain(system, ['demo', '--yes', '--app', 'web', '--secrets', 'none', ...flags])).code).toBe(0);
  return system;
}

function edit(system: FakeSystem, path: string, change: (text: string) => string): void {
  const file = join(system.cwd, 'demo', path);
  const text = readFileSync(file, 'utf8');
  expect(change(text)).not.toBe(text);
  writeFileSync(file, change(text));
}

const addApp = (system: FakeSystem) =>
  edit(system, 'flux-repo.yaml', (text) => text.replace('apps:\n', 'apps:\n  api:\n    image: nginx:1.27\n'));
const editByHand = (system: FakeSystem) => {
  for (const path of ['apps/base/web/service.yaml', 'clusters/production/apps.yaml', 'clusters/staging/apps.yaml'])
    edit(system, path, (text) => `${text}# mine\n`);
};

describe('files edited by hand, and nothing else new', () => {
  test('nothing to do, nothing asked, nothing written', async () => {
    const system = await made();
    editByHand(system);
    const before = filesBelow(system.cwd);
    const { code, out, err } = await runMain(system, ['demo']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Nothing to do: demo holds \d+ files as flux-repo\.yaml wants them\. 3 files\s/);
    expect(out.replaceAll('\n', ' ')).toContain('3 files edited by hand are left as they are.');
    expect(out).toContain(
      '\n  = apps/base/web/service.yaml\n  = clusters/production/apps.yaml\n  = clusters/staging/apps.yaml\n',
    );
    expect(filesBelow(system.cwd)).toEqual(before);
  });

  test('some are named, and all with --verbose', async () => {
    const system = await made();
    const paths = ['production', 'staging'].flatMap((cluster) =>
      ['apps', 'cluster-vars', 'infrastructure'].map((name) => `clusters/${cluster}/${name}.yaml`),
    );
    for (const path of paths) edit(system, path, (text) => `${text}# mine\n`);
    const named = (out: string) => out.match(/(?<=^ {2}= ).*/gm);
    const { out } = await runMain(system, ['demo']);
    expect(out).toContain('and one more; --verbose names all');
    expect(named(out)).toHaveLength(5);
    expect(named((await runMain(system, ['demo', '--verbose'])).out)?.toSorted()).toEqual(paths.toSorted());
  });

  test('a later change still knows what they were, and keeps them', async () => {
    const system = await made();
    editByHand(system);
    expect((await runMain(system, ['demo', '--yes'])).code).toBe(0);
    addApp(system);
    expect((await runMain(system, ['demo', '--yes'])).code).toBe(0);
    expect(readFileSync(join(system.cwd, 'demo/clusters/production/apps.yaml'), 'utf8')).toContain('# mine');
    expect(existsSync(join(system.cwd, 'demo/.flux-repo/base/clusters/production/apps.yaml'))).toBe(true);
  });

  test('a deleted one stays away, which is said', async () => {
    const system = await made();
    rmSync(join(system.cwd, 'demo/renovate.json'));
    const { code, out } = await runMain(system, ['demo', '--yes']);
    expect(code).toBe(0);
    expect(existsSync(join(system.cwd, 'demo/renovate.json'))).toBe(false);
    expect(out.replaceAll('\n', ' ')).toMatch(/^Nothing to do.* One file deleted by hand stays away\./);
    const again = (await runMain(system, ['demo'])).out.replaceAll('\n', ' ');
    expect(again).toContain('One file deleted by hand stays away.');
  });
});

describe('an edited flux-repo.yaml', () => {
  test('what comes next is reviewing, committing and pushing, not day one', async () => {
    const system = await made();
    addApp(system);
    const { code, out } = await runMain(system, ['demo', '--yes']);
    expect(code).toBe(0);
    const next = out.slice(out.indexOf('Next steps'));
    expect(next).not.toMatch(/bootstrap|remote add|kubectl/);
    expect(next).toMatch(/1\. Look at.*git diff.*2\. Commit.*git commit --message.*3\. Push.*git push\n/s);
    const commands = next.split('\n').filter((line) => /^ {7}git (add|commit)/.test(line));
    execFileSync('sh', ['-ec', commands.join('\n')], { cwd: join(system.cwd, 'demo'), env: system.env });
    const status = execFileSync('git', ['status', '--porcelain'], { cwd: join(system.cwd, 'demo'), env: system.env });
    expect(status.toString()).toBe('');
  });

  test('lands beside edits of the same file, also where the base has to be generated again', async () => {
    const system = await made();
    const child = 'apps/overlays/staging/web.yaml';
    edit(system, child, (text) => text.replace('timeout: 5m', 'timeout: 7m # slow'));
    edit(system, 'flux-repo.yaml', (text) =>
      text.replace('  staging: {}', '  staging:\n    intervals:\n      apps: 3m'),
    );
    expect((await runMain(system, ['demo', '--yes'])).code).toBe(0);
    expect(readFileSync(join(system.cwd, 'demo', child), 'utf8')).toMatch(
      /interval: 3m\n(.*\n)? *timeout: 7m # slow\n/,
    );
  });

  test('what both changed is shown with both values, and with the command that decides it', async () => {
    const system = await made();
    const child = 'apps/overlays/staging/web.yaml';
    edit(system, child, (text) => text.replace('interval: 10m', 'interval: 11m'));
    edit(system, 'flux-repo.yaml', (text) =>
      text.replace('  staging: {}', '  staging:\n    intervals:\n      apps: 3m'),
    );
    const before = filesBelow(system.cwd);
    const { code, err } = await runMain(system, ['demo', '--yes']);
    expect(code).toBe(3);
    expect(err).toMatch(/spec\.interval\n +yours: +11m\n +generated: +3m\n/);
    expect(err).toContain(`apply -C demo --ours ${child}`);
    expect(filesBelow(system.cwd)).toEqual(before);
    expect((await runMain(system, ['apply', '-C', 'demo', '--ours', child, '--yes'])).code).toBe(0);
  });

  test('without git it is day one still', async () => {
    const system = await made(undefined, ['--no-git']);
    addApp(system);
    const { out } = await runMain(system, ['demo', '--yes', '--no-git']);
    expect(out).toContain('git init --initial-branch=main');
    expect(out).toContain('flux bootstrap');
  });

  test('consent is asked by counts, and says that edits stay', async () => {
    const system = await made(100);
    editByHand(system);
    addApp(system);
    const before = filesBelow(system.cwd);
    const person = personAt(system);
    const code = main(['demo'], system);
    const asked = await person.see('Go on?');
    expect(asked.replace(/\s*│\s*/g, ' ')).toMatch(
      /flux-repo\.yaml wants \d+ files created and \d+ files updated in demo\. 3 files edited by hand are left as they are\./,
    );
    await person.answer('', keys.down, keys.enter);
    expect(await code).toBe(130);
    expect(filesBelow(system.cwd)).toEqual(before);
  });

  test('where nobody can be asked the counts are told too', async () => {
    const system = await made();
    addApp(system);
    const { code, err } = await runMain(system, ['demo', '--no-input']);
    expect(code).toBe(2);
    expect(err).toMatch(/wants \d+ files created and \d+ files updated in demo, and nobody can be asked/);
    expect(err).toContain('Edits of yours are kept.');
  });
});

test('a lone dot is called this folder', async () => {
  const system = testSystem();
  mkdirSync(join(system.cwd, 'demo'));
  const here = (...flags: string[]) => runMain(system, ['.', '-C', 'demo', '--secrets', 'none', ...flags]);
  expect((await here('--yes', '--dry-run')).out).toContain(' in this folder\n');
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', join(system.cwd, 'demo')], { env: system.env });
  writeFileSync(join(system.cwd, 'demo/.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  expect((await here('--yes')).err).toContain('The files are in this folder. To go on: ');
  rmSync(join(system.cwd, 'demo/.git/hooks/pre-commit'));
  expect((await here()).code).toBe(0);
  expect((await here()).out).toContain('Nothing to do: this folder holds ');
});

test('a create that was killed before its model was in place is ended first', async () => {
  const system = testSystem();
  const flags = ['demo', '--yes', '--secrets', 'none'];
  expect((await runMain(system, flags)).code).toBe(0);
  const model = join(system.cwd, 'demo/flux-repo.yaml');
  const text = readFileSync(model, 'utf8');
  const staging = join(system.cwd, 'demo/.git/create-flux-repo/staging');
  mkdirSync(staging, { recursive: true });
  renameSync(model, join(staging, '0'));
  const after = createHash('sha256').update(text).digest('hex');
  const files = [{ path: 'flux-repo.yaml', before: null, after }];
  writeFileSync(join(staging, 'journal.json'), JSON.stringify({ formatVersion: 1, newFolders: [], files }));
  const again = await runMain(system, flags);
  expect(again).toMatchObject({ code: 0 });
  expect(again.out).toContain('An interrupted run was completed first: one file.');
  expect(readFileSync(model, 'utf8')).toBe(text);
});
