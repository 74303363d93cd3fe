import { chmodSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysFolder } from '../../src/secrets/keys-folder.ts';
import { gitSandbox } from '../git/git-sandbox.ts';
import { unprivileged } from './unprivileged.ts';

function keysIn() {
  const sandbox = gitSandbox();
  const { folder } = sandbox;
  const owner = { repository: 'fleet', id: '0a1b2c3d', target: join(folder, 'fleet') };
  const place = (flag: string) => ({ flag, env: {}, cwd: folder, home: folder, platform: process.platform });
  const refused = async (flag: string) => {
    const failure = await keysFolder(place(flag), owner).catch((error) => error);
    expect(failure).toMatchObject({ exitCode: 2, hint: expect.stringContaining('--keys-dir') });
    expect(failure.message).not.toContain(folder);
    return failure.code;
  };
  return {
    ...sandbox,
    owner,
    refused,
    found: (flag: string, other = {}) => keysFolder(place(flag), { ...owner, ...other }),
  };
}

describe("the folder of one repository's keys", () => {
  it('is named after the repository and its id, and is not made by looking', async () => {
    const { folder, found } = keysIn();
    expect(await found('keys')).toBe(join(folder, 'keys/fleet-0a1b2c3d'));
    expect(existsSync(join(folder, 'keys'))).toBe(false);
  });

  it('is never shared by two repositories of one name', async () => {
    const { found } = keysIn();
    expect(await found('keys', { id: '00000001' })).not.toBe(await found('keys', { id: '00000002' }));
  });

  it('is not found by a name that leads elsewhere', async () => {
    await expect(keysIn().found('keys', { repository: '../fleet' })).rejects.toThrow('not a name for a folder of keys');
  });

  it('is refused inside any git work tree, also without git to ask', async () => {
    const { repository, refused, git } = keysIn();
    const top = repository('other');
    git(top, 'worktree', 'add', '--quiet', '-b', 'side', '../linked');
    for (const flag of ['other', 'other/a/b', 'other/.git', 'linked/keys'])
      expect(await refused(flag)).toBe('keys-in-work-tree');
  });

  it("is refused inside the repository's own folder, before that is a work tree", async () => {
    const { refused, found } = keysIn();
    expect(await refused('fleet')).toBe('keys-in-repository');
    expect(await refused('fleet/keys')).toBe('keys-in-repository');
    expect(await found('fleet-keys')).toContain('fleet-keys');
  });

  it('is refused through a link into a work tree, dangling or not, at any depth', async () => {
    const { folder, repository, refused } = keysIn();
    const top = repository('other');
    mkdirSync(join(folder, 'keys'));
    symlinkSync(top, join(folder, 'link'));
    symlinkSync(join(top, 'not-yet'), join(folder, 'dangling'));
    symlinkSync(top, join(folder, 'keys/fleet-0a1b2c3d'));
    for (const flag of ['link', 'link/deep', 'dangling', 'keys']) expect(await refused(flag)).toBe('keys-in-work-tree');
  });

  it('is refused through a link into the repository, which is not there yet', async () => {
    const { folder, refused } = keysIn();
    symlinkSync(join(folder, 'fleet/keys'), join(folder, 'link'));
    expect(await refused('link')).toBe('keys-in-repository');
  });

  it('is refused inside the repository, when that was named through a link', async () => {
    const { folder, found } = keysIn();
    mkdirSync(join(folder, 'vault'));
    symlinkSync('vault', join(folder, 'link'));
    const inside = found('vault/fleet/keys', { target: join(folder, 'link/fleet') });
    await expect(inside).rejects.toMatchObject({ code: 'keys-in-repository' });
  });

  it('is the real place when a link leads out to a good one', async () => {
    const { folder, found } = keysIn();
    mkdirSync(join(folder, 'vault'));
    symlinkSync('vault', join(folder, 'link'));
    expect(await found('link')).toBe(join(folder, 'vault/fleet-0a1b2c3d'));
  });

  it('is refused where a file is in the way', async () => {
    const { write, refused } = keysIn();
    write('file', '');
    write('keys/fleet-0a1b2c3d', '');
    for (const flag of ['file', 'file/deep', 'keys']) expect(await refused(flag)).toBe('keys-dir-is-file');
  });

  it('is refused where this person may not look', async () => {
    const { folder, refused } = keysIn();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'closed/inner'), { recursive: true });
    chmodSync(join(folder, 'closed'), 0o000);
    const code = await unprivileged(() => refused('closed/inner')).finally(() =>
      chmodSync(join(folder, 'closed'), 0o700),
    );
    expect(code).toBe('keys-dir-unreadable');
  });

  // access(2) asks for the real user, whom a process cannot change and change back.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.warn('SKIPPED a keys folder that is not writable: run as root, who may write anywhere');
  it.skipIf(isRoot)('is refused where this person may not write', async () => {
    const { folder, refused } = keysIn();
    mkdirSync(join(folder, 'theirs'), { mode: 0o555 });
    expect(await refused('theirs/keys')).toBe('keys-dir-unwritable');
  });

  it('is refused in a circle of links', async () => {
    const { folder, refused } = keysIn();
    symlinkSync('round', join(folder, 'round'));
    expect(await refused('round')).toBe('keys-dir-unreadable');
  });
});
