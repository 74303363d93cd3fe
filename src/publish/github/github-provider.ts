import type { Account, Provider, PublishStep } from '../provider.ts';
import type { Server } from '../server.ts';
import { unsupported } from '../unsupported.ts';
import type { Dialect } from './dialect.ts';
import { pageSize } from './every-page.ts';
import { githubAccount } from './github-account.ts';
import { githubNamespace } from './github-namespace.ts';
import { keyVerbs } from './key-verbs.ts';
import { labelVerbs } from './label-verbs.ts';
import { octokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';
import { repositoryVerbs } from './repository-verbs.ts';
import { aboutPull, pullOf, reviewVerbs } from './review-verbs.ts';
import { rulesetVerb } from './ruleset.ts';
import { teamVerbs } from './team-verbs.ts';

const can: ReadonlySet<PublishStep> = new Set<PublishStep>([
  ...(['whoami', 'namespace', 'repository', 'push', 'default-branch', 'deploy-key'] as const),
  ...(['webhook', 'labels', 'teams', 'protect', 'pull'] as const),
]);

const dialect: Dialect = {
  needs: {
    read: 'scope repo, or Metadata: read',
    create: 'scope repo, or Administration: write',
    keys: 'scope repo and the role admin, or Administration: write',
    hooks: 'scope repo, or Webhooks: write',
    admin: 'scope repo and the role admin, or Administration: write',
    pulls: 'scope repo, or Pull requests: write',
    labels: 'scope repo, or Issues: write',
  },
  page: (number) => ({ per_page: pageSize, page: number }),
  hook: { name: 'web' },
  creation: ({ visibility }) => (visibility === 'internal' ? { visibility } : {}),
};

/**
 * GitHub, GitHub Enterprise Server and data residency.
 *
 * @param server its `api` is `https://api.github.com` or ends in `/api/v3`
 */
export function githubProvider(server: Server): Provider {
  const client = octokitClient(server, {
    accept: 'application/vnd.github+json',
    // https://docs.github.com/rest/about-the-rest-api/api-versions
    'x-github-api-version': '2022-11-28',
  });
  let account: Promise<Account> | undefined;
  const whoami = () => (account ??= githubAccount(client));
  return {
    kind: 'github',
    host: server.host,
    can,
    whoami,
    namespace: async (path) => githubNamespace(client, path, (await whoami()).login),
    ...repositoryVerbs(client, dialect),
    ...keyVerbs(client, dialect),
    listDeployTokens: unsupported('github', 'deploy-token'),
    addDeployToken: unsupported('github', 'deploy-token'),
    removeDeployToken: unsupported('github', 'deploy-token'),
    protect: rulesetVerb(client, dialect.needs.admin),
    ...labelVerbs(client, dialect, ''),
    ...teamVerbs(client),
    ...reviewVerbs(client, dialect),
    async findPull(repository, head, base) {
      const { owner, repo } = placeOf(repository);
      const query = { owner, repo, head: `${owner}:${head}`, base, state: 'open' } as const;
      const tried = aboutPull(`look for a pull request from ${head}`, repository, dialect.needs.pulls);
      const found = await client.attempt(tried, () => client.request('GET /repos/{owner}/{repo}/pulls', query));
      // A server that does not know the filter gives all of them.
      const ours = found.find((pull) => pull.head.ref === head && pull.base.ref === base);
      return ours && pullOf(ours);
    },
    async sshHostKeys() {
      const tried = { step: 'deploy-key', words: 'read the SSH host keys', needs: 'nothing' } as const;
      const meta = await client.find(tried, () => client.request('GET /meta'));
      return (meta?.ssh_keys ?? []).map((key) => `${new URL(server.web).hostname} ${key}`);
    },
  };
}
