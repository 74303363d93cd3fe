import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import * as pty from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const skipped = process.platform === 'win32' ? 'the pseudo-terminal cases need a POSIX system' : undefined;
if (skipped !== undefined) console.warn(`skipped: ${skipped}`);

let base = '';
let program = '';

/** The bundle as it ships, built beside the work tree so that no other test sees it half-made. */
beforeAll(async () => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'create-flux-repo-pty-')));
  program = join(base, 'bin/create-flux-repo.js');
  cpSync('bin', join(base, 'bin'), { recursive: true });
  writeFileSync(join(base, 'package.json'), '{"type":"module"}');
  await run('node_modules/.bin/rolldown', ['--config', 'rolldown.config.js', '--dir', join(base, 'dist')]);
}, 60_000);

afterAll(() => rmSync(base, { recursive: true, force: true }));

interface Session {
  folder: string;
  /** Types once the text has appeared after what was seen before. */
  answer(text: string, typed: string): Promise<void>;
  exit: Promise<number>;
  screen(): string;
  process: pty.IPty;
}

function start(
  argv: readonly string[],
  size: { cols: number; rows: number },
  env: Record<string, string> = {},
): Session {
  const folder = mkdtempSync(join(base, 'work-'));
  mkdirSync(join(folder, 'home'));
  if (env.HOOKS === 'on') slowHook(join(folder, 'demo/.git/hooks'));
  const person = { HOME: join(folder, 'home'), GIT_CONFIG_NOSYSTEM: '1', EMAIL: 'a@example.com' };
  const identity = { GIT_AUTHOR_NAME: 'A', GIT_COMMITTER_NAME: 'A' };
  const child = pty.spawn(process.execPath, [program, ...argv], {
    ...size,
    cwd: folder,
    env: { PATH: process.env.PATH, TERM: 'xterm-256color', ...person, ...identity, ...env },
  });
  onTestFinished(() => child.kill('SIGKILL'));
  let text = '';
  let seen = 0;
  child.onData((data) => {
    text += data;
  });
  const screen = () => stripVTControlCharacters(text);
  return {
    folder,
    process: child,
    screen: () => text,
    exit: new Promise((resolve) => child.onExit(({ exitCode }) => resolve(exitCode))),
    async answer(wanted, typed) {
      const start = Date.now();
      while (screen().indexOf(wanted, seen) === -1) {
        if (Date.now() - start > 10_000) throw new Error(`"${wanted}" never came; the screen has:\n${screen()}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      seen = screen().indexOf(wanted, seen) + wanted.length;
      await new Promise((resolve) => setTimeout(resolve, 30));
      child.write(typed);
    },
  };
}

/** A commit that lasts long enough to be interrupted. */
function slowHook(hooks: string): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', join(hooks, '../..')]);
  mkdirSync(hooks, { recursive: true });
  writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\nsleep 20\n', { mode: 0o755 });
}

describe.skipIf(skipped !== undefined)('in a real terminal', () => {
  test('from the first question to the commit, at 40 columns and without colour', async () => {
    const session = start([], { cols: 40, rows: 50 }, { NO_COLOR: '1' });
    await session.answer('Which folder', 'demo\r');
    for (const question of [
      'Who will',
      'How is the',
      'Which clusters',
      'Which building',
      'Which apps',
      'How are secrets',
      'What does one',
    ])
      await session.answer(question, '\r');
    await session.answer('Apply this?', '\r');
    expect(await session.exit).toBe(0);
    expect(existsSync(join(session.folder, 'demo/.git'))).toBe(true);
    expect(session.screen()).toContain('Commit the files');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is the colours' code that must be absent
    expect(session.screen()).not.toMatch(/\u001b\[3[0-7]m/);
  });

  test('Ctrl-C at the first question: 130, nothing written, the terminal as it was', async () => {
    const session = start([], { cols: 100, rows: 40 });
    await session.answer('Which folder', '\u0003');
    expect(await session.exit).toBe(130);
    expect(session.screen()).toContain('Cancelled. Nothing was written.');
    expect(readdirSync(session.folder)).toEqual(['home']);
    expect(readdirSync(join(session.folder, 'home'))).toEqual([]);
    // the cursor is shown again
    expect(session.screen().lastIndexOf('\u001b[?25h')).toBeGreaterThan(session.screen().lastIndexOf('\u001b[?25l'));
  });

  test('SIGTERM at a question: 143', async () => {
    const session = start(['demo'], { cols: 100, rows: 40 });
    await session.answer('Who will', '');
    session.process.kill('SIGTERM');
    expect(await session.exit).toBe(143);
    expect(session.screen()).toContain('Cancelled. Nothing was written.');
  });

  test('Ctrl-C while git commits: 130, and it is said what exists and how to go on', async () => {
    const session = start(['demo', '--yes'], { cols: 100, rows: 40 }, { HOOKS: 'on' });
    await session.answer('◌ Commit the files', '\u0003');
    expect(await session.exit).toBe(130);
    expect(session.screen()).toMatch(/Cancelled\. The files are in demo\. To go on: npx create-flux-repo@\S+ demo/);
  });

  test('CI in a terminal asks nothing', async () => {
    const session = start(['demo'], { cols: 100, rows: 40 }, { CI: 'woodpecker' });
    expect(await session.exit).toBe(2);
    expect(session.screen()).toContain('nobody can be asked');
  });
});

describe('without a terminal', () => {
  test('asks nothing: exit 2 with what is missing', async () => {
    const folder = mkdtempSync(join(base, 'work-'));
    const failed = await run(process.execPath, [program], { cwd: folder }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a reader that closes early is no failure', async () => {
    const folder = mkdtempSync(join(base, 'work-'));
    const line = `"${process.execPath}" "${program}" --help | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await run('bash', ['--norc', '-c', line], { cwd: folder });
    expect(stdout.split('\n')).toEqual(['Usage: create-flux-repo [dir] [options]', '0', '']);
    expect(stderr).toBe('');
  });
});
