import { ProviderError } from '../failure.ts';
import type { Account } from '../provider.ts';
import type { TokenLook } from '../server.ts';
import type { OctokitClient } from './octokit-client.ts';

const kinds: Readonly<Record<TokenLook, string>> = {
  classic: 'classic token',
  'fine-grained': 'fine-grained token',
  app: 'token of a GitHub App',
  oauth: 'OAuth token',
  unknown: 'token',
};

/** https://docs.github.com/rest/users/users#get-the-authenticated-user, and what its headers tell of the token. */
export async function githubAccount({ request, attempt, server }: OctokitClient): Promise<Account> {
  const tokenKind = kinds[server.tokenLook];
  // Any name does for git: https://docs.github.com/apps/creating-github-apps/registering-a-github-app/choosing-permissions-for-a-github-app
  const gitUser = 'x-access-token';
  // An installation token has no user to ask for.
  if (server.tokenLook === 'app') return { login: '', tokenKind, gitUser };
  const tried = { step: 'whoami', words: 'find out whose token it is', needs: 'a valid token' } as const;
  const answer = await attempt(tried, async () => {
    const { data, headers } = await request('GET /user');
    return { data: { login: data.login, headers } };
  });
  const scopes = answer.headers['x-oauth-scopes'];
  const expires = answer.headers['github-authentication-token-expiration'];
  if (typeof answer.login !== 'string') throw notGithub(server);
  return {
    login: answer.login,
    tokenKind,
    gitUser,
    ...(typeof scopes === 'string' && { scopes: scopes.split(/,\s*/).filter((scope) => scope !== '') }),
    ...(typeof expires === 'string' && { expires: isoTime(expires) }),
  };
}

/** GitHub writes `2026-12-01 10:00:00 UTC`. */
function isoTime(text: string): string {
  const time = Date.parse(text.replace(/ UTC$/, 'Z').replace(' ', 'T'));
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}

function notGithub({ host, api }: OctokitClient['server']): ProviderError {
  return new ProviderError({
    code: 'wrong-base-url',
    step: 'whoami',
    message: `cannot find out whose token it is: ${host} does not answer as GitHub does`,
    why: [`It was asked at ${api}/user.`],
    hint: 'Look at repository.provider and repository.host in flux-repo.yaml.',
  });
}
