import type { Provider, Repository, RepositoryRef } from './provider.ts';
import { unsupported } from './unsupported.ts';

/**
 * A server that only speaks git: there is one thing to do, the push. All else is a person's (`stepsByHand`).
 *
 * @param host as the model has it: a name, or a URL which may have a path
 */
export function plainGitProvider(host: string): Provider {
  const web = /^https?:\/\//i.test(host) ? host.replace(/\/+$/, '') : `https://${host}`;
  const shown = web.replace(/^https?:\/\//, '');
  return {
    kind: 'git',
    host: shown,
    can: new Set(['push']),
    getRepository: async (ref) => repositoryAt(web, ref),
    whoami: unsupported('git', 'whoami'),
    namespace: unsupported('git', 'namespace'),
    createRepository: unsupported('git', 'repository'),
    setDefaultBranch: unsupported('git', 'default-branch'),
    listDeployKeys: unsupported('git', 'deploy-key'),
    addDeployKey: unsupported('git', 'deploy-key'),
    removeDeployKey: unsupported('git', 'deploy-key'),
    listDeployTokens: unsupported('git', 'deploy-token'),
    addDeployToken: unsupported('git', 'deploy-token'),
    removeDeployToken: unsupported('git', 'deploy-token'),
    listHooks: unsupported('git', 'webhook'),
    addHook: unsupported('git', 'webhook'),
    removeHook: unsupported('git', 'webhook'),
    protect: unsupported('git', 'protect'),
    listLabels: unsupported('git', 'labels'),
    addLabel: unsupported('git', 'labels'),
    listTeams: unsupported('git', 'teams'),
    grantTeam: unsupported('git', 'teams'),
    findPull: unsupported('git', 'pull'),
    openPull: unsupported('git', 'pull'),
    updatePull: unsupported('git', 'pull'),
    labelPull: unsupported('git', 'labels'),
    sshHostKeys: async () => [],
  };
}

/** Where it would be: whether it is there, only git can tell. */
function repositoryAt(web: string, { owner, name }: RepositoryRef): Repository {
  const fullName = `${owner}/${name}`;
  const { hostname } = new URL(web);
  return {
    id: fullName,
    fullName,
    httpsUrl: `${web}/${fullName}.git`,
    sshUrl: `ssh://git@${hostname}/${fullName}.git`,
    webUrl: `${web}/${fullName}`,
    archived: false,
    visibility: 'private',
  };
}
