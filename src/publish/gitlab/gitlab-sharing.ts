import { ProviderError } from '../failure.ts';
import type { Provider, TeamAccess, TeamRole } from '../provider.ts';
import { about, type GitlabClient } from './gitlab-client.ts';

type SharingVerbs = Pick<Provider, 'listLabels' | 'addLabel' | 'listTeams' | 'grantTeam'>;

/** Reporter, Developer, Maintainer: https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const levels: Readonly<Record<TeamRole, number>> = { read: 20, write: 30, admin: 40 };

/** Labels, and groups that a project is shared with: https://docs.gitlab.com/api/labels · projects */
export function sharingVerbs({ labels, groups, projects, attempt }: GitlabClient): SharingVerbs {
  const developer = 'scope api and the role Developer';
  const sharesOf = async (repository: Parameters<Provider['listTeams']>[0]) => {
    const told = await attempt(about('teams', 'read the groups', repository), () => projects.show(repository.id));
    return told.shared_with_groups ?? [];
  };
  return {
    async listLabels(repository) {
      const work = () => labels.all(repository.id, { perPage: 100 });
      return (await attempt(about('labels', 'read the labels', repository, developer), work)).map(({ name }) => name);
    },
    async addLabel(repository, { name, color, description }) {
      const work = () => labels.create(repository.id, name, `#${color}`, { description });
      await attempt(about('labels', `make label ${name}`, repository, developer), work);
    },
    async listTeams(repository) {
      return (await sharesOf(repository)).map(
        ({ group_full_path, group_access_level }): TeamAccess => ({
          team: group_full_path,
          role: roleOf(group_access_level),
        }),
      );
    },
    async grantTeam(repository, team, role) {
      const tried = about('teams', `give group ${team} access`, repository);
      const { id } = await attempt(tried, () => groups.show(team));
      const share = (level: number, before: object = {}) => {
        const until =
          'expires_at' in before && typeof before.expires_at === 'string' ? { expiresAt: before.expires_at } : {};
        return attempt(tried, () => projects.share(repository.id, id, level, until));
      };
      const found = (await sharesOf(repository)).find(({ group_id }) => group_id === id);
      if (found === undefined) return void (await share(levels[role]));
      if (found.group_access_level >= levels[role]) return;
      // A share has no way to be changed: https://gitlab.com/gitlab-org/gitlab/-/issues/356254
      await attempt(tried, () => projects.unshare(repository.id, id));
      await share(levels[role], found).catch(async (error: unknown) => {
        const isBack = await share(found.group_access_level, found).then(
          () => true,
          () => false,
        );
        if (!(error instanceof ProviderError)) throw error;
        const why = isBack
          ? 'It has the access that it had before.'
          : `Group ${team} has no access now: it had some before.`;
        throw new ProviderError({ ...error.facts, why: [...error.facts.why, why] });
      });
    },
  };
}

function roleOf(level: number): TeamRole {
  if (level >= levels.admin) return 'admin';
  return level >= levels.write ? 'write' : 'read';
}
