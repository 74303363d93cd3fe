import { atLeast } from '../at-least.ts';
import type { OctokitClient } from '../github/octokit-client.ts';
import { placeOf } from '../github/place.ts';
import type { BranchPolicy, Provider } from '../provider.ts';

/**
 * Gitea's and Forgejo's own protection of a branch: the rule is named like it. A protected branch is never deleted or
 * rewritten. What is there was meant by somebody: it is only made stricter.
 * https://docs.gitea.com/usage/access-control/protected-branches
 */
export function giteaProtection({ request, attempt, find }: OctokitClient, needs: string): Provider['protect'] {
  return async (repository, branch, policy) => {
    const { fullName } = repository;
    const tried = { step: 'protect', words: `protect ${branch} of ${fullName}`, repository: fullName, needs } as const;
    const at = placeOf(repository);
    const there = { ...at, name: branch };
    const found: unknown = await find(tried, () =>
      request('GET /repos/{owner}/{repo}/branch_protections/{name}', there),
    );
    if (typeof found === 'object' && found !== null) {
      if (!policy.pullRequests) return 'unchanged';
      const wanted = stricter(found, policy);
      const fields = new Map(Object.entries(found));
      // An older server does not know every field, and will not say it back.
      const differs = Object.entries(wanted).some(([name, value]) => fields.has(name) && fields.get(name) !== value);
      if (!differs) return 'unchanged';
      await attempt(tried, () =>
        request('PATCH /repos/{owner}/{repo}/branch_protections/{name}', { ...there, ...wanted }),
      );
      return 'applied';
    }
    const rule = { ...at, rule_name: branch, ...ruleOf(policy) };
    await attempt(tried, () => request('POST /repos/{owner}/{repo}/branch_protections', rule));
    return 'applied';
  };
}

/** Pushing is for all who may write, for nobody, or with an empty list of people for deploy keys alone. */
function ruleOf(policy: BranchPolicy): Record<string, boolean | number> {
  if (!policy.pullRequests) return { enable_push: true, enable_push_whitelist: false };
  return { ...pushing(policy), ...reviewing(policy) };
}

/** What is there, made as strict as the policy. A list of who may push is somebody's exception, as is an empty one. */
function stricter(there: object, policy: BranchPolicy): Record<string, boolean | number> {
  const isShut = 'enable_push' in there && there.enable_push === false;
  const hasList = 'enable_push_whitelist' in there && there.enable_push_whitelist === true;
  return { ...(isShut || hasList ? {} : pushing(policy)), ...atLeast(there, reviewing(policy)) };
}

function pushing({ deployKeysPass }: BranchPolicy): Record<string, boolean> {
  return {
    enable_push: deployKeysPass,
    enable_push_whitelist: deployKeysPass,
    push_whitelist_deploy_keys: deployKeysPass,
  };
}

function reviewing({ approvals, codeOwners }: BranchPolicy): Record<string, boolean | number> {
  return { required_approvals: approvals, block_on_codeowner_reviews: codeOwners };
}
