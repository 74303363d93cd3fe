import { Octokit } from '@octokit/core';
import { attempt, attemptToFind } from '../failures/attempt.ts';
import type { Tried } from '../failures/cause.ts';
import { doorAsFetch } from '../http/door-as-fetch.ts';
import type { Server } from '../server.ts';

/** GitHub's client behind our door, and the two ways to use it. Forgejo and Gitea take it as well. */
export interface OctokitClient {
  server: Server;
  request: Octokit['request'];
  /** @throws ProviderError */
  attempt<Result>(tried: Tried, work: () => Promise<{ data: Result }>): Promise<Result>;
  /** Undefined for what is not there. @throws ProviderError */
  find<Result>(tried: Tried, work: () => Promise<{ data: Result }>): Promise<Result | undefined>;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Octokit has no token: the door brings it, so that no request, error or hook of the client holds one. Its own trying
 * again and waiting are plugins that are not here: they repeat writes.
 *
 * @param headers for every request
 */
export function octokitClient(server: Server, headers: Readonly<Record<string, string>>): OctokitClient {
  const octokit = new Octokit({
    baseUrl: server.api,
    userAgent: 'create-flux-repo',
    log: silent,
    request: { fetch: doorAsFetch(server.door), log: silent },
  });
  octokit.hook.before('request', (options) => {
    Object.assign(options.headers, headers);
  });
  return {
    server,
    request: octokit.request,
    attempt: async (tried, work) => (await attempt(server, tried, work)).data,
    find: async (tried, work) => (await attemptToFind(server, tried, work))?.data,
  };
}
