import { expect, it } from 'vitest';
import { connected, failureOf, fleet } from './connected.ts';

const json = (told: unknown) => ({ status: 200, json: told });

it('finds the open pull request of a branch of its own, not of a fork', async () => {
  const pull = (number: number, ref: string, from: string) => ({
    ...{ number, html_url: `https://x/${number}`, title: 'Add', state: 'open' },
    ...{ head: { ref, repo: { full_name: from } }, base: { ref: 'main', repo: { full_name: 'acme/fleet' } } },
  });
  const pulls = [pull(1, 'other', 'acme/fleet'), pull(2, 'work', 'eve/fleet'), pull(3, 'work', 'acme/fleet')];
  const { provider, server } = await connected('gitea', { 'GET /repos/acme/fleet/pulls': json(pulls) });
  expect((await provider.findPull(fleet, 'work', 'main'))?.number).toBe(3);
  expect(server.received.at(-1)?.path).toContain('state=open');
  expect(await provider.findPull(fleet, 'work', 'release')).toBeUndefined();
});

it.each(['', '-oProxyCommand=x', 'ssh://-oProxyCommand=x/a', 'https://x/a.git', undefined])(
  'takes no address for SSH that is none: %j',
  async (ssh_url) => {
    const told = { id: 7, full_name: 'acme/fleet', clone_url: 'https://x/acme/fleet.git', private: true, ssh_url };
    const { provider } = await connected('gitea', { 'GET /repos/acme/fleet': json(told) });
    expect((await failureOf(provider.getRepository({ owner: 'acme', name: 'fleet' }))).code).toBe('wrong-base-url');
  },
);
