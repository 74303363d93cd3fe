import { ProviderError } from '../failure.ts';
import { asSshUrl, otherServer } from '../github/shaped-repository.ts';
import type { Provider, Repository } from '../provider.ts';
import type { Server } from '../server.ts';
import { about, type GitlabClient, maintainer } from './gitlab-client.ts';

/** What GitLab tells of a project, as far as we look. https://docs.gitlab.com/api/projects/#get-a-single-project */
interface GitlabProject {
  id: number;
  path_with_namespace: string;
  http_url_to_repo: string;
  ssh_url_to_repo: string;
  web_url: string;
  default_branch?: string | null;
  empty_repo?: boolean;
  archived?: boolean;
  visibility?: string;
  marked_for_deletion_on?: string | null;
  permissions?: {
    project_access?: { access_level: number } | null;
    group_access?: { access_level: number } | null;
  };
}

/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const levels = { developer: 30, maintainer: 40 };

type ProjectVerbs = Pick<Provider, 'getRepository' | 'createRepository' | 'setDefaultBranch'>;

/** https://docs.gitlab.com/api/projects */
export function projectVerbs(client: GitlabClient): ProjectVerbs {
  const { projects, attempt, find, server } = client;
  return {
    async getRepository({ owner, name }) {
      const repository = `${owner}/${name}`;
      const tried = { step: 'repository', words: `read ${repository}`, repository, needs: 'scope api' } as const;
      const told = await find(tried, () => projects.show(repository));
      return told && projectOf(told as unknown as GitlabProject, server);
    },
    async createRepository(namespace, { name, description, visibility }) {
      const repository = `${namespace.path}/${name}`;
      const needs = 'scope api and a role that may create projects there';
      const tried = { step: 'repository', words: `create ${repository}`, repository, needs, isCreation: true } as const;
      // Name and path both: from a name alone GitLab makes up the path.
      const body = { name, path: name, namespaceId: Number(namespace.id), description, visibility };
      const told = await attempt(tried, () => projects.create({ ...body, initializeWithReadme: false }));
      return projectOf(told as unknown as GitlabProject, server);
    },
    async setDefaultBranch(repository, branch) {
      const tried = about('default-branch', `make ${branch} the default branch`, repository, maintainer);
      await attempt(tried, () => projects.edit(repository.id, { defaultBranch: branch }));
    },
  };
}

function projectOf(told: GitlabProject, server: Server): Repository {
  if (typeof told.path_with_namespace !== 'string' || typeof told.http_url_to_repo !== 'string')
    throw otherServer(server);
  if (told.marked_for_deletion_on) throw beingDeleted(told, server.host);
  const { project_access: own, group_access: inherited } = told.permissions ?? {};
  const level = Math.max(own?.access_level ?? 0, inherited?.access_level ?? 0);
  const visibility = told.visibility === 'internal' || told.visibility === 'public' ? told.visibility : 'private';
  return {
    id: String(told.id),
    fullName: told.path_with_namespace,
    httpsUrl: told.http_url_to_repo,
    sshUrl: asSshUrl(told.ssh_url_to_repo, server),
    webUrl: told.web_url,
    ...(told.default_branch && told.empty_repo !== true && { defaultBranch: told.default_branch }),
    archived: told.archived === true,
    visibility,
    // An administrator of the server has every right and no role.
    ...(level > 0 && { admin: level >= levels.maintainer, push: level >= levels.developer }),
  };
}

function beingDeleted({ path_with_namespace: path, web_url, marked_for_deletion_on }: GitlabProject, host: string) {
  return new ProviderError({
    code: 'repository-name-taken',
    step: 'repository',
    message: `cannot use ${path} on ${host}: it is marked for deletion`,
    why: [`It was deleted, and goes for good after ${marked_for_deletion_on}; until then its name is taken.`],
    hint: `Restore it (${web_url}/edit), or take another name with --repository.`,
    fixUrl: `${web_url}/edit`,
  });
}
