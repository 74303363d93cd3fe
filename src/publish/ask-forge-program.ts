import { execa, type Options } from 'execa';
import { type Environment, withoutSecrets } from '../git/git-environment.ts';
import { Secret } from '../secrets/secret.ts';

/** A provider's own command line, which may be signed in already. */
export type ForgeProgram = 'gh' | 'glab';

/** https://cli.github.com/manual/gh_auth_token · https://gitlab.com/gitlab-org/cli/-/blob/main/docs/source/config/get.md */
const words: Readonly<Record<ForgeProgram, (host: string) => string[]>> = {
  gh: (host) => ['auth', 'token', '--hostname', host],
  glab: (host) => ['config', 'get', 'token', '--host', host],
};

/** Milliseconds: a keyring may have to ask its owner first. */
const patience = 30_000;

interface Call {
  env: Environment;
  signal: AbortSignal;
}

/** Whether the program is here at all: only then is it worth a question. */
export async function hasForgeProgram(program: ForgeProgram, call: Call): Promise<boolean> {
  return (await answerOf(program, ['--version'], call)) !== undefined;
}

/**
 * The token that gh or glab keeps for a host. Undefined when the program is not signed in there, or fails: it is a
 * convenience, and the next place is looked at.
 */
export async function askForgeProgram(program: ForgeProgram, host: string, call: Call): Promise<Secret | undefined> {
  const token = (await answerOf(program, words[program](host), call))?.trim() ?? '';
  return /^[\x21-\x7e]+$/.test(token) ? new Secret(token) : undefined;
}

async function answerOf(program: ForgeProgram, args: string[], { env, signal }: Call): Promise<string | undefined> {
  const options = { env: withoutSecrets(env), extendEnv: false, reject: false, stdin: 'ignore' } satisfies Options;
  const result = await execa(program, args, { ...options, timeout: patience, cancelSignal: signal });
  signal.throwIfAborted();
  return result.exitCode === 0 ? result.stdout : undefined;
}
