import { describe, expect, it } from 'vitest';
import { plainGitProvider } from '../../src/publish/plain-git.ts';
import { serverAddress } from '../../src/publish/server.ts';
import { stepsByHand } from '../../src/publish/steps-by-hand.ts';

describe('a server that only speaks git', () => {
  it('has an address for the push, and nothing else', async () => {
    const provider = plainGitProvider('git.example.com:8443');
    expect([...provider.can]).toEqual(['push']);
    expect(await provider.getRepository({ owner: 'acme', name: 'fleet' })).toMatchObject({
      httpsUrl: 'https://git.example.com:8443/acme/fleet.git',
      sshUrl: 'ssh://git@git.example.com/acme/fleet.git',
    });
    await expect(provider.whoami()).rejects.toThrow('git has no whoami');
  });

  it('leaves the rest to a person, in order', () => {
    const keys = [{ title: 'flux production', publicKey: 'ssh-ed25519 AAAA production', readOnly: true }];
    const place = { repository: 'acme/fleet', host: 'git.example.com', branch: 'main', isNew: true, keys };
    const hook = { cluster: 'eu', url: 'https://flux.example.com/hook/x', show: 'npx show', source: undefined };
    expect(
      stepsByHand({ ...place, hooks: [{ ...hook, isGeneric: false }], grants: [{ team: 'ops', role: 'read' }] }),
    ).toEqual([
      {
        text: 'Make an empty private repository acme/fleet on git.example.com: no README, no licence, no .gitignore.',
        commands: [],
      },
      {
        text: 'Add the deploy key "flux production" (read only) to acme/fleet on git.example.com:',
        commands: ['ssh-ed25519 AAAA production'],
      },
      {
        text: 'Add a webhook to acme/fleet on git.example.com, so that eu hears of pushes: content type JSON, event push, the token as its secret:',
        commands: ['https://flux.example.com/hook/x', 'npx show'],
      },
      { text: 'Give ops the role read in acme/fleet on git.example.com.', commands: [] },
      { text: 'Protect main of acme/fleet on git.example.com: no deletion, no force push.', commands: [] },
    ]);
    expect(stepsByHand({ ...place, isNew: false, keys: [], hooks: [], grants: [] })).toHaveLength(1);
  });
});

describe('where the API is', () => {
  it.each([
    ['github', undefined, 'https://api.github.com', 'github.com'],
    ['github', 'acme.ghe.com', 'https://api.acme.ghe.com', 'acme.ghe.com'],
    ['github', 'git.example.com', 'https://git.example.com/api/v3', 'git.example.com'],
    ['github', 'https://git.example.com/api/v3/', 'https://git.example.com/api/v3', 'git.example.com'],
    ['gitlab', undefined, 'https://gitlab.com/api/v4', 'gitlab.com'],
    ['gitlab', 'https://example.com/gitlab/', 'https://example.com/gitlab/api/v4', 'example.com/gitlab'],
    ['gitea', 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/api/v1', '127.0.0.1:3000'],
  ] as const)('of %s on %s', (kind, host, api, shown) => {
    expect(serverAddress(kind, host)).toMatchObject({ api, host: shown });
  });

  it('of Gitea nobody knows without its name', () => {
    expect(() => serverAddress('gitea', undefined)).toThrow('the server is not named');
  });
});
