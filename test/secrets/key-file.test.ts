import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { generateHybridIdentity } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { generateAgeKey } from '../../src/secrets/age-identity.ts';
import { keyFileText, parseKeyFile, readKeyFile } from '../../src/secrets/key-file.ts';
import { keyFileName } from '../../src/secrets/key-name.ts';
import { gitSandbox } from '../git/git-sandbox.ts';

const about = { repository: 'fleet', now: new Date('2026-11-22T17:51:39.123Z') };

async function keyText(): Promise<string> {
  return keyFileText({ key: { kind: 'cluster', name: 'production' }, ...(await generateAgeKey()) }, about).reveal();
}

function complaint(text: string): string {
  try {
    parseKeyFile(text, 'recovery.agekey');
  } catch (error) {
    expect(error).toMatchObject({ code: 'key-file', exitCode: 1 });
    return String(error);
  }
  throw new Error('was read');
}

describe('a key file', () => {
  it('is named after whose key it is', () => {
    expect(keyFileName({ kind: 'cluster', name: 'eu-1' })).toBe('cluster-eu-1.agekey');
    expect(keyFileName({ kind: 'environment', name: 'staging' })).toBe('environment-staging.agekey');
    expect(keyFileName({ kind: 'team', name: 'shop' })).toBe('team-shop.agekey');
    expect(keyFileName({ kind: 'recovery' })).toBe('recovery.agekey');
    for (const name of ['../x', 'a/b', '', 'A'])
      expect(() => keyFileName({ kind: 'team', name })).toThrow('not a name');
  });

  it('has when, the public key, what for, and one identity', async () => {
    const key = { key: { kind: 'cluster', name: 'production' } as const, ...(await generateAgeKey()) };
    expect(keyFileText(key, about).reveal().split('\n')).toEqual([
      '# created: 2026-11-22T17:51:39Z',
      `# public key: ${key.recipient}`,
      expect.stringMatching(/^# Private key of cluster production in fleet: /),
      key.identity.reveal(),
      '',
    ]);
    const recovery = keyFileText({ ...key, key: { kind: 'recovery' } }, about).reveal();
    expect(recovery).toMatch(/^# Recovery key of fleet: .*offline/m);
  });

  it('is read back, with other line ends and several identities too', async () => {
    const [one, two] = [await keyText(), await keyText()];
    const revealed = (text: string) => parseKeyFile(text, 'x.agekey').map((identity) => identity.reveal());
    expect(revealed(one)).toEqual([one.trimEnd().split('\n').at(-1)]);
    expect(revealed((one + two).replaceAll('\n', '\r\n'))).toEqual([...revealed(one), ...revealed(two)]);
  });

  it('that cannot be right is refused by line, without showing it', async () => {
    const text = await keyText();
    const identity = text.trimEnd().split('\n').at(-1) ?? '';
    const mistyped = text.replace(/.\n$/, (end) => (end.startsWith('Q') ? 'P\n' : 'Q\n'));
    const complaints = {
      mistyped: complaint(mistyped),
      indented: complaint(` ${identity}\n`),
      lower: complaint(identity.toLowerCase()),
      two: complaint(`# x\n\n${identity} ${identity}\n`),
      hybrid: complaint(`${await generateHybridIdentity()}\n`),
      plugin: complaint('AGE-PLUGIN-YUBIKEY-1XXXXXX'),
      empty: complaint('# nothing\n'),
      armored: complaint('-----BEGIN AGE ENCRYPTED FILE-----\nxxxx\n'),
    };
    expect(complaints).toMatchObject({
      mistyped: expect.stringContaining('line 4 is not an age identity'),
      indented: expect.stringContaining('line 1 begins with a blank'),
      lower: expect.stringContaining('line 1 is not an age identity'),
      two: expect.stringContaining('line 3'),
      hybrid: expect.stringContaining('post-quantum'),
      plugin: expect.stringContaining('plugin'),
      empty: expect.stringContaining('no identity'),
      armored: expect.stringContaining('passphrase'),
    });
    expect(JSON.stringify(complaints).toUpperCase()).not.toContain(identity.slice(15, 40));
  });

  it('that others may read is read with a warning', async () => {
    const { write } = gitSandbox();
    const path = write('recovery.agekey', await keyText(), 0o600);
    expect((await readKeyFile(path)).warnings).toEqual([]);
    chmodSync(path, 0o640);
    const { identities, warnings } = await readKeyFile(path);
    expect(identities).toHaveLength(1);
    expect(warnings).toMatchObject([{ rule: 'keys/file-mode', severity: 'warning', hint: `chmod 600 '${path}'` }]);
  });

  it('that others may read, below a folder with a quote: the remedy is one word for a shell', async () => {
    const { write } = gitSandbox();
    const path = write("o'neill/recovery.agekey", await keyText(), 0o640);
    const [{ hint = '' } = {}] = (await readKeyFile(path)).warnings;
    expect(hint).toContain("/o'\\''neill/");
    execFileSync('sh', ['-c', hint]);
    expect((await readKeyFile(path)).warnings).toEqual([]);
  });

  it('that is not there, or is a folder, says where was looked', async () => {
    const { folder } = gitSandbox();
    const missing = await readKeyFile(join(folder, 'recovery.agekey')).catch((error) => error);
    expect(missing).toMatchObject({ code: 'key-missing', why: [expect.stringContaining(folder)] });
    expect(missing.message).not.toContain(folder);
    await expect(readKeyFile(folder)).rejects.toMatchObject({ code: 'key-unreadable' });
  });
});
