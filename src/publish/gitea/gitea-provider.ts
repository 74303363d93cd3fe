import type { Dialect } from '../github/dialect.ts';
import { everyPage, pageSize } from '../github/every-page.ts';
import { keyVerbs } from '../github/key-verbs.ts';
import { labelVerbs } from '../github/label-verbs.ts';
import { type OctokitClient, octokitClient } from '../github/octokit-client.ts';
import { placeOf } from '../github/place.ts';
import { repositoryVerbs } from '../github/repository-verbs.ts';
import { aboutPull, pullOf, reviewVerbs } from '../github/review-verbs.ts';
import { otherServer } from '../github/shaped-repository.ts';
import type { Account, Namespace, Provider, PublishStep } from '../provider.ts';
import type { Server } from '../server.ts';
import { unsupported } from '../unsupported.ts';
import { giteaProtection } from './gitea-protection.ts';
import { giteaTeams } from './gitea-teams.ts';

const can: ReadonlySet<PublishStep> = new Set<PublishStep>([
  ...(['whoami', 'namespace', 'repository', 'push', 'default-branch', 'deploy-key'] as const),
  ...(['webhook', 'labels', 'teams', 'protect', 'pull'] as const),
]);

const writes = 'scope write:repository';

const dialect: Dialect = {
  needs: {
    read: 'scope read:repository',
    create: `${writes} and write:organization or write:user`,
    keys: `${writes} and the right to administer the repository`,
    hooks: `${writes} and the right to administer the repository`,
    admin: `${writes} and the right to administer the repository`,
    pulls: writes,
    labels: `${writes} or write:issue`,
  },
  page: (number) => ({ limit: pageSize, page: number }),
  // Forgejo takes both: https://forgejo.org/docs/latest/user/webhooks
  hook: { type: 'gitea' },
  creation: ({ branch }) => ({ default_branch: branch }),
};

/** Gitea and Forgejo: their API has GitHub's shape in most of what we need. */
export function giteaProvider(server: Server): Provider {
  const client = octokitClient(server, { accept: 'application/json' });
  let account: Promise<Account> | undefined;
  const whoami = () => (account ??= giteaAccount(client));
  return {
    kind: 'gitea',
    host: server.host,
    can,
    whoami,
    namespace: async (path) => giteaNamespace(client, path, (await whoami()).login),
    ...repositoryVerbs(client, dialect),
    ...keyVerbs(client, dialect),
    listDeployTokens: unsupported('gitea', 'deploy-token'),
    addDeployToken: unsupported('gitea', 'deploy-token'),
    removeDeployToken: unsupported('gitea', 'deploy-token'),
    protect: giteaProtection(client, dialect.needs.admin),
    ...labelVerbs(client, dialect, '#'),
    ...giteaTeams(client, dialect.needs.admin),
    ...reviewVerbs(client, dialect),
    // What asks for one by base and head may answer with an older one, merged already.
    async findPull(repository, head, base) {
      const at = { ...placeOf(repository), state: 'open' } as const;
      const tried = aboutPull(`look for a pull request from ${head}`, repository, dialect.needs.pulls);
      const open = await everyPage((number) =>
        client.attempt(tried, () =>
          client.request('GET /repos/{owner}/{repo}/pulls', { ...at, ...dialect.page(number) }),
        ),
      );
      const found = open.find(
        (each) =>
          each.head.ref === head &&
          each.base.ref === base &&
          // A fork may have a branch of that name, too.
          each.head.repo?.full_name === each.base.repo?.full_name,
      );
      return found && pullOf(found);
    },
    // No API tells them.
    sshHostKeys: async () => [],
  };
}

async function giteaAccount({ request, attempt, server }: OctokitClient): Promise<Account> {
  const tried = { step: 'whoami', words: 'find out whose token it is', needs: 'scope read:user' } as const;
  const { login } = await attempt(tried, () => request('GET /user'));
  if (typeof login !== 'string') throw otherServer(server);
  return { login, tokenKind: 'access token', gitUser: login };
}

async function giteaNamespace(
  { request, attempt, find }: OctokitClient,
  path: string,
  login: string,
): Promise<Namespace> {
  const tried = { step: 'namespace', words: `find the owner ${path}`, needs: 'scope read:organization' } as const;
  const org = await find(tried, () => request('GET /orgs/{org}', { org: path }));
  if (org !== undefined) return { id: String(org.id), kind: 'group', path: nameOf(org, path), own: false, policy: {} };
  const user = await attempt(tried, () => request('GET /users/{username}', { username: path }));
  const own = user.login.toLowerCase() === login.toLowerCase();
  return { id: String(user.id), kind: 'user', path: user.login, own, policy: {} };
}

/** Gitea calls an organisation's login its name. */
function nameOf(org: object, path: string): string {
  const name: unknown = 'name' in org ? org.name : undefined;
  return typeof name === 'string' && name.toLowerCase() === path.toLowerCase() ? name : path;
}
