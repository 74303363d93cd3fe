import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { gitEnvironment } from '../../src/git/git-environment.ts';

/** An empty folder with a home of its own, where git sees nobody's configuration but the test's. */
export interface GitSandbox {
  folder: string;
  env: Record<string, string>;
  /** Appends to the person's own git configuration. */
  configure(text: string): void;
  write(path: string, contents: string, mode?: number): string;
  /** The real git, not through the code under test; output without the final newline. */
  git(cwd: string, ...args: string[]): string;
  /** A repository with one commit. */
  repository(name: string): string;
}

const person = '[user]\n\tname = Ada\n\temail = ada@example.com\n';

/** Removed when the test ends. */
export function gitSandbox(): GitSandbox {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-git-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'home', 'gitconfig');
  mkdirSync(dirname(config));
  writeFileSync(config, person);
  const inherited = Object.entries(gitEnvironment(process.env)).filter(([name]) => !name.startsWith('GIT_'));
  const env = {
    ...Object.fromEntries(inherited),
    HOME: dirname(config),
    XDG_CONFIG_HOME: join(dirname(config), 'xdg'),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: config,
  };
  const git = (cwd: string, ...args: string[]) =>
    execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' }).trimEnd();
  const write = (path: string, contents: string, mode = 0o644) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents, { mode });
    return join(folder, path);
  };
  return {
    folder,
    env,
    git,
    write,
    configure: (text) => writeFileSync(config, text, { flag: 'a' }),
    repository(name) {
      git(folder, 'init', '--quiet', '--initial-branch=main', name);
      write(`${name}/first.txt`, 'first\n');
      git(join(folder, name), 'add', '.');
      git(join(folder, name), 'commit', '--quiet', '--message=First');
      return join(folder, name);
    },
  };
}
