import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter, generateHybridIdentity } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { type AgeKey, generateAgeKey } from '../../src/secrets/age-identity.ts';
import { findIdentities } from '../../src/secrets/find-identities.ts';
import { keyFileText } from '../../src/secrets/key-file.ts';
import { noIdentity } from '../../src/secrets/no-identity.ts';
import { sopsKeysFile } from '../../src/secrets/sops-keys-file.ts';
import { gitSandbox } from '../git/git-sandbox.ts';
import { unprivileged } from './unprivileged.ts';

const owner = { repository: 'fleet', id: '0a1b2c3d' };
const ours = 'keys/fleet-0a1b2c3d';

function textOf(key: AgeKey): string {
  const about = { repository: 'fleet', now: new Date(0) };
  return keyFileText({ key: { kind: 'recovery' }, ...key }, about).reveal();
}

function person() {
  const sandbox = gitSandbox();
  const { folder, write } = sandbox;
  chmodSync(folder, 0o755);
  const find = (more: { env?: Record<string, string>; flag?: string | undefined } = {}) =>
    findIdentities(
      { flag: 'keys', env: {}, cwd: folder, home: join(folder, 'home'), platform: 'linux', ...more },
      owner,
    );
  const keep = async (path: string, mode = 0o600) => {
    const key = await generateAgeKey();
    write(path, textOf(key), mode);
    return key;
  };
  return { ...sandbox, find, keep };
}

const shown = ({ identities }: Awaited<ReturnType<typeof findIdentities>>) =>
  identities.map(({ recipient, source, secret }) => [source, recipient, secret.reveal()]);

const row = (source: string, key: AgeKey) => [source, key.recipient, key.identity.reveal()];

