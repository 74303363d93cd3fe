import { ProviderError } from '../failure.ts';
import type { OctokitClient } from '../github/octokit-client.ts';
import { placeOf } from '../github/place.ts';
import type { Provider, TeamAccess, TeamRole } from '../provider.ts';

type TeamVerbs = Pick<Provider, 'listTeams' | 'grantTeam'>;

const roles: Readonly<Record<string, TeamRole>> = { write: 'write', admin: 'admin', owner: 'admin' };

/**
 * A team's rights are the team's own here, the same in all that it has: it is only given the repository.
 * https://docs.gitea.com/usage/access-control/permissions
 */
export function giteaTeams({ request, attempt }: OctokitClient, needs: string): TeamVerbs {
  return {
    async listTeams(repository) {
      const { fullName } = repository;
      const tried = { step: 'teams', words: `read the teams of ${fullName}`, repository: fullName, needs } as const;
      const teams = await attempt(tried, () => request('GET /repos/{owner}/{repo}/teams', placeOf(repository)));
      return teams.map((team): TeamAccess => ({ team: team.name, role: roles[codeRight(team)] ?? 'read' }));
    },
    async grantTeam(repository, team) {
      const { fullName } = repository;
      const words = `give team ${team} access to ${fullName}`;
      const work = () => request('PUT /repos/{owner}/{repo}/teams/{team}', { ...placeOf(repository), team });
      await attempt({ step: 'teams', words, repository: fullName, needs }, work).catch(unlessItHasIt);
    },
  };
}

/** 422: "team '…' is already added to repo" */
function unlessItHasIt(error: unknown): void {
  const isThere =
    error instanceof ProviderError && error.facts.status === 422 && /already added/.test(error.why.join());
  if (!isThere) throw error;
}

/** A team's rights differ by unit, and `permission` is the least of them: what counts here is the code. */
function codeRight(team: { permission: string; units_map?: unknown }): string {
  const units = team.units_map;
  const code =
    typeof units === 'object' && units !== null ? new Map(Object.entries(units)).get('repo.code') : undefined;
  return typeof code === 'string' && team.permission !== 'owner' && team.permission !== 'admin'
    ? code
    : team.permission;
}
