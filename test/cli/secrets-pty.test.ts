import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaks } from '../support/secrets-repository.ts';
import { bundledProgram, noTerminal, personIn, startInTerminal } from '../support/terminal-program.ts';

if (noTerminal !== undefined) console.warn(`skipped: ${noTerminal}`);

const program = bundledProgram();
const size = { cols: 100, rows: 40 };

/** A folder with a repository `demo` in it, and with a Secret `db` when values are given. */
function repository(values?: string): string {
  const folder = program.folder();
  const run = (words: readonly string[], cwd: string, input = '') =>
    execFileSync(process.execPath, [program.path, ...words], { cwd, env: personIn(folder), input, stdio: 'pipe' });
  run(['demo', '--yes', '--app', 'web'], folder);
  if (values !== undefined) run(['secrets', 'create', 'db', '--app', 'web', '--yes'], join(folder, 'demo'), values);
  return folder;
}

async function until(holds: () => boolean): Promise<void> {
  for (const start = Date.now(); !holds(); ) {
    if (Date.now() - start > 10_000) throw new Error('it never came to that');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe.skipIf(noTerminal !== undefined)('secrets in a real terminal', () => {
  test('what is typed at a hidden prompt is never drawn, and in no file', async () => {
    const folder = repository();
    const words = ['secrets', 'create', 'db', '--app', 'web', '--environment', 'staging', '--key', 'password'];
    const session = startInTerminal(program, words, { ...size, folder, below: 'demo' });
    await session.answer('Value of password?', 'mark-er-1\r');
    await session.answer('Apply this?', '\r');
    expect(await session.exit).toBe(0);
    expect(session.screen()).not.toContain('mark-er');
    expect(readFileSync(join(folder, 'demo/apps/overlays/staging/web/db.sops.yaml'), 'utf8')).toContain(
      'password: ENC[',
    );
    expect(leaks(folder, ['mark-er-1'])).toEqual([]);
  });

  test('Ctrl-C in the editor is for the editor; a terminal that closes takes the plain text with it', async () => {
    const folder = repository('password=mark-er-1\n');
    const runtime = join(folder, 'runtime');
    mkdirSync(runtime);
    writeFileSync(
      join(folder, 'editor.sh'),
      `trap 'echo interrupted' INT; echo opened; while [ -e "$1" ]; do sleep 0.1; done\n`,
    );
    const env = { XDG_RUNTIME_DIR: runtime, EDITOR: `sh ${join(folder, 'editor.sh')}` };
    const words = ['secrets', 'edit', 'db', '--app', 'web', '--environment', 'staging'];
    const session = startInTerminal(program, words, { ...size, folder, below: 'demo', env });
    await session.answer('opened', '\u0003');
    await session.answer('interrupted', '');
    expect(readdirSync(runtime)).toHaveLength(1);
    session.process.kill('SIGHUP');
    await until(() => readdirSync(runtime).length === 0);
    expect(await session.exit).toBe(143);
    expect(leaks(folder, ['mark-er-1'])).toEqual([]);
  });

  test('plain text of an edit that was killed is gone with the next command', async () => {
    const folder = repository('password=mark-er-1\n');
    const runtime = join(folder, 'runtime');
    mkdirSync(runtime);
    writeFileSync(join(folder, 'editor.sh'), `echo opened; sleep 60\n`);
    const env = { XDG_RUNTIME_DIR: runtime, EDITOR: `sh ${join(folder, 'editor.sh')}` };
    const words = ['secrets', 'edit', 'db', '--app', 'web', '--environment', 'staging'];
    const session = startInTerminal(program, words, { ...size, folder, below: 'demo', env });
    await session.answer('opened', '');
    session.process.kill('SIGKILL');
    await session.exit;
    expect(leaks(runtime, ['mark-er-1'])).toHaveLength(1);
    execFileSync(process.execPath, [program.path, 'secrets', 'list'], {
      cwd: join(folder, 'demo'),
      env: { ...personIn(folder), XDG_RUNTIME_DIR: runtime },
    });
    expect(readdirSync(runtime)).toEqual([]);
  });

  test('several lines pasted at a hidden prompt reach neither the file nor the screen', async () => {
    const folder = repository();
    const words = ['secrets', 'create', 'db', '--app', 'web', '--environment', 'staging', '--key', 'password'];
    const session = startInTerminal(program, words, { ...size, folder, below: 'demo' });
    const lines = Array.from({ length: 400 }, (_, at) => `mark-er-${at}-${'x'.repeat(40)}\r`);
    await session.answer('Value of password?', lines.join(''));
    await session.answer('none was taken', 'mark-er-one\r');
    await session.answer('Apply this?', '\r');
    expect(await session.exit).toBe(0);
    expect(session.screen()).not.toContain('mark-er');
  });
});
