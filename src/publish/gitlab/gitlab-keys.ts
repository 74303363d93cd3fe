import { Secret } from '../../secrets/secret.ts';
import type { Hook, Provider, RegisteredKey } from '../provider.ts';
import { about, type GitlabClient } from './gitlab-client.ts';

interface GitlabKey {
  id: number;
  title: string;
  key: string;
  can_push?: boolean;
}

interface GitlabHook {
  id: number;
  url: string;
  /** `disabled` after too many failures: https://docs.gitlab.com/user/project/integrations/webhooks/#auto-disabled-webhooks */
  alert_status?: unknown;
}

type KeyVerbs = Pick<
  Provider,
  | 'listDeployKeys'
  | 'addDeployKey'
  | 'removeDeployKey'
  | 'listDeployTokens'
  | 'addDeployToken'
  | 'removeDeployToken'
  | 'listHooks'
  | 'addHook'
  | 'removeHook'
>;

/** https://docs.gitlab.com/api/deploy_keys · deploy_tokens · project_webhooks */
export function keyVerbs({ deployKeys, deployTokens, hooks, attempt, find }: GitlabClient): KeyVerbs {
  return {
    async listDeployKeys(repository) {
      const query = { projectId: repository.id, perPage: 100 };
      return (await attempt(about('deploy-key', 'read the deploy keys', repository), () => deployKeys.all(query))).map(
        keyOf,
      );
    },
    async addDeployKey(repository, { title, publicKey, readOnly }) {
      // Text after the key has kept GitLab from knowing it again.
      const key = publicKey.split(' ').slice(0, 2).join(' ');
      const work = () => deployKeys.create(repository.id, title, key, { canPush: !readOnly });
      return keyOf(await attempt(about('deploy-key', 'add a deploy key', repository), work));
    },
    async removeDeployKey(repository, id) {
      await find(about('deploy-key', 'remove a deploy key', repository), () =>
        deployKeys.remove(repository.id, Number(id)),
      );
    },
    async listDeployTokens(repository) {
      const query = { projectId: repository.id, active: true, perPage: 100 };
      const tried = about('deploy-token', 'read the deploy tokens', repository);
      const tokens = await attempt(tried, () => deployTokens.all(query));
      return tokens.map(({ id, name, username }) => ({ id: String(id), title: name, username }));
    },
    async addDeployToken(repository, title) {
      const scope = { projectId: repository.id };
      const work = () => deployTokens.create(title, ['read_repository'], scope);
      const { id, username, token } = await attempt(about('deploy-token', 'add a deploy token', repository), work);
      return { id: String(id), username, password: new Secret(token) };
    },
    async removeDeployToken(repository, id) {
      await find(about('deploy-token', 'remove a deploy token', repository), () =>
        deployTokens.remove(Number(id), { projectId: repository.id }),
      );
    },
    async listHooks(repository) {
      const work = () => hooks.all(repository.id, { perPage: 100 });
      return (await attempt(about('webhook', 'read the webhooks', repository), work)).map(hookOf);
    },
    async addHook(repository, { url, secret }) {
      const options = { token: secret.reveal(), pushEvents: true, enableSslVerification: true };
      return hookOf(
        await attempt(about('webhook', 'add a webhook', repository), () => hooks.add(repository.id, url, options)),
      );
    },
    async removeHook(repository, id) {
      await find(about('webhook', 'remove a webhook', repository), () => hooks.remove(repository.id, Number(id)));
    },
  };
}

function keyOf({ id, title, key, can_push }: GitlabKey): RegisteredKey {
  return { id: String(id), title, publicKey: key, readOnly: can_push !== true };
}

function hookOf({ id, url, alert_status }: GitlabHook): Hook {
  return { id: String(id), url, active: alert_status !== 'disabled' };
}
