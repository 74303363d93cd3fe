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
  const org = await find(tried, () => request('GET /orgs/{org}', { org: path }));
  if (org === undefined) {
    const user = await attempt(tried, () => request('GET /users/{username}', { username: path }));
    const own = user.login.toLowerCase() === login.toLowerCase();
    // An organisation that hides from this token shows here.
    const kind = user.type === 'Organization' ? 'group' : 'user';
    return { id: String(user.id), kind, path: user.login, own, policy: planPolicy(user) };
  }
  const creates = org.members_can_create_private_repositories;
  const keys = org.deploy_keys_enabled_for_repositories;
  return {
    id: String(org.id),
    kind: 'group',
    path: org.login,
    own: false,
    policy: {
      ...planPolicy(org),
      ...(typeof creates === 'boolean' && { createsRepositories: creates }),
      ...(typeof keys === 'boolean' && { deployKeys: keys }),
    },
  };
}

/**
 * Only who owns the account is told its plan. Without a paid one there are no rulesets for private repositories:
 * https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
 */
function planPolicy({ plan }: { plan?: { name?: string } | undefined }): Pick<Namespace['policy'], 'protectsPrivate'> {
  return plan?.name === undefined ? {} : { protectsPrivate: plan.name !== 'free' };
}
