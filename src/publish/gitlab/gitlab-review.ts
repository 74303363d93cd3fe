import type { Provider, Pull } from '../provider.ts';
import { about, type GitlabClient } from './gitlab-client.ts';
import { protectVerb } from './gitlab-protection.ts';

interface GitlabMergeRequest {
  iid: number;
  web_url: string;
  title: string;
}

type ReviewVerbs = Pick<Provider, 'protect' | 'findPull' | 'openPull' | 'updatePull' | 'labelPull'>;

/** https://docs.gitlab.com/api/merge_requests */
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

function pullOf({ iid, web_url, title }: GitlabMergeRequest): Pull {
  return { number: iid, url: web_url, title };
}
