import { posix } from 'node:path';
import { configurationFolder, type KeysPlace } from './keys-dir.ts';

/**
 * Where SOPS itself looks for age keys when no variable says otherwise; absolute.
 * https://getsops.io/docs/#encrypting-using-age
 */
export function sopsKeysFile({ env, home, platform }: Omit<KeysPlace, 'flag' | 'cwd'>): string {
  if (platform === 'win32') return `${configurationFolder(env, home, platform)}\\sops\\age\\keys.txt`;
  // Go's os.UserConfigDir, but for macOS, where SOPS lets XDG_CONFIG_HOME go first
  const isMac = platform === 'darwin' && !env.XDG_CONFIG_HOME;
  const folder = isMac ? posix.join(home, 'Library', 'Application Support') : configurationFolder(env, home, platform);
  return posix.join(folder, 'sops', 'age', 'keys.txt');
}
