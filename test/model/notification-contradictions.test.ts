import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { modelFrom } from '../../src/model/complete-draft.ts';
import type { Draft } from '../../src/model/model.ts';
import { notificationTypes } from '../../src/model/notification-types.ts';

type Notifications = NonNullable<Draft['notifications']>;

function told(notifications: Notifications, draft: Draft = {}): string[] {
  try {
    modelFrom({ ...draft, notifications }, { name: 'demo', id: '0123abcd' });
    return [];
  } catch (error) {
    if (error instanceof ExpectedError) return error.problems.map(({ message }) => message);
    throw error;
  }
}

test('the types are those of the Provider that Flux serves', () => {
  const data = readFileSync(
    join(import.meta.dirname, '../../src/schema/data/notification.toolkit.fluxcd.io.json'),
    'utf8',
  );
  const found = [...data.matchAll(/"enum":(\["[^\]]*"msteams"[^\]]*\])/g)].map(([, list = '[]']) => list);
  expect(found).toHaveLength(1);
  const served: unknown = JSON.parse(found[0] ?? '[]');
  expect([...notificationTypes.keys()].filter((type) => type !== 'receiver').sort()).toEqual(
    Array.isArray(served) ? served.sort() : [],
  );
});

describe('a notification', () => {
  test.for<[string, Notifications, string, Draft?]>([
    [
      'of a type that Flux does not have',
      { slak: {} },
      'notifications.slak: Flux knows no type "slak", did you mean "slack"?',
    ],
    [
      'whose type is misspelt',
      { told: { type: 'msteam' } },
      'notifications.told.type: Flux knows no type "msteam", did you mean "msteams"?',
    ],
    [
      'with a channel where there is none',
      { discord: { channel: 'x' } },
      'notifications.discord.channel: Discord has no channel',
    ],
    ['without a channel that it needs', { telegram: {} }, 'notifications.telegram.channel: Telegram needs a chat'],
    [
      'of a bot without a channel',
      { slack: { credential: ['token'] } },
      'notifications.slack.channel: Slack needs a channel',
    ],
    ['with half a channel', { zulip: { channel: 'alerts' } }, 'notifications.zulip.channel: must be CHANNEL/TOPIC'],
    [
      'with a webhook in the open',
      { slack: { address: 'https://hooks.slack.com/x' } },
      'the address of Slack is a credential',
    ],
    [
      'with an address where there is none',
      { telegram: { channel: '@a', address: 'https://x' } },
      'Telegram has no address',
    ],
    ['with a password in its address', { alertmanager: { address: 'https://a:b@c' } }, 'without a password'],
    [
      'with credentials that it does not take',
      { opsgenie: { credential: ['password'] } },
      'Opsgenie does not take password; it takes token',
    ],
    [
      'through a proxy that it cannot use',
      { lark: { proxySecret: 'proxy' } },
      'notifications.lark.proxySecret: Lark cannot go through a proxy',
    ],
    ['with certificates that it cannot use', { googlechat: { certSecret: 'x' } }, 'Google Chat takes no certificates'],
    ['with a name that is not shown', { msteams: { username: 'flux' } }, 'Microsoft Teams shows no name of yours'],
    [
      'of a team that is not there',
      { slack: { team: 'shop' } },
      'notifications.slack.team: team "shop" does not exist; known: none',
    ],
    ['in an environment that is not there', { slack: { environments: ['qa'] } }, 'environment "qa" does not exist'],
    ['of commits with a severity', { receiver: { severity: 'info' } }, 'is about commits'],
    [
      'of commits for a team that works here',
      { receiver: { team: 'shop' } },
      'a receiver of the platform is for it too',
      { teams: { shop: { source: 'path' } } },
    ],
    [
      'beside a component of that name',
      { slack: {} },
      'components.notifications: "notifications" is the Kustomization of the notifications',
      { components: { notifications: { chart: { url: 'oci://a.b/c', version: '1' } } } },
    ],
    [
      'whose Secret a cluster has',
      { slack: {} },
      'Secret notification-slack is that of notification "slack"',
      { clusters: { a: { environment: 'a', secrets: { 'notification-slack': { keys: ['x'] } } } } },
    ],
    ['with a name too long for its Secret', { ['s'.repeat(52)]: { type: 'slack' } }, '52 characters, at most 50'],
    ['with a variable that no cluster sets', { slack: { channel: 'alerts-${tier}' } }, 'variable "tier" is not set'],
  ])('%s', ([, notifications, message, draft]) => {
    expect(told(notifications, draft).join('\n')).toContain(message);
  });

  test('that says what its type needs is good', () => {
    const github = { repository: { provider: 'github', owner: 'acme' } } as const;
    expect(
      told(
        {
          slack: {},
          bot: { type: 'slack', credential: ['token'], channel: 'alerts-${cluster_environment}' },
          alertmanager: { address: 'http://alertmanager.monitoring:9093' },
          grafana: { credential: ['username', 'password'] },
          pubsub: { type: 'googlepubsub', address: 'a-project', channel: 'flux', credential: [] },
          github: {},
          gitlab: {},
        },
        github,
      ),
    ).toEqual([]);
  });
});
