import type { Provider, TeamAccess, TeamRole } from '../provider.ts';
import { everyPage, pageSize } from './every-page.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';

type TeamVerbs = Pick<Provider, 'listTeams' | 'grantTeam'>;

/** GitHub's roles by what they cover of ours; a role of the organisation's own is at least one to read. */
const roles: Readonly<Record<string, TeamRole>> = { push: 'write', maintain: 'write', admin: 'admin' };

const permissions: Readonly<Record<TeamRole, string>> = { read: 'pull', write: 'push', admin: 'admin' };

/** https://docs.github.com/rest/repos/repos#list-repository-teams · https://docs.github.com/rest/teams/teams */
export function teamVerbs({ request, attempt }: OctokitClient): TeamVerbs {
  const needs = 'scopes repo and read:org and the role admin, or Administration: write and Members: read';
  return {
    async listTeams(repository) {
      const { fullName } = repository;
      const tried = { step: 'teams', words: `read the teams of ${fullName}`, repository: fullName, needs } as const;
      const teams = await everyPage((page) =>
        attempt(tried, () =>
          request('GET /repos/{owner}/{repo}/teams', { ...placeOf(repository), per_page: pageSize, page }),
        ),
      );
      return teams.map(({ slug, permission }): TeamAccess => ({ team: slug, role: roles[permission] ?? 'read' }));
    },
    async grantTeam(repository, team, role) {
      const { fullName } = repository;
      const { owner, repo } = placeOf(repository);
      const at = { org: owner, team_slug: team, owner, repo, permission: permissions[role] };
      const words = `give team ${team} access to ${fullName}`;
      await attempt({ step: 'teams', words, repository: fullName, needs }, () =>
        request('PUT /orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}', at),
      );
    },
  };
}
