import { stat } from 'node:fs/promises';
import { execa, type Options } from 'execa';
import { Cancelled, ExpectedError } from '../errors.ts';
import { type Environment, gitEnvironment } from './git-environment.ts';
import { gitWords } from './git-words.ts';

/** Where and how git runs. */
export interface GitCall {
  /** An existing folder, absolute. */
  cwd: string;
  env: Environment;
  signal?: AbortSignal | undefined;
  /** Text for git's standard input; none by default. */
  input?: string | undefined;
  /** Another index than the repository's own, absolute. */
  indexFile?: string | undefined;
  /**
   * Leaves the person's locale alone. By default git speaks English so that its answer can be read by us; hooks
   * inherit that, and under `LC_ALL=C` some interpreters refuse UTF-8 files. So the calls that run hooks set this.
   */
  keepLocale?: boolean | undefined;
  /** The output as bytes, one character (U+0000 to U+00FF) for each. */
  asBytes?: boolean | undefined;
  /**
   * Variables for this call alone, on top of what git gets; undefined takes one away. A function, so that a token in
   * them is in no object which somebody could print.
   */
  variables?: (() => Readonly<Record<string, string | undefined>>) | undefined;
}

export interface GitAnswer {
  exitCode: number;
  /** Without the final newline. */
  stdout: string;
  stderr: string;
}

/**
 * Runs git and returns its answer whatever the exit code. The arguments are passed as they are, no shell reads them.
 *
 * @throws ExpectedError `git-missing` when there is no git to run; Cancelled when the signal or Ctrl-C stopped it
 */
export async function askGit(args: readonly string[], call: GitCall): Promise<GitAnswer> {
  const env: Record<string, string | undefined> = { ...gitEnvironment(call.env), ...call.variables?.() };
  if (!call.keepLocale) env.LC_ALL = 'C';
  if (call.indexFile !== undefined) env.GIT_INDEX_FILE = call.indexFile;
  const running = execa('git', args, {
    ...({ cwd: call.cwd, env, extendEnv: false, reject: false } satisfies Options),
    ...(call.input === undefined ? { stdin: 'ignore' as const } : { input: call.input }),
    ...(call.signal && { cancelSignal: call.signal }),
    ...(call.asBytes && { encoding: 'latin1' as const }),
  });
  running.once('exit', () => {
    if (!call.signal?.aborted) return;
    // A hook may outlive the git we stopped; its open output would keep us waiting for it.
    running.stdout?.destroy();
    running.stderr?.destroy();
  });
  const result = await running;
  if (result.isCanceled) throw call.signal?.reason instanceof Cancelled ? call.signal.reason : new Cancelled();
  if (result.signal === 'SIGINT' || result.signal === 'SIGTERM') throw new Cancelled(result.signal);
  if (result.exitCode === undefined) throw await notStarted(call.cwd, result.code, result.cause);
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

/**
 * Runs git where only success will do.
 *
 * @returns standard output without the final newline
 * @throws as `askGit`, and ExpectedError `git-failed` with git's own words
 */
export async function runGit(args: readonly string[], call: GitCall): Promise<string> {
  const answer = await askGit(args, call);
  if (answer.exitCode !== 0) throw gitFailed(args, answer);
  return answer.stdout;
}

/** The error for an answer that cannot be worked with. */
export function gitFailed(args: readonly string[], answer: GitAnswer): ExpectedError {
  return new ExpectedError({
    code: 'git-failed',
    exitCode: 1,
    message: `git ${args[0]} failed with exit code ${answer.exitCode}`,
    why: gitWords(answer.stderr, answer.stdout),
    hint: 'Put right what git names above, then run the command again.',
  });
}

async function notStarted(cwd: string, code: string | undefined, cause: unknown): Promise<Error> {
  // A missing working folder gives ENOENT too, and that would be a mistake of ours.
  const isFolder = await stat(cwd).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder || (code !== 'ENOENT' && code !== 'EACCES'))
    return new Error(`git could not be started (${code})`, { cause });
  return new ExpectedError({
    code: 'git-missing',
    exitCode: 1,
    message: 'cannot run git',
    why: ['No program named git was found in PATH.'],
    hint: 'Install git (https://git-scm.com/downloads), or add --no-git.',
  });
}
