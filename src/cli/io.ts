import { homedir } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { Cancelled } from '../errors.ts';

/** Of a terminal it has `setRawMode`. */
export type InputStream = Readable & { isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
export type OutputStream = Writable & { isTTY?: boolean; columns?: number };

/** All of the outside world that is not files, git or a network: what a test replaces. */
export interface System {
  stdin: InputStream;
  stdout: OutputStream;
  stderr: OutputStream;
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  cwd: string;
  /** The person's home folder, absolute. */
  home: string;
  platform: NodeJS.Platform;
  /** Milliseconds, only ever compared with another call's. */
  now(): number;
  randomBytes(count: number): Uint8Array;
  /** Aborts on the first SIGINT or SIGTERM, with a `Cancelled` as its reason. */
  signal: AbortSignal;
  /** Lends the terminal to another program while the work runs: Ctrl-C is its business then, and losing the terminal aborts. */
  lendTerminal<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** The system as one command sees it. */
export interface Io extends System {
  /** A person can be asked. Decided once, so that nothing prompts where nobody answers. */
  interactive: boolean;
}

/** What takes the person out of the loop. */
export interface Unattended {
  yes: boolean;
  json: boolean;
  noInput: boolean;
  config: string | undefined;
}

/**
 * Whether a person sits there: they type and see, and nothing says otherwise.
 * Any non-empty `CI` counts, since not every CI service sets it to `true`; `--config -` has taken stdin.
 */
export function isInteractive(system: System, options: Unattended): boolean {
  const unattended = options.yes || options.json || options.noInput || options.config === '-';
  const inCi = (system.env.CI ?? '') !== '';
  return system.stdin.isTTY === true && screenOf(system).isTTY === true && !unattended && !inCi;
}

/** Where prompts and progress are drawn: stderr, so that stdout stays the result; stdout if only that is seen. */
export function screenOf(system: Pick<System, 'stdout' | 'stderr'>): OutputStream {
  return system.stderr.isTTY !== true && system.stdout.isTTY === true ? system.stdout : system.stderr;
}

/** The real process. Call it once: it listens to signals. */
export function processSystem(): System {
  return {
    // Node opens a stream when it is first looked at, stdin for milliseconds that not every command needs
    get stdin() {
      return process.stdin;
    },
    get stdout() {
      return forgiving(process.stdout);
    },
    get stderr() {
      return forgiving(process.stderr);
    },
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    platform: process.platform,
    now: () => performance.now(),
    // not node:crypto, which takes milliseconds to load
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    ...abortOnSignal(),
  };
}

/** `create-flux-repo … | head` closes the pipe early; that is no failure of ours. */
function forgiving<Stream extends OutputStream>(stream: Stream): Stream {
  return stream.listeners('error').includes(unlessClosed) ? stream : stream.on('error', unlessClosed);
}

function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/**
 * The first signal asks the work to stop, a second one ends the process as if nobody listened.
 * Not `once`: execa's clean-up (signal-exit) kills the process when it finds no listener but its own.
 */
function abortOnSignal(): Pick<System, 'signal' | 'lendTerminal'> {
  const controller = new AbortController();
  const { signal } = controller;
  let isLent = false;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    const listener = () => {
      if (isLent && name === 'SIGINT') return;
      if (!signal.aborted) return controller.abort(new Cancelled(name));
      process.off(name, listener);
      process.kill(process.pid, name);
    };
    process.on(name, listener);
  }
  const hungUp = () => controller.abort(new Cancelled('SIGTERM'));
  return {
    signal,
    async lendTerminal(work) {
      isLent = true;
      process.on('SIGHUP', hungUp);
      try {
        return await work();
      } finally {
        isLent = false;
        process.off('SIGHUP', hungUp);
      }
    },
  };
}
