import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findToken, type TokenSources } from '../../src/publish/find-token.ts';

const isHere = spawnSync('gh', ['--version']).status === 0;
if (!isHere) console.warn('SKIPPED the token of the real gh: gh is not in PATH.');

describe.skipIf(!isHere)('the token of the real gh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gh-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  // As gh keeps it where there is no keyring: https://cli.github.com/manual/gh_auth_login
  const hosts = [
    'github.example.com:',
    '    oauth_token: gho_signedIn',
    '    user: ada',
    '    git_protocol: https',
    '',
  ];
  writeFileSync(join(folder, 'hosts.yml'), hosts.join('\n'));
  const sources: TokenSources = {
    env: { PATH: process.env.PATH, HOME: folder, GH_CONFIG_DIR: folder },
    stdin: undefined,
    consent: async () => true,
    ask: undefined,
    signal: new AbortController().signal,
  };

  it('is that of the host that it is signed in to', async () => {
    const found = await findToken({ kind: 'github', host: 'github.example.com' }, sources);
    expect([found.token.reveal(), found.from]).toEqual(['gho_signedIn', 'gh auth token']);
  });

  it('is none for another host', async () => {
    for (const host of ['github.com', 'other.example.com'])
      await expect(findToken({ kind: 'github', host }, sources)).rejects.toMatchObject({ code: 'auth-missing' });
  });

  it('is not asked for without consent', async () => {
    const refused = findToken(
      { kind: 'github', host: 'github.example.com' },
      { ...sources, consent: async () => false },
    );
    await expect(refused).rejects.toMatchObject({ code: 'auth-missing' });
  });
});
