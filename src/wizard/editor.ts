import { spawn } from 'node:child_process';
import type { Io } from '../cli/io.ts';
import { ExpectedError } from '../errors.ts';
import { withoutSecrets } from '../git/git-environment.ts';

/** Variables that name an editor, the first that is set counts; SOPS knows them in this order. */
const variables = ['SOPS_EDITOR', 'VISUAL', 'EDITOR'] as const;

/** The editor's command line, and the variable that names it; undefined when none does. */
export function editorOf({ env, platform }: Pick<Io, 'env' | 'platform'>): { editor: string; variable?: string } {
  const variable = variables.find((name) => (env[name] ?? '').trim() !== '');
  const named = variable === undefined ? undefined : env[variable];
  if (variable !== undefined && named !== undefined) return { editor: named, variable };
  return { editor: platform === 'win32' ? 'notepad' : 'vi' };
}

/**
 * Opens a file in the person's editor and waits until it is closed. The editor has the terminal and is given the file's
 * path, nothing else: neither text nor keys are in its arguments or its environment.
 *
 * @throws ExpectedError `editor-failed` when it cannot be started or ends with an error; Cancelled
 */
export async function openEditor(io: Io, path: string): Promise<void> {
  const { editor, variable } = editorOf(io);
  const code = await io.lendTerminal(() => exitCodeOf(io, editor, path));
  io.signal.throwIfAborted();
  if (code === 0) return;
  throw new ExpectedError({
    code: 'editor-failed',
    exitCode: 1,
    message: `the editor ${code === 127 || code === undefined ? 'could not be started' : `ended with code ${code}`}`,
    why: [variable === undefined ? `No editor is named; ${editor} was tried.` : `${variable} names it.`],
    hint: `Name an editor that waits until the file is closed, for example: export EDITOR='code --wait'`,
  });
}

/** As git does it, so that `EDITOR='code --wait'` works as it does there. */
async function exitCodeOf(io: Io, editor: string, path: string): Promise<number | undefined> {
  const [program, words] =
    io.platform === 'win32' ? [`${editor} "${path}"`, []] : ['sh', ['-c', `${editor} "$@"`, editor, path]];
  const child = spawn(program, words, {
    cwd: io.cwd,
    env: withoutSecrets(io.env),
    shell: io.platform === 'win32',
    stdio: 'inherit',
  });
  const stop = () => child.kill('SIGTERM');
  io.signal.addEventListener('abort', stop);
  try {
    return await new Promise((resolve) => {
      child.once('error', () => resolve(undefined));
      child.once('close', (code) => resolve(code ?? 1));
    });
  } finally {
    io.signal.removeEventListener('abort', stop);
  }
}
