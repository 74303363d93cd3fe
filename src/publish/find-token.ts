import { ExpectedError, usageError } from '../errors.ts';
import type { Environment } from '../git/git-environment.ts';
import { Secret } from '../secrets/secret.ts';
import { askForgeProgram, type ForgeProgram, hasForgeProgram } from './ask-forge-program.ts';
import type { Credential, ProviderKind } from './provider.ts';

/** Where a token may come from. Whatever is undefined is not asked. */
export interface TokenSources {
  env: Environment;
  /** All of standard input, with `--token-stdin`. */
  stdin: (() => Promise<string>) | undefined;
  /** Shall the token of this program be taken? Only asked when the program is here. */
  consent: ((program: ForgeProgram) => Promise<boolean>) | undefined;
  /** A hidden prompt. @param where the host, and what the token must be allowed to do */
  ask: ((where: string) => Promise<Secret>) | undefined;
  signal: AbortSignal;
}

/** A server whose token is wanted. */
export interface TokenTarget {
  kind: Exclude<ProviderKind, 'git'>;
  /** `github.com`, `git.example.com:3000` */
  host: string;
}

/**
 * Variables by provider, in the order they count. The enterprise names are GitHub's own for other hosts than github.com,
 * as gh has them, so that a token for one is not sent to the other: https://cli.github.com/manual/gh_help_environment
 */
const variables: Readonly<Record<TokenTarget['kind'], readonly string[]>> = {
  github: ['GITHUB_TOKEN', 'GH_TOKEN'],
  gitlab: ['GITLAB_TOKEN'],
  gitea: ['GITEA_TOKEN'],
};

const enterprise = ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'];

const programs: Readonly<Partial<Record<TokenTarget['kind'], ForgeProgram>>> = { github: 'gh', gitlab: 'glab' };

/** The names of the variables that are looked at for a host. */
function tokenVariables({ kind, host }: TokenTarget): readonly string[] {
  const isPublic = host === 'github.com' || host.endsWith('.ghe.com');
  return kind === 'github' && !isPublic ? [...enterprise, ...variables.github] : variables[kind];
}

/**
 * The token for a host: standard input when asked for, a variable, then with consent gh's or glab's, then the prompt.
 * No flag takes a token: other users of a machine see those.
 *
 * @throws ExpectedError `auth-missing`, `auth-invalid` for what cannot be a token
 */
export async function findToken(target: TokenTarget, sources: TokenSources): Promise<Credential> {
  if (sources.stdin !== undefined) return credential(await sources.stdin(), '--token-stdin');
  const names = tokenVariables(target);
  const name = names.find((each) => (sources.env[each] ?? '').trim() !== '');
  if (name !== undefined) return credential(sources.env[name] ?? '', name);
  const program = programs[target.kind];
  if (program !== undefined && sources.consent !== undefined && (await hasForgeProgram(program, sources))) {
    const token = (await sources.consent(program)) ? await askForgeProgram(program, target.host, sources) : undefined;
    if (token !== undefined) return { token, from: program === 'gh' ? 'gh auth token' : 'glab' };
  }
  if (sources.ask !== undefined) return credential((await sources.ask(target.host)).reveal(), 'the prompt');
  throw new ExpectedError({
    code: 'auth-missing',
    exitCode: 2,
    message: `no token for ${target.host}`,
    why: [`None of these variables is set: ${names.join(', ')}.`],
    hint: `Set ${names.at(0)}, or pipe the token in with --token-stdin.`,
  });
}

/** What is no token is not sent: a header with a line end in it would fail late, and without a reason. */
function credential(text: string, from: string): Credential {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return { token: new Secret(token), from };
  throw usageError(`what ${from} holds cannot be a token`, {
    code: 'auth-invalid',
    why: [token === '' ? 'It is empty.' : 'It has blanks, line breaks or characters outside of ASCII.'],
    hint: 'Copy the token anew: the token alone, on one line.',
  });
}
