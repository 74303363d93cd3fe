import { usageError } from '../errors.ts';
import type { Door } from './http/door.ts';
import type { ProviderKind } from './provider.ts';
import type { Redactor } from './redactor.ts';

/** Kinds of providers that have an API. */
export type ForgeKind = Exclude<ProviderKind, 'git'>;

/** Where a provider is. */
export interface ServerAddress {
  kind: ForgeKind;
  /** For people: `github.com`, `git.example.com:3000`. */
  host: string;
  /** For a browser, without a slash at the end. */
  web: string;
  /** Without a slash at the end. */
  api: string;
}

/**
 * What GitHub's tokens are, by their beginning; `unknown` elsewhere.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 */
export type TokenLook = 'classic' | 'fine-grained' | 'app' | 'oauth' | 'unknown';

/** A provider's server as an adapter has it. */
export interface Server extends ServerAddress {
  door: Door;
  redact: Redactor;
  /** Where the token was found: `GITHUB_TOKEN`. */
  tokenFrom: string;
  tokenLook: TokenLook;
}

const usualHosts: Readonly<Partial<Record<ForgeKind, string>>> = { github: 'github.com', gitlab: 'gitlab.com' };

const apiPaths: Readonly<Record<ForgeKind, string>> = { github: '/api/v3', gitlab: '/api/v4', gitea: '/api/v1' };

/**
 * Where a provider's API is: github.com and data residency (`acme.ghe.com`) have a host of their own for it, other
 * servers a path. https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency
 *
 * @param host as the model has it: checked already, a name or a URL which may have a path
 * @throws ExpectedError `usage` when a self-managed server is not named
 */
export function serverAddress(kind: ForgeKind, host: string | undefined): ServerAddress {
  const text = host ?? usualHosts[kind];
  if (text === undefined)
    throw usageError('the server is not named', {
      why: ['Gitea and Forgejo have no usual one.'],
      hint: 'Name it as repository.host in flux-repo.yaml, or to create as --host: git.example.com',
    });
  const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  const web = `${url.origin}${url.pathname}`.replace(/\/+$/, '').replace(/\/api\/v[134]$/, '');
  const isOwnApiHost = kind === 'github' && (url.host === 'github.com' || url.host.endsWith('.ghe.com'));
  const api = isOwnApiHost ? `https://api.${url.host}` : `${web}${apiPaths[kind]}`;
  return { kind, host: web.replace(/^https?:\/\//, ''), web, api };
}
