import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * A real Gitea for the tests: `FORGE_SCRIPT` is a program with the words `build`, `up` (prints its address), `token` and
 * `down`, which minds FORGE_RUN (where it keeps everything) and FORGE_PORT.
 */
const script = process.env.FORGE_SCRIPT;
if (script === undefined)
  console.warn('SKIPPED the tests with a real Gitea: FORGE_SCRIPT names no program that starts one.');

const run = mkdtempSync(join(tmpdir(), 'forge-'));
const env = { ...process.env, FORGE_RUN: run, FORGE_PORT: process.env.FORGE_PORT ?? '3417' };
const forge = (...words) => execFileSync('bash', [resolve(script), ...words], { env, encoding: 'utf8' }).trim();

const started = script === undefined ? {} : start();
const vitest = resolve('node_modules/vitest/vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'forge', ...process.argv.slice(2)], {
  env: { ...process.env, ...started },
  stdio: 'inherit',
});
if (script !== undefined) forge('down');
rmSync(run, { recursive: true, force: true });
process.exitCode = status ?? 1;

function start() {
  forge('build');
  const url = forge('up').split('\n').at(-1);
  return { FORGE_URL: url, FORGE_TOKEN: forge('token') };
}
