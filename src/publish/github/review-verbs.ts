import type { Provider, Pull, Repository } from '../provider.ts';
import type { Dialect } from './dialect.ts';
import { everyPage } from './every-page.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';

interface ShapedPull {
  number: number;
  html_url: string;
  title: string;
}

type ReviewVerbs = Pick<Provider, 'openPull' | 'updatePull' | 'grantTeam'>;

/** Pull requests and teams: https://docs.github.com/rest/pulls/pulls · https://docs.github.com/rest/teams/teams */
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
    async grantTeam(repository, team, role) {
      const { owner, repo } = placeOf(repository);
      const permission = { read: 'pull', write: 'push', admin: 'admin' }[role];
      const at = { org: owner, team_slug: team, owner, repo, permission };
      const tried = { step: 'teams', words: `give ${team} access to ${repository.fullName}` } as const;
      await attempt({ ...tried, repository: repository.fullName, needs: needs.admin }, () =>
        request('PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}', at),
      );
    },
  };
}

/** The labels that a repository has, by name in lower case. */
async function labelNames(
  client: OctokitClient,
  repository: Repository,
  { needs, page }: Dialect,
): Promise<Set<string>> {
  const tried = { step: 'labels', words: `read the labels of ${repository.fullName}`, needs: needs.labels } as const;
  const labels = await everyPage((number) =>
    client.attempt({ ...tried, repository: repository.fullName }, () =>
      client.request('GET /repos/{owner}/{repo}/labels', { ...placeOf(repository), ...page(number) }),
    ),
  );
  return new Set(labels.map(({ name }) => name.toLowerCase()));
}

/** Makes the labels that are missing. @param color with or without `#`, as the server takes it */
export function ensureLabelsBy(client: OctokitClient, dialect: Dialect, sign: '' | '#'): Provider['ensureLabels'] {
  return async (repository, labels) => {
    const there = await labelNames(client, repository, dialect);
    for (const label of labels.filter(({ name }) => !there.has(name.toLowerCase()))) {
      const body = { ...placeOf(repository), ...label, color: `${sign}${label.color}` };
      const words = `make label ${label.name} of ${repository.fullName}`;
      await client.attempt(
        { step: 'labels', words, repository: repository.fullName, needs: dialect.needs.labels },
        () => client.request('POST /repos/{owner}/{repo}/labels', body),
      );
    }
  };
}

/** What a pull request was tried with. */
export function aboutPull(words: string, { fullName }: Repository, needs: string) {
  return { step: 'pull', words: `${words} of ${fullName}`, repository: fullName, needs } as const;
}

export function pullOf({ number, html_url, title }: ShapedPull): Pull {
  return { number, url: html_url, title };
}