describe('the private keys at hand', () => {
  it("are all of the repository's folder, in order, and of no other repository", async () => {
    const { find, keep, write } = person();
    const recovery = await keep(`${ours}/recovery.agekey`);
    const cluster = await keep(`${ours}/cluster-eu.agekey`);
    await keep('keys/fleet-ffffffff/cluster-eu.agekey');
    write(`${ours}/notes.txt`, 'not a key');
    const found = await find();
    expect(shown(found)).toEqual([row('cluster-eu.agekey', cluster), row('recovery.agekey', recovery)]);
    expect(found.warnings).toEqual([]);
    expect(JSON.stringify(found)).not.toContain('AGE-SECRET');
  });

  it('are then those that SOPS would use, each key once', async () => {
    const { find, keep, folder } = person();
    const first = await keep(`${ours}/recovery.agekey`);
    const named = await keep('named.txt');
    const [third, own] = [await generateAgeKey(), await keep('home/.config/sops/age/keys.txt')];
    const env = { SOPS_AGE_KEY_FILE: 'named.txt', SOPS_AGE_KEY: textOf(third) + textOf(first) };
    expect(shown(await find({ env }))).toEqual([
      row('recovery.agekey', first),
      row('SOPS_AGE_KEY_FILE', named),
      row('SOPS_AGE_KEY', third),
      row('keys.txt of SOPS', own),
    ]);
    const same = { SOPS_AGE_KEY_FILE: join(folder, ours, 'recovery.agekey') };
    expect(shown(await find({ env: same }))).toHaveLength(2);
  });

  it.each([
    ['linux', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/sops/age/keys.txt'],
    ['linux', {}, '/home/ada/.config/sops/age/keys.txt'],
    ['darwin', {}, '/home/ada/Library/Application Support/sops/age/keys.txt'],
    ['darwin', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/sops/age/keys.txt'],
    ['win32', { APPDATA: 'C:\\Ada' }, 'C:\\Ada\\sops\\age\\keys.txt'],
  ] as const)('are looked for where SOPS has its own on %s with %o', async (platform, env, path) => {
    expect(sopsKeysFile({ platform, env, home: '/home/ada' })).toBe(path);
  });

  it('may be none, which is no fault of places that nobody named', async () => {
    const { find } = person();
    const env = { FLUX_REPO_KEYS_DIR: 'nowhere' };
    const found = await find({ env, flag: undefined });
    expect(found).toEqual({ identities: [], warnings: [] });
  });

  it('are missed with a warning where a flag or a variable names the place', async () => {
    const { find, folder } = person();
    const { identities, warnings } = await find({ env: { SOPS_AGE_KEY_FILE: 'gone.txt' } });
    expect(identities).toEqual([]);
    expect(warnings).toEqual([
      {
        rule: 'keys/unusable',
        severity: 'warning',
        message: "the folder with this repository's keys is not there",
        hint: expect.stringContaining(join(folder, ours)),
      },
      expect.objectContaining({ message: 'cannot read key gone.txt: it is not there (SOPS_AGE_KEY_FILE)' }),
    ]);
  });

  it('are read from a folder nobody may write, and with a warning from a file that others may read', async () => {
    const { find, keep, folder } = person();
    await keep(`${ours}/recovery.agekey`, 0o644);
    chmodSync(join(folder, ours), 0o555);
    const { identities, warnings } = await unprivileged(() => find());
    expect(identities).toHaveLength(1);
    expect(warnings).toMatchObject([{ rule: 'keys/file-mode', hint: expect.stringContaining('chmod 600') }]);
  });

  it('that cannot be used are warnings beside those that can', async () => {
    const { find, keep, write, folder } = person();
    const good = await keep(`${ours}/recovery.agekey`);
    await keep(`${ours}/cluster-eu.agekey`, 0o000);
    mkdirSync(join(folder, ours, 'folder.agekey'));
    const locked = new Encrypter();
    locked.setPassphrase('hunter2');
    locked.setScryptWorkFactor(10);
    const armored = `-----BEGIN AGE ENCRYPTED FILE-----\n${Buffer.from(await locked.encrypt('x')).toString('base64')}\n`;
    write(`${ours}/protected.agekey`, armored);
    write(`${ours}/raw.agekey`, Buffer.from(await locked.encrypt('x')).toString('latin1'));
    chmodSync(join(folder, ours, 'recovery.agekey'), 0o644);
    const { identities, warnings } = await unprivileged(() => find());
    expect(identities.map(({ recipient }) => recipient)).toEqual([good.recipient]);
    const unusable = warnings.filter(({ rule }) => rule === 'keys/unusable');
    expect(unusable.map(({ message }) => message)).toEqual([
      'cannot read key cluster-eu.agekey: the system says EACCES',
      'cannot read key folder.agekey: the system says EISDIR',
      'cannot read key protected.agekey: it is protected by a passphrase',
      'cannot read key raw.agekey: it is protected by a passphrase',
    ]);
  });

  it('of other kinds in a shared file are left, with a warning', async () => {
    const { find, write } = person();
    const key = await generateAgeKey();
    const hybrid = await generateHybridIdentity();
    write('home/.config/sops/age/keys.txt', `${hybrid}\n${textOf(key)}`, 0o600);
    const found = await find({ env: { SOPS_AGE_KEY: 'AGE-SECRET-KEY-1WRONG' } });
    expect(shown(found)).toEqual([row('keys.txt of SOPS', key)]);
    const messages = found.warnings.map(({ message }) => message).slice(1);
    expect(messages).toEqual([
      expect.stringContaining('cannot read key SOPS_AGE_KEY: line 1 is not an age identity'),
      'keys.txt: line 1 is a post-quantum identity; only X25519 is read; not used',
    ]);
    expect(JSON.stringify(found)).not.toContain('WRONG');
  });
});

it('a file that no key opens names who could, what was tried and what could not be used', async () => {
  const { find, keep, write } = person();
  const eu = await keep(`${ours}/cluster-eu.agekey`);
  write(`${ours}/recovery.agekey`, '', 0o600);
  const stranger = await generateAgeKey();
  const names = new Map([
    [eu.recipient, 'cluster eu'],
    ['age1recovery', 'recovery'],
  ]);
  const recipients = ['age1recovery', stranger.recipient];
  expect(noIdentity({ file: 'a.sops.yaml', recipients, names, found: await find() })).toMatchObject({
    code: 'no-identity',
    message: 'cannot decrypt a.sops.yaml: no private key at hand fits',
    why: [`It can be opened by: recovery, ${stranger.recipient}.`, 'At hand are: cluster eu (cluster-eu.agekey).'],
    hint: expect.stringContaining('--keys-dir DIR'),
    problems: [{ severity: 'error', message: 'cannot read key recovery.agekey: there is no identity in it' }],
  });
});
