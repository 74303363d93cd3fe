import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import * as pty from '@lydell/node-pty';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

const run = promisify(execFile);

/** Why the cases in a pseudo-terminal do not run here. */
export const noTerminal = process.platform === 'win32' ? 'the pseudo-terminal cases need a POSIX system' : undefined;

/** The program as it ships, for one file of tests. */
export interface BundledProgram {
  /** The folder it is in, which goes with the tests. */
  base: string;
  /** The file that Node runs. */
  path: string;
  /** A new folder to work in, with a `home`. */
  folder(): string;
}

/** Builds the bundle before the tests, beside the work tree so that no other test sees it half-made. */
export function bundledProgram(): BundledProgram {
  const program: BundledProgram = {
    base: '',
    path: '',
    folder() {
      const folder = mkdtempSync(join(program.base, 'work-'));
      mkdirSync(join(folder, 'home'));
      return folder;
    },
  };
  beforeAll(async () => {
    program.base = realpathSync(mkdtempSync(join(tmpdir(), 'create-flux-repo-pty-')));
    program.path = join(program.base, 'bin/create-flux-repo.js');
    cpSync('bin', join(program.base, 'bin'), { recursive: true });
    writeFileSync(join(program.base, 'package.json'), '{"type":"module"}');
    const dist = join(program.base, 'dist');
    await run('node_modules/.bin/rolldown', ['--config', 'rolldown.config.js', '--dir', dist]);
  }, 60_000);
  afterAll(() => rmSync(program.base, { recursive: true, force: true }));
  return program;
}

/** The program at work in a terminal. */
export interface TerminalSession {
  folder: string;
  /** Types once the text has appeared after what was seen before. */
  answer(text: string, typed: string): Promise<void>;
  exit: Promise<number>;
  /** All that was drawn, control codes included. */
  screen(): string;
  process: pty.IPty;
}

/** Who sits there: a home of their own below the folder, git with an identity and no configuration. */
export function personIn(folder: string): Record<string, string> {
  const identity = { GIT_AUTHOR_NAME: 'A', GIT_COMMITTER_NAME: 'A', EMAIL: 'a@example.com' };
  return { PATH: process.env.PATH ?? '', HOME: join(folder, 'home'), GIT_CONFIG_NOSYSTEM: '1', ...identity };
}

/** Starts it in a folder that `BundledProgram.folder` made, or below. */
export function startInTerminal(
  program: BundledProgram,
  argv: readonly string[],
  how: { cols: number; rows: number; folder: string; below?: string; env?: Record<string, string> },
): TerminalSession {
  const { cols, rows, folder, below = '.', env } = how;
  const child = pty.spawn(process.execPath, [program.path, ...argv], {
    cols,
    rows,
    cwd: join(folder, below),
    env: { TERM: 'xterm-256color', ...personIn(folder), ...env },
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
