import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/**
 * Downloads a Go module through the ordinary Go client, which verifies it against the checksum database.
 *
 * @param {{ module: string, version: string }} source
 * @returns {string} the folder of the unpacked module in Go's module cache
 */
export function goModuleFolder({ module, version }) {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: tmpdir(),
    encoding: 'utf8',
    maxBuffer: 1 << 20,
  });
  return JSON.parse(answer).Dir;
}
