import { createHash } from 'node:crypto';
import { cpSync, renameSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { generateUnits } from '../../src/generators/generate-units.ts';
import type { Model } from '../../src/model/model.ts';
import { readModel } from '../../src/model/read-model.ts';
import { changedPaths, type MadeRepository, madeRepository } from '../support/made-repository.ts';

const webhook = 'https://hooks.slack.com/services/T000/B000/abcdefghijklmnop';
const release = 'infrastructure/overlays/production/notifications/release';

/** A value of a Secret, opened with the keys of the person who made the repository. */
async function openedValue({ run }: MadeRepository, path: string, key: string): Promise<string> {
  const { code, out, err } = await run('secrets', 'show', path, key, '--force');
  expect(code, err).toBe(0);
  return out.trim();
}

describe('add notification', () => {
  test('writes its own files and the lists that name it, its credential encrypted', async () => {
    const repository = await madeRepository(['--app', 'web', '--cluster', 'production']);
    const { run, system, files, read, git } = repository;
    system.env = { ...system.env, SLACK_URL: webhook };
    const before = files();
    const { code, out, err } = await run(
      'add',
      'notification',
      'slack',
      '--channel',
      'alerts',
      '--secret-env',
      'SLACK_URL',
      '--yes',
      '--commit',
    );
    expect(code, err).toBe(0);
    expect(changedPaths(before, files())).toEqual(
      [
        ...['environment-production', 'notification-slack', 'repository'].map((unit) => `.flux-repo/lock/${unit}.json`),
        'README.md',
        'flux-repo.yaml',
        ...['alert', 'kustomization', 'provider'].map(
          (name) => `infrastructure/base/notifications/slack/release/${name}.yaml`,
        ),
        'infrastructure/overlays/production/kustomization.yaml',
        'infrastructure/overlays/production/notifications.yaml',
        `${release}/kustomization.yaml`,
        `${release}/notification-slack.sops.yaml`,
      ].sort(),
    );
    expect(read('flux-repo.yaml')).toContain('notifications:\n  slack:\n    channel: alerts\n');
    expect(await openedValue(repository, `${release}/notification-slack.sops.yaml`, 'address')).toBe(webhook);
    const everything = [out, err, ...Object.values(files()), git('log', '-p')].join('\n');
    expect(everything).not.toContain(webhook);
    expect(everything).not.toContain(Buffer.from(webhook).toString('base64'));
    expect((await run('secrets', 'verify')).code).toBe(0);
    expect((await run('secrets', 'scan')).code).toBe(0);
    expect((await run('apply')).out).toContain('Nothing to do');
    expect(
      (
        await run(
          'add',
          'notification',
          'slack',
          '--channel',
          'alerts',
          '--secret-env',
          'SLACK_URL',
          '--yes',
          '--commit',
        )
      ).out,
    ).toContain('Nothing to do');
  });

  test('of a receiver makes its token, and says where the webhook goes', async () => {
    const repository = await madeRepository();
    const { out, code } = await repository.run('add', 'notification', 'receiver', '--yes');
    expect(code).toBe(0);
    const token = await openedValue(repository, `${release}/notification-receiver.sops.yaml`, 'token');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    const path = `/hook/${createHash('sha256').update(`${token}receiverflux-system`).digest('hex')}`;
    expect(out).toContain(`https://flux-webhook.DOMAIN${path}`);
    expect(out).not.toContain(token);
    expect(repository.read('flux-repo.yaml')).toContain(`webhookPath: ${path}\n`);
    expect(repository.read('infrastructure/base/notifications/receiver/config/httproute.yaml')).toContain(
      'value: /hook/',
    );
    expect((await repository.run('apply')).out).toContain('Nothing to do');
  });

  test('edited into the model makes the token of a receiver too, and keeps it', async () => {
    const repository = await madeRepository();
    repository.edit(
      'flux-repo.yaml',
      '\n# How secrets are kept',
      '\nnotifications:\n  receiver: {}\n\n# How secrets are kept',
    );
    const { code, err } = await repository.run('apply', '--yes');
    expect(code, err).toBe(0);
    const file = `${release}/notification-receiver.sops.yaml`;
    const sealed = repository.read(file);
    repository.write('flux-repo.yaml', repository.read('flux-repo.yaml').replace(/\n {4}webhookPath: .*/, ' {}'));
    expect((await repository.run('apply', '--yes')).code).toBe(0);
    expect(repository.read(file)).toBe(sealed);
  });

  test('of a team is in its namespace, with its own credential', async () => {
    const repository = await madeRepository();
    const { run, system, read } = repository;
    await run('add', 'team', 'docs', '--source', 'https://github.com/acme/docs', '--yes');
    const url = 'https://prod.logic.azure.com/workflows/secretpart';
    system.env = { ...system.env, TEAMS_URL: url };
    const { code, err } = await run(
      'add',
      'notification',
      'msteams',
      '--team',
      'docs',
      '--secret-env',
      'TEAMS_URL',
      '--yes',
    );
    expect(code, err).toBe(0);
    expect(read('tenants/base/docs/notifications/msteams/release/provider.yaml')).toContain('namespace: docs\n');
    const path = 'tenants/overlays/production/docs/notification-msteams.sops.yaml';
    expect(await openedValue(repository, path, 'address')).toBe(url);
    expect(read(path)).toContain('namespace: docs\n');
    expect((await run('secrets', 'verify')).code).toBe(0);
    const second = await run('add', 'notification', 'msteams', '--yes');
    expect(second.err).toContain('add notification second-msteams --type msteams');
  });

  test('of a team that works here is beside the Kustomization that is watched', async () => {
    const { run, read } = await madeRepository();
    await run('add', 'team', 'shop', '--yes');
    const flags = ['--type', 'pagerduty', '--channel', 'key', '--team', 'shop', '--yes'];
    expect((await run('add', 'notification', 'oncall', ...flags)).code).toBe(0);
    const alert = read('tenants/base/shop/notifications/oncall/release/alert.yaml');
    expect(alert).toContain('namespace: flux-system\n');
    expect(alert).toContain('    - kind: Kustomization\n      name: shop\n');
    expect(alert).not.toContain('"*"');
  });

  test('with a strategy that seals nothing tells what people bring', async () => {
    const { run, read } = await madeRepository(['--app', 'web', '--secrets', 'none']);
    const { out, code } = await run('add', 'notification', 'slack', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('Secret flux-system/notification-slack with address must be in production');
    expect(read('infrastructure/base/notifications/slack/release/provider.yaml')).toContain('name: notification-slack');
    const refused = await run('add', 'notification', 'discord', '--secret-env', 'A', '--yes');
    expect(refused.err).toContain('values do not pass through here');
  });

  test('with External Secrets names the entry of the store', async () => {
    const { run, read } = await madeRepository(['--app', 'web', '--secrets', 'external-secrets']);
    expect((await run('add', 'notification', 'slack', '--yes')).out).toContain(
      'demo/production/slack/notification-slack',
    );
    expect(read(`${release}/notification-slack.external-secret.yaml`)).toContain('namespace: flux-system');
    expect(read('infrastructure/overlays/production/notifications.yaml')).toContain('name: external-secrets-config');
  });

  test('with Sealed Secrets seals its credential', async () => {
    const { run, read, system } = await madeRepository(['--app', 'web', '--secrets', 'sealed-secrets']);
    system.env = { ...system.env, SLACK_URL: webhook };
    const { code, err } = await run('add', 'notification', 'slack', '--secret-env', 'SLACK_URL', '--yes');
    expect(code, err).toBe(0);
    expect(read(`${release}/notification-slack.sealed-secret.yaml`)).toContain('kind: SealedSecret');
  });
});

describe('a notification that cannot be added is refused, and no value is repeated', () => {
  test.for<[string, readonly string[], Record<string, string>]>([
    ['slak', ['did you mean', 'add notification slack'], {}],
    ['slack', ['--secret-env VARIABLE is missing: the address of Slack', '--secret-env VARIABLE --yes'], {}],
    ['slack --secret-env A', ['variable A, for the address of slack, is not set'], {}],
    ['slack --secret-env A', ['is no address for Slack: it is the token of a bot'], { A: 'xoxb-hidden' }],
    ['slack --secret-env https://hidden', ['takes the name of a variable'], {}],
    ['SLACK --type slack --secret-env hidden/x', ['takes the name of a variable'], {}],
    [
      'telegram --channel @a --secret-env address=A',
      ['Telegram has no address: it needs token'],
      { A: 'https://hidden' },
    ],
    [
      'zulip --channel a/b --secret-env A',
      ['zulip needs several values', '--secret-env username=VARIABLE'],
      { A: 'hidden' },
    ],
    ['opsgenie --credential password', ['--credential "password" is none for opsgenie: it takes token'], {}],
    ['discord --channel x --secret-env A', ['Discord has no channel'], { A: 'https://hidden' }],
    ['pagerduty', ['--channel is missing'], {}],
    ['slack --team shop --secret-env A', ['team "shop" does not exist; known: none'], { A: 'https://hidden' }],
    [
      'bitbucket --secret-env token=A --secret-env address=B',
      ['must be USER:APP_PASSWORD'],
      { A: 'hidden', B: 'https://b' },
    ],
  ])('add notification %s', async ([line, texts, env]) => {
    const { run, system, files } = await madeRepository();
    system.env = { ...system.env, ...env };
    const before = files();
    const { code, out, err } = await run('add', 'notification', ...line.split(' '), '--yes');
    expect(code, out + err).toBe(2);
    for (const text of texts) expect(err).toContain(text);
    expect(out + err).not.toContain('hidden');
    expect(files()).toEqual(before);
  });
});

test('in an environment that comes later its Secret is made by the command that is printed where no key is at hand', async () => {
  const repository = await madeRepository();
  const { run, system, files } = repository;
  system.env = { ...system.env, SLACK_URL: webhook };
  expect((await run('add', 'notification', 'slack', '--secret-env', 'SLACK_URL', '--yes')).code).toBe(0);
  expect((await run('add', 'environment', 'qa', '--yes')).code).toBe(0);
  const keys = `${system.home}/.config`;
  renameSync(keys, `${keys}-elsewhere`);
  const { code, out, err } = await run('add', 'cluster', 'qa', '--environment', 'qa', '--yes');
  cpSync(`${keys}-elsewhere`, keys, { recursive: true });
  expect(code, err).toBe(0);
  expect((out + err).replace(/\s+/g, ' ')).toContain(
    'secrets create notification-slack --notification slack --environment qa',
  );
  repository.write('../value', webhook);
  const words = ['notification-slack', '--notification', 'slack', '--environment', 'qa'];
  const made = await run('secrets', 'create', ...words, '--from-file', 'address=../value', '--yes');
  expect(made.code, made.err).toBe(0);
  const path = 'infrastructure/overlays/qa/notifications/release/notification-slack.sops.yaml';
  expect(await openedValue(repository, path, 'address')).toBe(webhook);
  const model = files()['flux-repo.yaml'];
  expect(model).toContain('notifications:\n  slack: {}\n');
  const refused = await run('secrets', 'delete', 'notification-slack', '--notification', 'slack', '--yes');
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('is what notification slack needs');
});

test('without the notification nothing of it is generated', async () => {
  const repository = await madeRepository();
  const { run, files } = repository;
  const before = generatedFor(await modelIn(repository));
  const flags = ['--type', 'pagerduty', '--channel', 'key', '--yes'];
  expect((await run('add', 'notification', 'oncall', ...flags)).code).toBe(0);
  expect(files()['infrastructure/overlays/production/notifications.yaml']).toBeDefined();
  const after = await modelIn(repository);
  expect(generatedFor({ ...after, notifications: {} })).toEqual(before);
});

async function modelIn({ read }: MadeRepository): Promise<Model> {
  return readModel({ text: read('flux-repo.yaml'), file: 'flux-repo.yaml' });
}

function generatedFor(model: Model) {
  return generateUnits(model, { toolVersion: '0.1.0' });
}
