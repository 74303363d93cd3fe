import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { generateKeys, type NamedKey } from '../../src/secrets/generate-keys.ts';
import { readKeyFile } from '../../src/secrets/key-file.ts';
import { writeKeys } from '../../src/secrets/write-keys.ts';
import { gitSandbox } from '../git/git-sandbox.ts';
import { unprivileged } from './unprivileged.ts';

const about = { repository: 'fleet', now: new Date('2026-11-22T17:51:39Z') };

async function twoKeys() {
  const sandbox = gitSandbox();
  const keys = await generateKeys([{ kind: 'cluster', name: 'production' }, { kind: 'recovery' }]);
  const folder = join(sandbox.folder, 'config/keys/fleet-0a1b2c3d');
  return { ...sandbox, keys, keysFolder: folder, refused: () => refusal(folder, keys) };
}

/** Whatever went wrong, no key may show in it. */
async function refusal(folder: string, keys: readonly NamedKey[]) {
  const failure = await writeKeys(folder, keys, about).catch((error) => error);
  for (const { identity } of keys)
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(identity.reveal());
  expect(failure.message).not.toContain(dirname(folder));
  return failure;
}

const mode = (path: string) => (lstatSync(path).mode & 0o777).toString(8);

describe('writing private keys', () => {
  it('makes files and folders that only their owner can open, whatever the umask', async () => {
    const { keys, keysFolder, folder } = await twoKeys();
    const umask = process.umask(0);
    const files = await writeKeys(keysFolder, keys, about).finally(() => process.umask(umask));
    expect(files).toEqual(['cluster-production', 'recovery'].map((name) => join(keysFolder, `${name}.agekey`)));
    expect(files.map(mode)).toEqual(['600', '600']);
    expect(['config', 'config/keys', 'config/keys/fleet-0a1b2c3d'].map((path) => mode(join(folder, path)))).toEqual([
      '700',
      '700',
      '700',
    ]);
  });

  it('writes what can be read back', async () => {
    const { keys, keysFolder } = await twoKeys();
    for (const [at, file] of (await writeKeys(keysFolder, keys, about)).entries()) {
      const { identities, warnings } = await readKeyFile(file);
      expect(identities.map((identity) => identity.reveal())).toEqual([keys[at]?.identity.reveal()]);
      expect(warnings).toEqual([]);
    }
  });

  it('adds to the folder of an earlier call', async () => {
    const { keys, keysFolder } = await twoKeys();
    await writeKeys(keysFolder, keys.slice(0, 1), about);
    await writeKeys(keysFolder, keys.slice(1), about);
    expect(readdirSync(keysFolder)).toEqual(['cluster-production.agekey', 'recovery.agekey']);
  });

  it('never replaces a key, and takes back those it had written', async () => {
    const { keys, keysFolder, refused } = await twoKeys();
    mkdirSync(keysFolder, { recursive: true });
    writeFileSync(join(keysFolder, 'recovery.agekey'), 'precious\n');
    const failure = await refused();
    expect(failure).toMatchObject({
      code: 'key-exists',
      exitCode: 1,
      message: expect.stringContaining('recovery.agekey'),
    });
    expect(failure.why.join()).toContain(join(keysFolder, 'recovery.agekey'));
    expect(readdirSync(keysFolder)).toEqual(['recovery.agekey']);
    expect(readFileSync(join(keysFolder, 'recovery.agekey'), 'utf8')).toBe('precious\n');
    expect(keys).toHaveLength(2);
  });

  it('does not follow a link at the place of a file, dangling or not', async () => {
    const { folder, keysFolder, refused, write } = await twoKeys();
    mkdirSync(keysFolder, { recursive: true });
    for (const target of [write('victim', 'untouched\n'), join(folder, 'nowhere')]) {
      symlinkSync(target, join(keysFolder, 'recovery.agekey'));
      expect(await refused()).toMatchObject({ code: 'key-exists' });
      expect(readdirSync(keysFolder)).toEqual(['recovery.agekey']);
      rmSync(join(keysFolder, 'recovery.agekey'));
    }
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('untouched\n');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  it('does not follow a link at the place of the folder', async () => {
    const { folder, keysFolder, refused } = await twoKeys();
    mkdirSync(join(folder, 'elsewhere'));
    mkdirSync(dirname(keysFolder), { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), keysFolder);
    expect(await refused()).toMatchObject({
      code: 'keys-folder-unsafe',
      why: [expect.stringContaining('symbolic link')],
    });
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual([]);
  });

  it('refuses a folder that others may write in, and one that became a work tree meanwhile', async () => {
    const { git, keys, keysFolder, refused } = await twoKeys();
    mkdirSync(keysFolder, { recursive: true });
    chmodSync(keysFolder, 0o777);
    expect(await refused()).toMatchObject({ code: 'keys-folder-unsafe', hint: `chmod 700 '${keysFolder}'` });
    const quoted = join(dirname(keysFolder), "o'neill");
    mkdirSync(quoted);
    chmodSync(quoted, 0o777);
    execFileSync('sh', ['-c', (await refusal(quoted, keys)).hint]);
    expect(mode(quoted)).toBe('700');
    chmodSync(keysFolder, 0o700);
    git(dirname(keysFolder), 'init', '--quiet');
    expect(await refused()).toMatchObject({ code: 'keys-in-work-tree' });
    expect(readdirSync(keysFolder)).toEqual([]);
  });

  it('leaves nothing behind where it may not write, nor where a file is in the way', async () => {
    const { folder, keysFolder, refused, write } = await twoKeys();
    chmodSync(folder, 0o555);
    expect(await unprivileged(refused)).toMatchObject({ code: 'keys-unwritable', exitCode: 1 });
    chmodSync(folder, 0o755);
    mkdirSync(keysFolder, { recursive: true, mode: 0o755 });
    chmodSync(keysFolder, 0o555);
    expect(await unprivileged(refused)).toMatchObject({ code: 'keys-unwritable' });
    expect(readdirSync(keysFolder)).toEqual([]);
    chmodSync(keysFolder, 0o755);
    rmSync(join(folder, 'config'), { recursive: true });
    write('config', '');
    expect(await refused()).toMatchObject({ code: 'keys-unwritable' });
    expect(readdirSync(folder).sort()).toEqual(['config', 'home']);
  });

  it('removes the folders it made when it fails half way', async () => {
    const { folder, keys, keysFolder } = await twoKeys();
    const twice = [...keys, ...keys.slice(0, 1)];
    expect(await refusal(keysFolder, twice)).toMatchObject({ code: 'key-exists' });
    expect(readdirSync(folder)).toEqual(['home']);
  });
});

describe.skipIf(process.platform !== 'linux')('a place where nothing can be made', () => {
  it('is an error at once, and not tried for ever', async () => {
    const { keys } = await twoKeys();
    const error = await refusal('/proc/kk/fleet-0a1b2c3d', keys);
    expect(error).toMatchObject({ code: 'keys-unwritable', hint: expect.stringContaining('--keys-dir') });
  });
});
