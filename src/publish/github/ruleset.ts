import { ProviderError } from '../failure.ts';
import type { BranchPolicy, Provider } from '../provider.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';
import { stricterRuleset } from './stricter-ruleset.ts';

/** The ruleset is known by its name; people may have others beside it. */
const ours = 'create-flux-repo';

/** What we ask for. */
export interface Ruleset {
  name: string;
  target: 'branch';
  enforcement: 'active';
  conditions: { ref_name: { include: string[]; exclude: string[] } };
  rules: Rule[];
  bypass_actors: { actor_type: 'DeployKey'; bypass_mode: 'always'; actor_id: null }[];
}

/** A rule that we know. */
export type Rule =
  | { type: 'deletion' }
  | { type: 'non_fast_forward' }
  | {
      type: 'pull_request';
      parameters: {
        required_approving_review_count: number;
        dismiss_stale_reviews_on_push: boolean;
        require_code_owner_review: boolean;
        require_last_push_approval: boolean;
        required_review_thread_resolution: boolean;
      };
    };

/**
 * Protects the branch by a ruleset of ours; where people made it stricter, it stays so. https://docs.github.com/rest/repos/rules
 *
 * @returns `unsupported` when the account's plan has none for this repository
 */
export function rulesetVerb({ request, attempt }: OctokitClient, needs: string): Provider['protect'] {
  return async (repository, branch, policy) => {
    const { fullName } = repository;
    const tried = { step: 'protect', words: `protect ${branch} of ${fullName}`, repository: fullName, needs } as const;
    const at = placeOf(repository);
    const wanted = rulesetOf(branch, policy);
    try {
      const all = await attempt(tried, () =>
        request('GET /repos/{owner}/{repo}/rulesets', { ...at, includes_parents: false }),
      );
      const found = all.find(({ name }) => name === ours);
      if (found === undefined) {
        await attempt(tried, () => request('POST /repos/{owner}/{repo}/rulesets', { ...at, ...wanted }));
        return 'applied';
      }
      const there = { ...at, ruleset_id: found.id };
      const detail = await attempt(tried, () => request('GET /repos/{owner}/{repo}/rulesets/{ruleset_id}', there));
      const merged = stricterRuleset(detail, wanted);
      if (says(detail, merged)) return 'unchanged';
      await attempt(tried, () => request('PUT /repos/{owner}/{repo}/rulesets/{ruleset_id}', { ...there, ...merged }));
      return 'applied';
    } catch (error) {
      if (error instanceof ProviderError && error.code === 'plan-limit') return 'unsupported';
      throw error;
    }
  };
}

function rulesetOf(branch: string, policy: BranchPolicy): Ruleset {
  const { pullRequests, approvals, codeOwners, deployKeysPass } = policy;
  const parameters = {
    required_approving_review_count: approvals,
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: codeOwners,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
  };
  return {
    name: ours,
    target: 'branch',
    enforcement: 'active',
    conditions: { ref_name: { include: [`refs/heads/${branch}`], exclude: [] } },
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      ...(pullRequests ? [{ type: 'pull_request', parameters } as const] : []),
    ],
    bypass_actors:
      pullRequests && deployKeysPass ? [{ actor_type: 'DeployKey', bypass_mode: 'always', actor_id: null }] : [],
  };
}

/** Whether all that is wanted is there; GitHub adds fields of its own, which people may have set. */
function says(there: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(there) &&
      there.length >= wanted.length &&
      wanted.every((each) => there.some((other) => says(other, each)))
    );
  if (typeof wanted !== 'object' || wanted === null) return there === wanted;
  if (typeof there !== 'object' || there === null) return false;
  const fields = new Map(Object.entries(there));
  return Object.entries(wanted).every(([name, value]) => says(fields.get(name), value));
}
