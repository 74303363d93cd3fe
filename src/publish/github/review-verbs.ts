import type { Provider, Pull, Repository } from '../provider.ts';
import type { Dialect } from './dialect.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';

interface ShapedPull {
  number: number;
  html_url: string;
  title: string;
}

type ReviewVerbs = Pick<Provider, 'openPull' | 'updatePull' | 'labelPull'>;

/** Pull requests, which are issues where labels are concerned: https://docs.github.com/rest/pulls/pulls · issues/labels */
export function reviewVerbs({ request, attempt }: OctokitClient, { needs }: Dialect): ReviewVerbs {
  return {
    async openPull(repository, pull) {
      const work = () => request('POST /repos/{owner}/{repo}/pulls', { ...placeOf(repository), ...pull });
      return pullOf(await attempt(aboutPull(`open a pull request from ${pull.head}`, repository, needs.pulls), work));
    },
    async updatePull(repository, { number }, text) {
      const at = { ...placeOf(repository), pull_number: number };
      const work = () => request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...at, ...text });
      return pullOf(await attempt(aboutPull(`update pull request ${number}`, repository, needs.pulls), work));
    },
    async labelPull(repository, { number }, label) {
      const at = { ...placeOf(repository), issue_number: number, labels: [label] };
      const work = () => request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', at);
      const words = `label pull request ${number} of ${repository.fullName}`;
      await attempt({ step: 'labels', words, repository: repository.fullName, needs: needs.labels }, work);
    },
  };
}

/** What a pull request was tried with. */
export function aboutPull(words: string, { fullName }: Repository, needs: string) {
  return { step: 'pull', words: `${words} of ${fullName}`, repository: fullName, needs } as const;
}

export function pullOf({ number, html_url, title }: ShapedPull): Pull {
  return { number, url: html_url, title };
}
