import { describe, expect, it } from 'vitest';
import { type KeysPlace, keysDir } from '../../src/secrets/keys-dir.ts';

const linux: KeysPlace = { env: {}, cwd: '/srv', home: '/home/ada', platform: 'linux' };
const windows: KeysPlace = { env: {}, cwd: 'C:\\work', home: 'C:\\Users\\ada', platform: 'win32' };

describe('the folder for private keys', () => {
  it.each<[string, KeysPlace, string]>([
    ['home by default', linux, '/home/ada/.config/create-flux-repo/keys'],
    ['home on macOS too', { ...linux, platform: 'darwin' }, '/home/ada/.config/create-flux-repo/keys'],
    ['XDG_CONFIG_HOME', { ...linux, env: { XDG_CONFIG_HOME: '/cfg' } }, '/cfg/create-flux-repo/keys'],
    [
      'home when XDG_CONFIG_HOME is relative',
      { ...linux, env: { XDG_CONFIG_HOME: 'c' } },
      '/home/ada/.config/create-flux-repo/keys',
    ],
    [
      'home when XDG_CONFIG_HOME is empty',
      { ...linux, env: { XDG_CONFIG_HOME: '' } },
      '/home/ada/.config/create-flux-repo/keys',
    ],
    ['the variable', { ...linux, env: { FLUX_REPO_KEYS_DIR: '/keys', XDG_CONFIG_HOME: '/cfg' } }, '/keys'],
    ['the variable from the current folder', { ...linux, env: { FLUX_REPO_KEYS_DIR: '../keys' } }, '/keys'],
    [
      'home when the variable is empty',
      { ...linux, env: { FLUX_REPO_KEYS_DIR: '' } },
      '/home/ada/.config/create-flux-repo/keys',
    ],
    ['the flag before the variable', { ...linux, flag: 'mine', env: { FLUX_REPO_KEYS_DIR: '/keys' } }, '/srv/mine'],
    ['home for ~', { ...linux, flag: '~/keys' }, '/home/ada/keys'],
    ['a folder whose name begins with ~', { ...linux, flag: '~keys' }, '/srv/~keys'],
    ['AppData on Windows', { ...windows, env: { APPDATA: 'D:\\Roaming' } }, 'D:\\Roaming\\create-flux-repo\\keys'],
    ['home on Windows', windows, 'C:\\Users\\ada\\AppData\\Roaming\\create-flux-repo\\keys'],
    ['the flag on Windows', { ...windows, flag: 'keys' }, 'C:\\work\\keys'],
  ])('is in %s', (_title, place, folder) => {
    expect(keysDir(place)).toBe(folder);
  });

  it('is not the current folder because of an empty flag', () => {
    expect(() => keysDir({ ...linux, flag: '' })).toThrow('--keys-dir is empty');
  });
});
