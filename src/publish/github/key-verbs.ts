import type { Hook, Provider, RegisteredKey, Repository } from '../provider.ts';
import type { Dialect } from './dialect.ts';
import { everyPage } from './every-page.ts';
import type { OctokitClient } from './octokit-client.ts';
import { placeOf } from './place.ts';

interface ShapedKey {
  id: number;
  title: string;
  key: string;
  read_only: boolean;
}

interface ShapedHook {
  id: number;
  active: boolean;
  config: { url?: string | undefined };
}

type KeyVerbs = Pick<
  Provider,
  'listDeployKeys' | 'addDeployKey' | 'removeDeployKey' | 'listHooks' | 'addHook' | 'removeHook'
>;

/** Deploy keys and webhooks: https://docs.github.com/rest/deploy-keys · https://docs.github.com/rest/repos/webhooks */
export function keyVerbs({ request, attempt, find }: OctokitClient, { needs, page, hook: extra }: Dialect): KeyVerbs {
  const about = (words: string, { fullName }: Repository) =>
    ({ step: 'deploy-key', words: `${words} of ${fullName}`, repository: fullName, needs: needs.keys }) as const;
  const aboutHook = (words: string, { fullName }: Repository) =>
    ({ step: 'webhook', words: `${words} of ${fullName}`, repository: fullName, needs: needs.hooks }) as const;
  return {
    listDeployKeys: (repository) =>
      everyPage(async (number) => {
        const at = { ...placeOf(repository), ...page(number) };
        const work = () => request('GET /repos/{owner}/{repo}/keys', at);
        return (await attempt(about('read the deploy keys', repository), work)).map(keyOf);
      }),
    async addDeployKey(repository, { title, publicKey, readOnly }) {
      const body = { title, key: publicKey, read_only: readOnly };
      const work = () => request('POST /repos/{owner}/{repo}/keys', { ...placeOf(repository), ...body });
      return keyOf(await attempt(about('add a deploy key', repository), work));
    },
    async removeDeployKey(repository, id) {
      const at = { ...placeOf(repository), key_id: Number(id) };
      await find(about('remove a deploy key', repository), () =>
        request('DELETE /repos/{owner}/{repo}/keys/{key_id}', at),
      );
    },
    listHooks: (repository) =>
      everyPage(async (number) => {
        const at = { ...placeOf(repository), ...page(number) };
        const work = () => request('GET /repos/{owner}/{repo}/hooks', at);
        return (await attempt(aboutHook('read the webhooks', repository), work)).map(hookOf);
      }),
    async addHook(repository, { url, secret }) {
      const config = { url, content_type: 'json', secret: secret.reveal() };
      const body = { ...extra, active: true, events: ['push'], config };
      const work = () => request('POST /repos/{owner}/{repo}/hooks', { ...placeOf(repository), ...body });
      return hookOf(await attempt(aboutHook('add a webhook', repository), work));
    },
    async removeHook(repository, id) {
      const at = { ...placeOf(repository), hook_id: Number(id) };
      await find(aboutHook('remove a webhook', repository), () =>
        request('DELETE /repos/{owner}/{repo}/hooks/{hook_id}', at),
      );
    },
  };
}

function keyOf({ id, title, key, read_only }: ShapedKey): RegisteredKey {
  return { id: String(id), title, publicKey: key, readOnly: read_only };
}

function hookOf({ id, active, config }: ShapedHook): Hook {
  return { id: String(id), url: config.url ?? '', active };
}
