import type { Provider, Pull } from '../provider.ts';
import { about, type GitlabClient } from './gitlab-client.ts';

/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const levels = { nobody: 0, admin: 40 } as const;

interface GitlabMergeRequest {
  iid: number;
  web_url: string;
  title: string;
}

type ReviewVerbs = Pick<Provider, 'protect' | 'findPull' | 'openPull' | 'updatePull' | 'labelPull'>;

/** https://docs.gitlab.com/api/merge_requests · protected_branches */
export function reviewVerbs(client: GitlabClient): ReviewVerbs {
  const { mergeRequests, attempt } = client;
  const developer = 'scope api and the role Developer';
  return {
    protect: protectVerb(client),
    async findPull(repository, head, base) {
      const query = { projectId: repository.id, sourceBranch: head, targetBranch: base, state: 'opened' } as const;
      const tried = about('pull', `look for a merge request from ${head}`, repository, developer);
      const [found] = await attempt(tried, () => mergeRequests.all(query));
      return found && pullOf(found);
    },
    async openPull(repository, { head, base, title, body }) {
      const tried = about('pull', `open a merge request from ${head}`, repository, developer);
      return pullOf(
        await attempt(tried, () => mergeRequests.create(repository.id, head, base, title, { description: body })),
      );
    },
    async updatePull(repository, { number }, { title, body }) {
      const tried = about('pull', `update merge request ${number}`, repository, developer);
      return pullOf(
        await attempt(tried, () => mergeRequests.edit(repository.id, number, { title, description: body })),
      );
    },
    async labelPull(repository, { number }, label) {
      const tried = about('labels', `label merge request ${number}`, repository, developer);
      await attempt(tried, () => mergeRequests.edit(repository.id, number, { addLabels: label }));
    },
  };
}

/** GitLab protects the default branch at the first push, more loosely than is wanted here. */
function protectVerb({ protectedBranches, deployKeys, attempt, find }: GitlabClient): Provider['protect'] {
  return async (repository, branch, { pullRequests, codeOwners, ...policy }) => {
    const deployKeysPass = pullRequests && policy.deployKeysPass;
    const tried = about('protect', `protect ${branch}`, repository);
    const found = await find(tried, () => protectedBranches.show(repository.id, branch));
    const passing = deployKeysPass ? await attempt(tried, () => deployKeys.all({ projectId: repository.id })) : [];
    const keys = passing.filter(({ can_push }) => can_push === true).map(({ id }) => id);
    const pushers = found?.push_access_levels ?? [];
    const isRight =
      found !== undefined &&
      found.allow_force_push !== true &&
      (!pullRequests || pushers.every((each) => each.access_level === levels.nobody || 'deploy_key_id' in each)) &&
      keys.every((id) => pushers.some((each) => 'deploy_key_id' in each && each.deploy_key_id === id));
    if (isRight) return 'unchanged';
    if (found !== undefined) await attempt(tried, () => protectedBranches.remove(repository.id, branch));
    const pushAccessLevel = pullRequests ? levels.nobody : levels.admin;
    const rule = { pushAccessLevel, mergeAccessLevel: levels.admin, allowForcePush: false } as const;
    // Needs a paid plan, and is left out of account without one.
    const review = pullRequests && codeOwners ? { codeOwnerApprovalRequired: true } : {};
    await attempt(tried, () => protectedBranches.create(repository.id, branch, { ...rule, ...review }));
    if (keys.length > 0) {
      const allowedToPush = keys.map((deployKeyId) => ({ deployKeyId }));
      // gitbeaker's types do not know keys there: https://docs.gitlab.com/api/protected_branches/#update-a-protected-branch
      await attempt(tried, () => protectedBranches.edit(repository.id, branch, { allowedToPush } as object));
    }
    return 'applied';
  };
}

function pullOf({ iid, web_url, title }: GitlabMergeRequest): Pull {
  return { number: iid, url: web_url, title };
}
