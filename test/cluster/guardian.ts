import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Takes a cluster, or whatever a test has started, down when told to, and when this process is gone, however it went. */
export interface Guardian {
  /** @throws Error when it could not be taken down */
  end(): Promise<void>;
}

/**
 * A shell in a process group of its own, which waits for the end of its stdin: we close it, or the system does.
 *
 * @param down the program that takes it down, and its arguments
 */
export function startGuardian(down: readonly string[], env: Record<string, string>): Guardian {
  const shell = spawn('sh', ['-c', 'cat > /dev/null; exec "$@"', 'sh', ...down], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const ended = once(shell, 'exit');
  return {
    async end() {
      shell.stdin.end();
      const [code] = await ended;
      if (code !== 0) throw new Error(`${down.join(' ')} ended with ${code}`);
    },
  };
}
