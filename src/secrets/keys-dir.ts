import { posix, win32 } from 'node:path';
import { usageError } from '../errors.ts';
import type { Environment } from '../git/git-environment.ts';

/** Where a person's private keys may be, as they told us or as their system has it. */
export interface KeysPlace {
  /** `--keys-dir`, as typed. */
  flag?: string | undefined;
  /** `FLUX_REPO_KEYS_DIR`, `XDG_CONFIG_HOME` and, on Windows, `AppData` are read. */
  env: Environment;
  /** Absolute; what a relative `--keys-dir` is relative to. */
  cwd: string;
  /** The person's home folder, absolute. */
  home: string;
  platform: NodeJS.Platform;
}

/**
 * The folder that holds one folder of keys per repository: flag, then variable, then the system's place for
 * configuration. A leading `~/` means home: shells leave it alone in `--keys-dir=~/keys`.
 *
 * @throws ExpectedError (exit 2) for an empty `--keys-dir`
 */
export function keysDir({ flag, env, cwd, home, platform }: KeysPlace): string {
  const path = platform === 'win32' ? win32 : posix;
  if (flag?.trim() === '')
    throw usageError('--keys-dir is empty', {
      hint: 'Name a folder outside any repository, for example: --keys-dir ~/keys',
    });
  const told = flag ?? (env.FLUX_REPO_KEYS_DIR || undefined);
  if (told !== undefined)
    return path.resolve(
      cwd,
      told.replace(/^~(?=$|[/\\])/, () => home),
    );
  return path.join(configurationFolder(env, home, platform), 'create-flux-repo', 'keys');
}

/** The person's folder for configuration, as Linux and Windows have it; absolute. */
export function configurationFolder(env: Environment, home: string, platform: NodeJS.Platform): string {
  // Windows does not care about the case of a variable's name; a copy of the environment does.
  if (platform === 'win32') return env.APPDATA || env.AppData || win32.join(home, 'AppData', 'Roaming');
  // "If an implementation encounters a relative path in any of these variables it should […] ignore it":
  // https://specifications.freedesktop.org/basedir-spec/latest/
  const configured = env.XDG_CONFIG_HOME;
  return configured !== undefined && posix.isAbsolute(configured) ? configured : posix.join(home, '.config');
}
