import type { Namespace } from '../provider.ts';
import type { OctokitClient } from './octokit-client.ts';

/**
 * A user or an organisation. What the organisation forbids only its owners are told, so that is a hint: absent means
 * unknown. https://docs.github.com/rest/orgs/orgs#get-an-organization
 *
 * @param login whose token it is
 * @throws ProviderError
 */
export async function githubNamespace(
  { request, attempt, find }: OctokitClient,
  path: string,
  login: string,
): Promise<Namespace> {
  const tried = { step: 'namespace', words: `find the owner ${path}`, needs: 'nothing, it is public' } as const;
  const user = await attempt(tried, () => request('GET /users/{username}', { username: path }));
  const own = user.login.toLowerCase() === login.toLowerCase();
  const found = { id: String(user.id), path: user.login, own };
  if (user.type !== 'Organization') return { ...found, kind: 'user', policy: {} };
  const orgTried = { ...tried, words: `read the settings of ${path}`, needs: 'membership' };
  const org = await find(orgTried, () => request('GET /orgs/{org}', { org: path }));
  const creates = org?.members_can_create_private_repositories;
  const keys = org?.deploy_keys_enabled_for_repositories;
  return {
    ...found,
    kind: 'group',
    policy: {
      ...(typeof creates === 'boolean' && { createsRepositories: creates }),
      ...(typeof keys === 'boolean' && { deployKeys: keys }),
    },
  };
}
