import type { OctokitClient } from '../github/octokit-client.ts';
import { placeOf } from '../github/place.ts';
import type { BranchPolicy, Provider } from '../provider.ts';

/**
 * Gitea's and Forgejo's own protection of a branch: the rule is named like it. A protected branch is never deleted or
 * rewritten. https://docs.gitea.com/usage/access-control/protected-branches
 */
export function giteaProtection({ request, attempt, find }: OctokitClient, needs: string): Provider['protect'] {
  return async (repository, branch, policy) => {
    const { fullName } = repository;
    const tried = { step: 'protect', words: `protect ${branch} of ${fullName}`, repository: fullName, needs } as const;
    const at = placeOf(repository);
    const wanted = ruleOf(policy);
    const there = { ...at, name: branch };
    const found: unknown = await find(tried, () =>
      request('GET /repos/{owner}/{repo}/branch_protections/{name}', there),
    );
    if (typeof found === 'object' && found !== null) {
      const fields = new Map(Object.entries(found));
      // An older server does not know every field, and will not say it back.
      const differs = Object.entries(wanted).some(([name, value]) => fields.has(name) && fields.get(name) !== value);
      if (!differs) return 'unchanged';
      await attempt(tried, () =>
        request('PATCH /repos/{owner}/{repo}/branch_protections/{name}', { ...there, ...wanted }),
      );
      return 'applied';
    }
    const rule = { ...at, rule_name: branch, ...wanted };
    await attempt(tried, () => request('POST /repos/{owner}/{repo}/branch_protections', rule));
    return 'applied';
  };
}

/** Pushing is for all who may write, for nobody, or with an empty list of people for deploy keys alone. */
function ruleOf(policy: BranchPolicy): Record<string, boolean | number> {
  const { pullRequests, approvals, codeOwners, deployKeysPass } = policy;
  if (!pullRequests) return { enable_push: true, enable_push_whitelist: false };
  return {
    enable_push: deployKeysPass,
    enable_push_whitelist: deployKeysPass,
    push_whitelist_deploy_keys: deployKeysPass,
    required_approvals: approvals,
    block_on_codeowner_reviews: codeOwners,
  };
}
