import { spawn } from '@lydell/node-pty';

/** The sign of a question that waits for its answer. */
const activePrompt = '◆';

/** Milliseconds after which nothing more is expected. */
const patience = 10_000;

/**
 * Milliseconds until the program asks its first question, in a terminal of its own; the program ends there.
 * @param args of node
 */
export function timeToFirstPrompt(args, options) {
  return timeInTerminal(args, options, (output) => output.includes(activePrompt));
}

/** Milliseconds until a program that asks nothing has ended, measured in the same way. */
export function timeToEnd(args, options) {
  return timeInTerminal(args, options, () => false);
}

function timeInTerminal(args, { cwd, env }, isDone) {
  return new Promise((resolve, reject) => {
    let output = '';
    let taken;
    const start = performance.now();
    const terminal = spawn(process.execPath, args, { cwd, env, cols: 100, rows: 40 });
    const impatience = setTimeout(() => terminal.kill('SIGKILL'), patience);
    terminal.onData((data) => {
      output += data;
      if (taken !== undefined || !isDone(output)) return;
      taken = performance.now() - start;
      terminal.kill('SIGKILL');
    });
    terminal.onExit(({ exitCode, signal }) => {
      clearTimeout(impatience);
      if (taken === undefined && exitCode === 0 && signal === 0) taken = performance.now() - start;
      if (taken !== undefined) resolve(taken);
      else reject(new Error(`node ${args.join(' ')} ended before it asked anything, with ${exitCode}:\n${output}`));
    });
  });
}
