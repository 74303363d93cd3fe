import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { filesBelow, runMain, testSystem } from '../support/run-main.ts';
import { keys, personAt } from '../support/terminal.ts';

const webhook = 'https://hooks.slack.com/services/T000/B000/abcdefghijklmnop';
const base = ['demo', '--yes', '--cluster', 'production', '--component', 'none'];
const sealedFile = 'infrastructure/overlays/production/notifications/release/notification-slack.sops.yaml';

describe('create with notifications', () => {
  test('takes credentials out of the environment, and writes them encrypted only', async () => {
    const system = testSystem();
    system.env = { ...system.env, SLACK_URL: webhook, KEY: 'app-secret-key' };
    const flags = [
      '--notify',
      'slack,channel=alerts,severity=info',
      '--notify-secret-env',
      'slack=SLACK_URL',
      '--notify',
      'opsgenie',
      '--notify-secret-env',
      'opsgenie=KEY',
      '--notify',
      'receiver',
    ];
    const { code, out, err } = await runMain(system, [...base, ...flags]);
    expect(code, err).toBe(0);
    const files = filesBelow(join(system.cwd, 'demo'));
    expect(files['flux-repo.yaml']).toContain('  slack:\n    channel: alerts\n    severity: info\n');
    expect(files[sealedFile]).toContain('address: ENC[');
    expect(out).toContain('https://HOST/hook/');
    const everything = [out, err, ...Object.values(files)].join('\n');
    for (const value of [webhook, 'app-secret-key']) expect(everything).not.toContain(value);
    const again = await runMain(system, [...base, ...flags]);
    expect(again.code, again.err).toBe(0);
    expect(filesBelow(join(system.cwd, 'demo'))).toEqual(files);
  });

  test('a variable that names a key says how it authenticates', async () => {
    const system = testSystem();
    system.env = { ...system.env, BOT: 'xoxb-hidden' };
    const flags = ['--notify', 'slack,channel=alerts', '--notify-secret-env', 'slack.token=BOT'];
    expect((await runMain(system, [...base, ...flags])).code).toBe(0);
    const provider = 'infrastructure/base/notifications/slack/release/provider.yaml';
    expect(readFileSync(join(system.cwd, 'demo', provider), 'utf8')).toContain(
      'https://slack.com/api/chat.postMessage',
    );
  });

  test('asks for a credential unseen, and prints the command with a variable in its place', async () => {
    const system = testSystem({ columns: 100 });
    const person = personAt(system);
    const code = main(
      [
        'demo',
        '--notify',
        'slack',
        '--layout',
        'standard',
        '--cluster',
        'production',
        '--provider',
        'none',
        '--component',
        'none',
        '--app',
        'none',
        '--secrets',
        'sops',
        '--key-scope',
        'cluster',
      ],
      system,
    );
    await person.answer('Address for Slack (slack)?', 'xoxb-typed', keys.enter);
    await person.see('it is the token of a bot');
    await person.answer('', webhook, keys.enter);
    await person.answer('Apply this?', keys.enter);
    expect(await code).toBe(0);
    expect(system.out()).toContain('--notify slack --notify-secret-env slack.address=SLACK_ADDRESS');
    expect(system.out() + system.err()).not.toContain(webhook);
    expect(filesBelow(join(system.cwd, 'demo'))[sealedFile]).toContain('ENC[');
  });

  test('answers in a file have no credential, and no place for one', async () => {
    const system = testSystem();
    writeFileSync(join(system.cwd, 'a.yaml'), 'notifications:\n  slack:\n    token: hidden\n');
    const { code, err } = await runMain(system, [...base, '--config', 'a.yaml']);
    expect(code).toBe(2);
    expect(err).toContain('a.yaml:3:5');
    expect(err).not.toContain('hidden');
  });

  test.for<[string, string]>([
    ['--notify slack', '--notify-secret-env slack=VARIABLE is missing: the address of Slack'],
    ['--notify slak', 'Flux knows no type "slak", did you mean "slack"?'],
    ['--notify slack,adress=https://hidden', '"slack": unknown key "adress"'],
    ['--notify slack,address=https://hidden', 'the address is a credential: name the variable that has it'],
    ['--notify slack --notify slack,channel=b', 'a second one has a name: NAME,type=slack'],
    ['--notify slack --notify-secret-env slack=https://hidden', 'takes the name of a variable of the environment'],
    ['--notify slack --notify-secret-env hidden', 'must be TYPE=VARIABLE, or TYPE.KEY=VARIABLE'],
    ['--notify slack,severity=warning --notify-secret-env slack=A', 'must be one of error, info'],
    ['--notify receiver --notify-secret-env slack=A', 'a variable is for notification "slack", and there is none'],
    [
      '--notify receiver --notify-secret-env receiver=A',
      'a variable is for receiver, which gets a token that is made here',
    ],
    ['--secrets none --notify slack --notify-secret-env slack=A', 'with strategy none values do not pass through here'],
    ['--notify none --notify slack', '"none" does not go with other notifications'],
    ['--notify telegram --notify-secret-env telegram=A', 'Telegram needs a chat'],
  ])('%s is refused, and nothing is repeated that may be a secret', async ([line, message]) => {
    const system = testSystem();
    const { code, out, err } = await runMain(system, [...base, ...line.split(' ')]);
    expect(code, err).toBe(2);
    expect(err).toContain(message);
    expect(out + err).not.toContain('hidden');
    expect(filesBelow(system.cwd)).toEqual({});
  });
});

test('who is asked what to add chooses from the types, and types the credential unseen', async () => {
  const system = testSystem({ columns: 100 });
  expect((await runMain(system, [...base, '--no-input'])).code).toBe(0);
  system.cwd = join(system.cwd, 'demo');
  const person = personAt(system);
  const code = main(['add', 'notification'], system);
  await person.answer('What is told, and where?', keys.enter);
  await person.answer('With what does it authenticate?', keys.enter);
  await person.answer('Which channel?', 'alerts', keys.enter);
  await person.answer('What is told?', keys.enter);
  await person.answer('Address for Slack', webhook, keys.enter);
  await person.see('Add notification slack');
  await person.answer('', keys.enter);
  expect(await code).toBe(0);
  expect(readFileSync(join(system.cwd, 'flux-repo.yaml'), 'utf8')).toContain('  slack:\n    channel: alerts\n');
});

test('answers about one come from a file too', async () => {
  const system = testSystem();
  expect((await runMain(system, base)).code).toBe(0);
  system.cwd = join(system.cwd, 'demo');
  system.env = { ...system.env, URL: webhook };
  const answers = 'name: slack\nchannel: alerts\nseverity: info\nenvironments:\n  - production\nsecret-env: URL\n';
  writeFileSync(join(system.cwd, '../a.yaml'), answers);
  const { code, err } = await runMain(system, ['add', 'notification', '--config', '../a.yaml', '--yes']);
  expect(code, err).toBe(0);
  expect(readFileSync(join(system.cwd, 'flux-repo.yaml'), 'utf8')).toContain('severity: info');
});
