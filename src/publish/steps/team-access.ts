import type { Step } from '../../step.ts';
import { ProviderError } from '../failure.ts';
import { type Repository, type TeamRole, teamRoles } from '../provider.ts';
import { isUncertain, type Publishing, repositoryOf } from '../publishing.ts';
import { waitForNew } from '../wait-for-new.ts';

/** A team that is to have the repository. */
export interface TeamGrant {
  /** As the provider names it: a slug, a group's path. */
  team: string;
  role: TeamRole;
}

/** Lets a team have the repository, with at least this role: what people gave it beyond that stays theirs. */
export function teamAccessStep(publishing: Publishing, { team, role }: TeamGrant): Step {
  const { provider, found } = publishing;
  return {
    id: `access-${team}`,
    title: `Give team ${team} the right to ${verbs[role]}`,
    isIndependent: true,
    async isDone() {
      const { repository } = found;
      if (repository === undefined || !hasTeams(publishing) || repository.admin === false) return false;
      return (await roleIfVisible(publishing, repository, team)).covers(role);
    },
    async run() {
      const repository = repositoryOf(publishing);
      if (!hasTeams(publishing)) return { skipped: `${publishing.publication.ref.owner} is a user and has no teams` };
      if (repository.admin === false) return { skipped: 'that takes administration rights there' };
      const failure = await waitForNew(publishing, () => provider.grantTeam(repository, team, role)).catch(
        unlessUncertain,
      );
      const now = await roleOf(publishing, repository, team);
      if (now.covers(role)) return undefined;
      if (failure instanceof ProviderError) throw failure;
      return {
        skipped: `${team} has it now, but may only ${now.may}: on ${provider.host} that is a setting of the team`,
      };
    },
  };
}

const verbs: Readonly<Record<TeamRole, string>> = { read: 'read', write: 'write', admin: 'administer' };

/** GitLab shares a user's projects with groups, too. */
function hasTeams({ provider, found }: Publishing): boolean {
  return provider.kind === 'gitlab' || found.namespace?.kind !== 'user';
}

async function roleOf({ provider }: Publishing, repository: Repository, team: string) {
  const teams = await provider.listTeams(repository);
  const found = teams.find((each) => each.team.toLowerCase() === team.toLowerCase());
  return {
    covers: (role: TeamRole) => found !== undefined && teamRoles.indexOf(found.role) >= teamRoles.indexOf(role),
    may: found === undefined ? 'look' : verbs[found.role],
  };
}

/** While looking, what cannot be read is not there; the step itself says why. */
async function roleIfVisible(publishing: Publishing, repository: Repository, team: string) {
  return roleOf(publishing, repository, team).catch((error: unknown) => {
    if (error instanceof ProviderError && error.facts.step === 'teams') return { covers: () => false, may: '' };
    throw error;
  });
}

function unlessUncertain(error: unknown): ProviderError {
  if (error instanceof ProviderError && isUncertain(error)) return error;
  throw error;
}
