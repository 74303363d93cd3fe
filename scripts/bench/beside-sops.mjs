import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { hasGo, installPrograms } from '../real-programs.mjs';
import { median, timeOf } from './timing.mjs';

/** A process each is slow enough to be measured on a few files. */
const sopsFiles = 15;

/** What `sops` is called with to do the same to one file. */
const argumentsFor = {
  encrypt: ({ recipients }) => [
    'encrypt',
    '--age',
    recipients,
    '--encrypted-regex',
    '^(data|stringData)$',
    'plain.yaml',
  ],
  decrypt: ({ file }) => ['decrypt', file],
  rotate: ({ file }) => ['rotate', '--in-place', file],
  scan: ({ file }) => ['filestatus', file],
};

/**
 * Milliseconds of our function and of a `sops` process, as medians for one file or as what all take.
 * @param part `encrypt`, `decrypt`, `rotate` or `scan`
 * @param files how many are worked on
 * @param scale of the answer: 1 for one file, `files` for all
 */
export function measureBesideSops(part, files, scale) {
  return ({ sealing, env, newFolder }) => {
    const folder = newFolder();
    const args = [sealing, part, folder, String(files)];
    const samples = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env, maxBuffer: 1 << 26 }));
    const found = scale === 1 ? median(samples) : samples.reduce((sum, each) => sum + each, 0);
    const path = sopsPath();
    if (path === undefined) return { found, missing: 'sops is MISSING' };
    const recipients = readFileSync(join(folder, 'recipients'), 'utf8');
    const options = {
      cwd: folder,
      env: { ...env, PATH: path, SOPS_AGE_KEY_FILE: join(folder, 'keys.txt'), SOPS_DISABLE_VERSION_CHECK: '1' },
    };
    const times = Array.from({ length: sopsFiles }, (_, at) =>
      timeOf('sops', argumentsFor[part]({ recipients, file: `sealed/${at}.sops.yaml` }), options),
    );
    return { found, reference: median(times) * scale };
  };
}

/** PATH with a `sops`: the one there is, else one that Go builds as for `npm run test:conformance`. */
function sopsPath() {
  const { PATH } = process.env;
  if (spawnSync('sops', ['--version', '--disable-version-check']).error === undefined) return PATH;
  if (hasGo()) return [...installPrograms(['sops']), PATH].join(delimiter);
  console.warn('MISSING sops: neither it nor Go, which could build it, is in PATH. Rows beside it prove nothing.');
  return undefined;
}
