import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { System } from '../../src/cli/io.ts';

export interface FakeSystem extends System {
  stdin: PassThrough & { isTTY?: boolean };
  stdout: PassThrough & { isTTY?: boolean; columns?: number };
  stderr: PassThrough & { isTTY?: boolean; columns?: number };
  /** What was written so far. */
  out(): string;
  err(): string;
  /** As a signal does. */
  abort(reason: Error): void;
}

/** A machine of its own in a temporary folder: empty working folder, empty home, git with an identity and no configuration. */
export function fakeSystem({ columns }: { columns?: number } = {}): FakeSystem & { remove(): void } {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'create-flux-repo-')));
  const [cwd, home] = [join(base, 'work'), join(base, 'home')];
  mkdirSync(cwd);
  mkdirSync(home);
  const controller = new AbortController();
  const stream = () =>
    Object.assign(
      new PassThrough(),
      columns === undefined ? {} : { isTTY: true, columns, getColorDepth: () => 1, setRawMode: () => undefined },
    );
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  const collected = (from: PassThrough) => {
    let text = '';
    from.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    return () => text;
  };
  return {
    stdin,
    stdout,
    stderr,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.com',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.com',
    },
    cwd,
    home,
    platform: process.platform,
    now: () => 0,
    randomBytes: (count) => new Uint8Array(count).fill(0xab),
    signal: controller.signal,
    lendTerminal: (work) => work(),
    out: collected(stdout),
    err: collected(stderr),
    abort: (reason) => controller.abort(reason),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
