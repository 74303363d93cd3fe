import type { Account, Provider, PublishStep } from '../provider.ts';
import type { Server } from '../server.ts';
import { gitlabClient } from './gitlab-client.ts';
import { keyVerbs } from './gitlab-keys.ts';
import { gitlabAccount, gitlabNamespace } from './gitlab-namespace.ts';
import { projectVerbs } from './gitlab-project.ts';
import { reviewVerbs } from './gitlab-review.ts';
import { sharingVerbs } from './gitlab-sharing.ts';

const can: ReadonlySet<PublishStep> = new Set<PublishStep>([
  ...(['whoami', 'namespace', 'repository', 'push', 'default-branch', 'deploy-key', 'deploy-token'] as const),
  ...(['webhook', 'labels', 'teams', 'protect', 'pull'] as const),
]);

/**
 * gitlab.com and GitLab on servers of one's own.
 *
 * @param server its `api` ends in `/api/v4`
 */
export function gitlabProvider(server: Server): Provider {
  const client = gitlabClient(server);
  let account: Promise<Account> | undefined;
  const whoami = () => (account ??= gitlabAccount(client));
  return {
    kind: 'gitlab',
    host: server.host,
    can,
    whoami,
    namespace: async (path) => gitlabNamespace(client, path, (await whoami()).login),
    ...projectVerbs(client),
    ...keyVerbs(client),
    ...reviewVerbs(client),
    ...sharingVerbs(client),
    // No API tells them; those of gitlab.com are known to the model.
    sshHostKeys: async () => [],
  };
}
