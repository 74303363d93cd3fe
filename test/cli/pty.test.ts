import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bundledProgram, noTerminal, startInTerminal, type TerminalSession } from '../support/terminal-program.ts';

const run = promisify(execFile);
if (noTerminal !== undefined) console.warn(`skipped: ${noTerminal}`);

const program = bundledProgram();

function start(
  argv: readonly string[],
  size: { cols: number; rows: number },
  env: Record<string, string> = {},
): TerminalSession {
  const folder = program.folder();
  if (env.HOOKS === 'on') slowHook(join(folder, 'demo/.git/hooks'));
  return startInTerminal(program, argv, { ...size, folder, env });
}

/** A commit that lasts long enough to be interrupted. */
function slowHook(hooks: string): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', join(hooks, '../..')]);
  mkdirSync(hooks, { recursive: true });
  writeFileSync(join(hooks, 'pre-commit'), '#!/bin/sh\nsleep 20\n', { mode: 0o755 });
}

describe.skipIf(noTerminal !== undefined)('in a real terminal', () => {
  test('from the first question to the commit, at 40 columns and without colour', async () => {
    const session = start([], { cols: 40, rows: 50 }, { NO_COLOR: '1' });
    await session.answer('Which folder', 'demo\r');
    for (const question of [
      'Who will',
      'How is the',
      'Which clusters',
      'Which building',
      'Which apps',
      'Where is told',
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
    const folder = program.folder();
    const failed = await run(process.execPath, [program.path], { cwd: folder }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual(['home']);
  });

  test('a reader that closes early is no failure', async () => {
    const folder = program.folder();
    const line = `"${process.execPath}" "${program.path}" --help | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await run('bash', ['--norc', '-c', line], { cwd: folder });
    expect(stdout.split('\n')).toEqual(['Usage: create-flux-repo [dir] [options]', '0', '']);
    expect(stderr).toBe('');
  });
});
