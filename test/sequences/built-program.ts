import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';

let built: Promise<string> | undefined;

afterAll(async () => {
  if (built !== undefined) rmSync(join(await built, '../..'), { recursive: true, force: true });
});

/** The program as it ships, bundled once for a file of tests, beside the work tree. Resolves to its path. */
export function builtProgram(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'create-flux-repo-built-')));
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const rolldown = 'node_modules/rolldown/bin/cli.mjs';
  const args = [rolldown, '--config', 'rolldown.config.js', '--dir', join(folder, 'dist')];
  await promisify(execFile)(process.execPath, args);
  return join(folder, 'bin/create-flux-repo.js');
}
