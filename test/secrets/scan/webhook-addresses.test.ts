import { describe, expect, test } from 'vitest';
import { scanned, told } from './scanned.ts';

// put together here, so that no scanner takes this file for a leak
const token = ['q9Zk3', 'Lm7Tp', '2Rv8X', 'c4Nw1', 'Bd6Hs'].join('');
const id = '123456789012345678';
const uuid = ['6f9619ff', '8b86', 'd011', 'b42d', '00c04fc964ff'].join('-');

const provider = (type: string, address: string) =>
  `apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Provider\nmetadata:\n  name: chat\n  namespace: flux-system\nspec:\n  type: ${type}\n  address: ${address}\n`;

describe('the scan finds the webhook of', () => {
  test.for([
    ['Slack', `https://hooks.slack.com/services/T024F3K9Q/B07QX1Z9A/${token}`],
    ['a workflow of Slack', `https://hooks.slack.com/triggers/T024F3K9Q/7041234567890/${token}`],
    ['Discord', `https://discord.com/api/webhooks/${id}/${token}`],
    ['Discord under its old name', `https://discordapp.com/api/webhooks/${id}/${token}/slack`],
    ['Teams', `https://acme.webhook.office.com/webhookb2/1b2c@3d4e/IncomingWebhook/${token}/5f6a`],
    [
      'Power Automate',
      `"https://prod-12.westeurope.logic.azure.com:443/workflows/1b2c/triggers/manual/paths/invoke?api-version=2016-06-01&sig=${token}"`,
    ],
    ['Google Chat', `"https://chat.googleapis.com/v1/spaces/AAAA/messages?key=${token}&token=x"`],
    ['Lark', `https://open.larksuite.com/open-apis/bot/v2/hook/${token}`],
    ['Telegram', `https://api.telegram.org/bot${id}:${token}/sendMessage`],
    ['Mattermost', `https://chat.acme.io/hooks/${token}`],
    ['Rocket.Chat', `https://chat.acme.io/hooks/64f0a1b2c3d4e5f6a7b8c9d0/${token}`],
  ] as const)('%s, in a Provider, in values, in a note', async ([, address]) => {
    const report = await scanned({
      'a.yaml': provider('slack', address),
      'b.yaml': `kind: HelmRelease\nspec:\n  values:\n    alertmanager:\n      slack_api_url: ${address}\n`,
      'notes.md': `The channel: ${address}\n`,
    });

    expect(told(report).map((each) => each.replace(/:\d+$/, ''))).toEqual([
      'secrets/webhook-address a.yaml:8',
      'secrets/webhook-address b.yaml:5',
      'secrets/webhook-address notes.md:1',
    ]);
    expect(JSON.stringify(report)).not.toContain(token);
  });

  test.for([
    ['a parameter', 'generic', `https://ops.acme.io/in?api_key=${token}`],
    ['a password', 'generic', `https://alerts:${token}@ops.acme.io/in`],
    [
      'a password of letters',
      'azuredevops',
      `https://platform:${['swordfish', 'tank'].join('')}@dev.azure.com/acme/_git/fleet`,
    ],
    ['a name that is a password', 'generic', `https://${token}@ops.acme.io/in`],
    ['a UUID', 'lark', `https://ops.acme.io/in/${uuid}`],
    ['its path', 'rocket', `https://ops.acme.io/in/${token}`],
  ] as const)('another server, by %s', async ([, type, address]) => {
    const report = await scanned({ 'apps/overlays/production/web/chat.yaml': provider(type, address) });

    expect(told(report)).toEqual(['secrets/webhook-address apps/overlays/production/web/chat.yaml:8:12']);
    expect(report.findings[0]?.problem.object).toBe('Provider/flux-system/chat');
    expect(report.findings[0]?.fix.at(-1)).toBe(
      'TOOL secrets create chat --app web --environment production --namespace flux-system',
    );
    expect(JSON.stringify(report)).not.toContain(token);
  });
});

describe('the scan lets pass', () => {
  test.for([
    ['an API', provider('slack', 'https://slack.com/api/chat.postMessage')],
    ['a repository', provider('github', 'https://github.com/acme/AFleetOfClustersIn2026')],
    ['words in a path', provider('generic', 'https://ops.acme.io/in/alerts-of-all-clusters-2026')],
    ['a server in the cluster', provider('alertmanager', 'http://alertmanager.monitoring.svc:9093/api/v2/alerts/')],
    [
      'a clone address of Azure',
      provider('azuredevops', 'https://contoso-platform@dev.azure.com/contoso-platform/fleet'),
    ],
    ['one of Bitbucket', provider('bitbucket', 'https://platformteam@bitbucket.org/acme/fleet')],
    ['a name', provider('generic', `https://ops.acme.io/projects/${uuid}/alerts`)],
    ['words that a hook is called by', 'See https://ci.acme.io/hooks/container_image_verification\n'],
    ['a version in them', 'See https://ci.acme.io/hooks/container_image_verification_v2\n'],
    ['a variable', provider('slack', `https://hooks.slack.com/services/\${slack_hook}`)],
    ['a sample', 'See https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX\n'],
    ['another sample', 'https://discord.com/api/webhooks/1234567890/your-webhook-token-goes-here\n'],
    ['the path of a receiver', `https://flux.acme.io/hook/${'0a1b2c3d'.repeat(8)}\n`],
  ] as const)('%s', async ([, text]) => {
    expect(told(await scanned({ 'a.yaml': text }))).toEqual([]);
  });

  test('the address in a Secret, which is told as a whole', async () => {
    const text = `kind: Secret\nmetadata:\n  name: chat\nstringData:\n  address: https://chat.acme.io/hooks/${token}\n`;

    expect(told(await scanned({ 'a.yaml': text }))).toEqual(['secrets/plain-secret a.yaml:5:3']);
  });

  test('very long texts, in a moment', async () => {
    const text = `https://hooks.slack.com/services/${'a/'.repeat(200_000)} ${'https://a.b/hooks/'.repeat(20_000)}?${'sig='.repeat(100_000)}`;
    const begin = performance.now();
    await scanned({ 'a.txt': text });

    expect(performance.now() - begin).toBeLessThan(2000);
  });
});
