import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Cancelled, ExpectedError } from '../../src/errors.ts';
import { gitEnvironment } from '../../src/git/git-environment.ts';
import { askGit, runGit } from '../../src/git/run-git.ts';
import { gitSandbox } from './git-sandbox.ts';

describe('the environment git gets', () => {
  it('leaves out every variable this git calls local to a repository', () => {
    const local = execFileSync('git', ['rev-parse', '--local-env-vars'], { encoding: 'utf8' }).trim().split('\n');
    expect(local).toContain('GIT_DIR');
    expect(Object.keys(gitEnvironment(Object.fromEntries(local.map((name) => [name, 'x']))))).toEqual([
      'GIT_TERMINAL_PROMPT',
    ]);
  });

  it('leaves out configuration passed by number, tokens and private keys', () => {
    const withheld = [
      'GIT_CONFIG_KEY_0',
      'GIT_CONFIG_VALUE_12',
      'GITHUB_TOKEN',
      'GH_TOKEN',
      'GITLAB_TOKEN',
      'GITEA_TOKEN',
      'GIT_PASSWORD',
      'FLUX_READ_TOKEN',
    ];
    const environment = Object.fromEntries([...withheld, 'SOPS_AGE_KEY', 'gh_token'].map((name) => [name, 'x']));
    expect(gitEnvironment(environment)).toEqual({ GIT_TERMINAL_PROMPT: '0' });
  });

  it('keeps who commits, how ssh is run and where the person keeps their configuration', () => {
    const kept = {
      GIT_AUTHOR_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      GIT_SSH_COMMAND: 'ssh -v',
      GIT_CONFIG_GLOBAL: '/home/ada/gitconfig',
      GIT_CONFIG_NOSYSTEM: '1',
      PATH: '/bin',
    };
    expect(gitEnvironment({ ...kept, UNSET: undefined })).toEqual({ ...kept, GIT_TERMINAL_PROMPT: '0' });
  });
});

describe('running git', () => {
  it('asks the folder it is given, also when called from the hook of another repository', async () => {
    const { folder, env, repository } = gitSandbox();
    const hooked = repository('hooked');
    const asked = repository('asked');
    const fromHook = {
      ...env,
      GIT_DIR: join(hooked, '.git'),
      GIT_INDEX_FILE: join(hooked, '.git/index'),
      GIT_PREFIX: 'x/',
    };
    expect(realpathSync(await runGit(['rev-parse', '--show-toplevel'], { cwd: asked, env: fromHook }))).toBe(asked);
    const outside = await askGit(['rev-parse', '--show-toplevel'], { cwd: folder, env: fromHook });
    expect(outside.exitCode).toBe(128);
  });

  it('passes arguments as they are, not through a shell', async () => {
    const { folder, env } = gitSandbox();
    const words = await runGit(['rev-parse', '--sq-quote', '$(touch x); "y" *'], { cwd: folder, env });
    expect(words.trim()).toBe(`'$(touch x); "y" *'`);
  });

  it('says what to do when there is no git', async () => {
    const { folder, env } = gitSandbox();
    const failure = await askGit(['--version'], { cwd: folder, env: { ...env, PATH: folder } }).catch((error) => error);
    expect(failure).toBeInstanceOf(ExpectedError);
    expect(failure).toMatchObject({ code: 'git-missing', exitCode: 1, hint: expect.stringContaining('--no-git') });
  });

  it('does not call git missing when the working folder is', async () => {
    const { folder, env } = gitSandbox();
    const failure = await askGit(['--version'], { cwd: join(folder, 'gone'), env }).catch((error) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(ExpectedError);
  });

  it("gives git's own words, bounded, plain and without a URL's password, and no path in the message", async () => {
    const { folder, env, write } = gitSandbox();
    const lines = `for i in $(seq 1 500); do printf '\\033[31mline %s %0999d\\033[0m\\n' $i 0 >&2; done`;
    const url = `echo 'fatal: https://ada:s3cret@example.com/x is gone' >&2`;
    write('bin/git-loud', `#!/bin/sh\n${lines}\n${url}\nexit 3\n`, 0o755);
    const path = `${join(folder, 'bin')}:${env.PATH}`;
    const failure = await runGit(['loud'], { cwd: folder, env: { ...env, PATH: path } }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'git-failed', message: 'git loud failed with exit code 3' });
    expect(failure.why).toHaveLength(13);
    expect(failure.why.at(-1)).toBe('fatal: https://example.com/x is gone');
    expect(failure.why.at(-2)).toMatch(/^line 500 0+…$/);
    expect(failure.why.join('').length).toBeLessThan(4_000);
  });

  it('stops when asked to, without waiting for what git had started', async () => {
    const { folder, env } = gitSandbox();
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Cancelled('SIGTERM')), 100);
    const began = performance.now();
    const call = { cwd: folder, env, signal: controller.signal };
    await expect(askGit(['-c', 'alias.wait=!sleep 6', 'wait'], call)).rejects.toMatchObject({ exitCode: 143 });
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});
