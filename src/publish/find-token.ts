import { ExpectedError, usageError } from '../errors.ts';
import type { Environment } from '../git/git-environment.ts';
import { Secret } from '../secrets/secret.ts';
import { askForgeProgram, type ForgeProgram, hasForgeProgram } from './ask-forge-program.ts';
import type { Credential } from './provider.ts';
import type { ForgeKind } from './server.ts';
import { type TokenTarget, tokenVariables } from './token-variables.ts';

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

const programs: Readonly<Partial<Record<ForgeKind, ForgeProgram>>> = { github: 'gh', gitlab: 'glab' };

/**
 * The token for a host: standard input when asked for, a variable, then with consent gh's or glab's, then the prompt.
 * No flag takes a token: other users of a machine see those.
 *
 * @throws ExpectedError `auth-missing`, `auth-invalid` for what cannot be a token
 */
export async function findToken(target: TokenTarget & { host: string }, sources: TokenSources): Promise<Credential> {
  if (sources.stdin !== undefined) return credential(await sources.stdin(), '--token-stdin');
  const names = tokenVariables(target, sources.env);
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
    why: [`None of these variables is set: ${names.join(', ')}.`, ...othersOf(names, target.kind)],
    hint: `Set ${names.at(0)}, or pipe the token in with --token-stdin.`,
  });
}

function othersOf(names: readonly string[], kind: ForgeKind): string[] {
  if (kind !== 'github' || names.includes('GITHUB_TOKEN')) return [];
  return ['GITHUB_TOKEN and GH_TOKEN are for github.com and are not sent to other servers.'];
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
