import type { Environment } from '../git/git-environment.ts';
import { type Door, openDoor } from './http/door.ts';
import { proxyPasswords } from './http/proxy-for.ts';
import type { Patience } from './http/send-once.ts';
import type { Credential, Provider } from './provider.ts';
import { type Redactor, redactorOf } from './redactor.ts';
import { type ForgeKind, type Server, type ServerAddress, serverAddress, type TokenLook } from './server.ts';

/** What it takes to speak with a provider. */
export interface Connection {
  kind: ForgeKind;
  /** As the model has it; undefined for github.com and gitlab.com. */
  host: string | undefined;
  credential: Credential;
  env: Environment;
  /** From `readCaFile`; undefined without `--ca-file`. */
  ca: string[] | undefined;
  signal: AbortSignal;
}

export interface Connected {
  provider: Provider;
  address: ServerAddress;
  /** For whatever goes out from here on: it knows the token and the proxies' passwords. */
  redact: Redactor;
}

/** Milliseconds and bytes: a slow server on a bad line, and the longest list of keys. */
const patience: Patience = { idle: 30_000, total: 60_000, bytes: 10_000_000 };

/**
 * The provider behind a host. Nothing is sent yet. Each adapter is loaded when it is needed, with its client.
 *
 * @throws ExpectedError `usage` when a self-managed server is not named
 */
export async function connectProvider({ kind, host, credential, env, ca, signal }: Connection): Promise<Connected> {
  const address = serverAddress(kind, host);
  const redact = redactorOf([credential.token, ...proxyPasswords(env)]);
  const door: Door = openDoor({
    base: new URL(address.api),
    token: credential.token,
    scheme: kind === 'gitea' ? 'token' : 'Bearer',
    network: { env, ca, patience },
    signal,
  });
  const tokenLook = kind === 'github' ? lookOf(credential.token.reveal()) : 'unknown';
  const server: Server = { ...address, door, redact, tokenFrom: credential.from, tokenLook };
  return { provider: await adapter(server), address, redact };
}

async function adapter(server: Server): Promise<Provider> {
  switch (server.kind) {
    case 'github':
      return (await import('./github/github-provider.ts')).githubProvider(server);
    case 'gitlab':
      return (await import('./gitlab/gitlab-provider.ts')).gitlabProvider(server);
    case 'gitea':
      return (await import('./gitea/gitea-provider.ts')).giteaProvider(server);
  }
}

function lookOf(token: string): TokenLook {
  if (token.startsWith('github_pat_')) return 'fine-grained';
  if (token.startsWith('ghp_')) return 'classic';
  if (token.startsWith('ghs_')) return 'app';
  return /^gh[ou]_/.test(token) ? 'oauth' : 'unknown';
}
