import { ProviderError } from '../failure.ts';
import type { Namespace, Provider } from '../provider.ts';
import type { Dialect } from './dialect.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';
import { repositoryOf } from './shaped-repository.ts';

type RepositoryVerbs = Pick<Provider, 'getRepository' | 'createRepository' | 'setDefaultBranch'>;

/** https://docs.github.com/rest/repos/repos */
export function repositoryVerbs({ request, attempt, find, server }: OctokitClient, dialect: Dialect): RepositoryVerbs {
  const { needs } = dialect;
  return {
    async getRepository({ owner, name }) {
      const repository = `${owner}/${name}`;
      const tried = { step: 'repository', words: `read ${repository}`, repository, needs: needs.read } as const;
      const told = await find(tried, () => request('GET /repos/{owner}/{repo}', { owner, repo: name }));
      return told && repositoryOf(told, server);
    },
    async createRepository(namespace, { name, description, visibility, branch }) {
      const repository = `${namespace.path}/${name}`;
      const tried = {
        step: 'repository',
        words: `create ${repository}`,
        repository,
        needs: needs.create,
        isCreation: true,
      } as const;
      const isPrivate = visibility !== 'public';
      const body = {
        name,
        description,
        private: isPrivate,
        auto_init: false,
        ...dialect.creation({ visibility, branch }),
      };
      if (namespace.kind === 'group')
        return repositoryOf(
          await attempt(tried, () => request('POST /orgs/{org}/repos', { org: namespace.path, ...body })),
          server,
        );
      if (!namespace.own) throw notYours(namespace, server.host);
      return repositoryOf(await attempt(tried, () => request('POST /user/repos', body)), server);
    },
    async setDefaultBranch(repository, branch) {
      const tried = {
        step: 'default-branch',
        words: `make ${branch} the default branch of ${repository.fullName}`,
      } as const;
      await attempt({ ...tried, repository: repository.fullName, needs: needs.admin }, () =>
        request('PATCH /repos/{owner}/{repo}', { ...placeOf(repository), default_branch: branch }),
      );
    },
  };
}

/** `POST /user/repos` knows no owner: the repository would land under the token's account without a word. */
function notYours({ path }: Namespace, host: string): ProviderError {
  return new ProviderError({
    code: 'owner-mismatch',
    step: 'repository',
    message: `cannot create a repository for ${path} on ${host}: it is somebody else's account`,
    why: ['Only its own user can create repositories in an account; an organisation has members who may.'],
    hint: `Take a token of ${path}, or name an organisation with --owner.`,
  });
}
