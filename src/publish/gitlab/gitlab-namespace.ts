import { ProviderError } from '../failure.ts';
import type { Account, Namespace } from '../provider.ts';
import type { GitlabClient } from './gitlab-client.ts';

/** https://docs.gitlab.com/api/users/#retrieve-the-current-user, and what the token tells of itself. */
export async function gitlabAccount({ users, personalAccessTokens, attempt, find }: GitlabClient): Promise<Account> {
  const tried = { step: 'whoami', words: 'find out whose token it is', needs: 'scope api' } as const;
  const { username } = await attempt(tried, () => users.showCurrentUser());
  // An OAuth token has no such page: what is not told is not known.
  const self = await find(tried, () => personalAccessTokens.show()).catch((error: unknown) => {
    if (error instanceof ProviderError && ['auth-invalid', 'auth-scope'].includes(error.code)) return undefined;
    throw error;
  });
  const isBot = /^(project|group)_\d+_bot/.test(String(username));
  return {
    login: String(username),
    tokenKind: isBot ? 'access token of a project or group' : 'access token',
    gitUser: 'oauth2',
    ...(self?.scopes && { scopes: self.scopes }),
    ...(self?.expires_at && { expires: self.expires_at }),
  };
}

/**
 * One call for users, groups and nested groups: https://docs.gitlab.com/api/namespaces. When it is not there, the path is
 * walked upward, so that the message can say which part is wrong.
 */
export async function gitlabNamespace(client: GitlabClient, path: string, login: string): Promise<Namespace> {
  const { namespaces, groups, find, server } = client;
  const tried = { step: 'namespace', words: `find the group ${path}`, needs: 'scope api' } as const;
  const found = await find(tried, () => namespaces.show(path));
  if (found === undefined) throw notFound(path, await nearestAbove(client, path), server.host);
  const place = { id: String(found.id), path: found.full_path };
  if (found.kind === 'user') {
    const own = found.full_path.toLowerCase() === login.toLowerCase();
    return { ...place, kind: 'user', own, policy: {} };
  }
  const group = await find({ ...tried, words: `read the settings of ${path}` }, () => groups.show(path));
  const level = group?.project_creation_level;
  const policy = typeof level === 'string' ? { createsRepositories: level !== 'noone' } : {};
  return { ...place, kind: 'group', own: false, policy };
}

async function nearestAbove({ namespaces, find }: GitlabClient, path: string): Promise<string | undefined> {
  const parts = path.split('/');
  for (let length = parts.length - 1; length > 0; length--) {
    const prefix = parts.slice(0, length).join('/');
    const tried = { step: 'namespace', words: `find the group ${prefix}`, needs: 'scope api' } as const;
    if ((await find(tried, () => namespaces.show(prefix))) !== undefined) return prefix;
  }
  return undefined;
}

function notFound(path: string, above: string | undefined, host: string): ProviderError {
  const evidence = above === undefined ? `Nor is ${path.split('/')[0]}.` : `${above} is there, ${path} is not.`;
  return new ProviderError({
    code: 'namespace-not-found',
    step: 'namespace',
    message: `cannot find the group ${path} on ${host}: it is not there, or not visible to this token`,
    why: [...(path.includes('/') ? [evidence] : []), 'A reverse proxy that decodes %2F in paths looks the same.'],
    hint: 'Look at --owner: the full path of the group, as its address in a browser has it.',
    status: 404,
  });
}
