import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findToken, type TokenSources } from '../../src/publish/find-token.ts';
import { Secret } from '../../src/secrets/secret.ts';

const github = { kind: 'github', host: 'github.com' } as const;
const nothing: TokenSources = {
  env: {},
  stdin: undefined,
  consent: undefined,
  ask: undefined,
  signal: new AbortController().signal,
};

/** A gh on PATH that is signed in to one host and notes nothing. */
function withGh(token: string): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'gh-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const script = `#!/bin/sh\n[ "$1" = --version ] && exit 0\n[ "$4" = github.com ] && echo ${token} || exit 1\n`;
  writeFileSync(join(folder, 'gh'), script);
  chmodSync(join(folder, 'gh'), 0o755);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

describe('the token', () => {
  it.each([
    [github, { GITHUB_TOKEN: 'one', GH_TOKEN: 'two' }, 'one', 'GITHUB_TOKEN'],
    [github, { GITHUB_TOKEN: ' ', GH_TOKEN: 'two\n' }, 'two', 'GH_TOKEN'],
    [
      { kind: 'github', host: 'git.acme.example' },
      { GITHUB_TOKEN: 'one', GH_ENTERPRISE_TOKEN: 'two' },
      'two',
      'GH_ENTERPRISE_TOKEN',
    ],
    [
      { kind: 'github', host: 'git.acme.example' },
      { GITHUB_TOKEN: 'one', GITHUB_SERVER_URL: 'https://git.acme.example' },
      'one',
      'GITHUB_TOKEN',
    ],
    [{ kind: 'github', host: 'acme.ghe.com' }, { GITHUB_TOKEN: 'one' }, 'one', 'GITHUB_TOKEN'],
    [{ kind: 'gitlab', host: 'gitlab.com' }, { GITHUB_TOKEN: 'one', GITLAB_TOKEN: 'lab' }, 'lab', 'GITLAB_TOKEN'],
    [{ kind: 'gitea', host: 'codeberg.org' }, { GITEA_TOKEN: 'tea' }, 'tea', 'GITEA_TOKEN'],
  ] as const)('for %j with %j comes from the right variable', async (target, env, token, from) => {
    const found = await findToken(target, { ...nothing, env });
    expect([found.token.reveal(), found.from]).toEqual([token, from]);
  });

  it.each(['git.acme.example', 'github.com.acme.example', 'acme.example/x.ghe.com', 'github.com:8443'])(
    'for github.com is not sent to %s',
    async (host) => {
      const env = { GITHUB_TOKEN: 'one', GH_TOKEN: 'two', GITHUB_SERVER_URL: 'https://github.com' };
      await expect(findToken({ kind: 'github', host }, { ...nothing, env })).rejects.toMatchObject({
        code: 'auth-missing',
        why: [
          'None of these variables is set: GH_ENTERPRISE_TOKEN, GITHUB_ENTERPRISE_TOKEN.',
          expect.stringContaining('GITHUB_TOKEN and GH_TOKEN are for github.com'),
        ],
        hint: 'Set GH_ENTERPRISE_TOKEN, or pipe the token in with --token-stdin.',
      });
    },
  );

  it('on standard input comes before every variable', async () => {
    const sources = { ...nothing, env: { GITHUB_TOKEN: 'one' }, stdin: async () => 'piped\n' };
    expect((await findToken(github, sources)).token.reveal()).toBe('piped');
  });

  it('of gh is taken when the person agrees', async () => {
    const sources = { ...nothing, env: withGh('gho_fromGh'), consent: async () => true };
    const found = await findToken(github, sources);
    expect([found.token.reveal(), found.from]).toEqual(['gho_fromGh', 'gh auth token']);
  });

  it('of gh is not taken when the person does not, nor when gh has none for that host', async () => {
    const ask = async () => new Secret('typed');
    const refused = await findToken(github, { ...nothing, env: withGh('gho_fromGh'), consent: async () => false, ask });
    expect([refused.token.reveal(), refused.from]).toEqual(['typed', 'the prompt']);
    const target = { kind: 'github', host: 'git.acme.example' } as const;
    const other = await findToken(target, { ...nothing, env: withGh('gho_fromGh'), consent: async () => true, ask });
    expect(other.token.reveal()).toBe('typed');
  });

  it('that is nowhere is asked for with the variable to set', async () => {
    await expect(findToken(github, nothing)).rejects.toMatchObject({
      code: 'auth-missing',
      exitCode: 2,
      why: ['None of these variables is set: GITHUB_TOKEN, GH_TOKEN.'],
      hint: 'Set GITHUB_TOKEN, or pipe the token in with --token-stdin.',
    });
  });

  it.each(['two words', 'line\nbreak', 'ünicode', ''])('%j is none, and is not repeated', async (text) => {
    const error = await findToken(github, { ...nothing, stdin: async () => text }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'auth-invalid', exitCode: 2 });
    if (text !== '') expect(inspect(error)).not.toContain(text);
  });
});
