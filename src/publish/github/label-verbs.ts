import type { Provider, Repository } from '../provider.ts';
import type { Dialect } from './dialect.ts';
import { everyPage } from './every-page.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';

type LabelVerbs = Pick<Provider, 'listLabels' | 'addLabel'>;

/**
 * https://docs.github.com/rest/issues/labels
 *
 * @param sign what stands before a colour: Gitea wants `#`, GitHub nothing
 */
export function labelVerbs({ request, attempt }: OctokitClient, { needs, page }: Dialect, sign: '' | '#'): LabelVerbs {
  const about = (words: string, { fullName }: Repository) =>
    ({ step: 'labels', words: `${words} of ${fullName}`, repository: fullName, needs: needs.labels }) as const;
  return {
    async listLabels(repository) {
      const labels = await everyPage((number) =>
        attempt(about('read the labels', repository), () =>
          request('GET /repos/{owner}/{repo}/labels', { ...placeOf(repository), ...page(number) }),
        ),
      );
      return labels.map(({ name }) => name);
    },
    async addLabel(repository, label) {
      const body = { ...placeOf(repository), ...label, color: `${sign}${label.color}` };
      const work = () => request('POST /repos/{owner}/{repo}/labels', body);
      await attempt(about(`make label ${label.name}`, repository), work);
    },
  };
}
