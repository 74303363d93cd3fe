import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withPrivateFile } from '../../src/secrets/private-file.ts';
import { sweepPrivateFolders } from '../../src/secrets/private-folder.ts';
import { Secret } from '../../src/secrets/secret.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'private-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const sweep = () => sweepPrivateFolders({ XDG_RUNTIME_DIR: base });

/** A process that ended, by its number. */
async function endedProcess(): Promise<number> {
  const child = spawn('true');
  await once(child, 'close');
  return child.pid ?? 0;
}

const machine = hostname().replace(/[^A-Za-z0-9.]/g, '-');
const nameFor = (pid: number, host = machine, started = Date.now()) =>
  `create-flux-repo-${pid}-${started}-${host}-a1B2c3`;

function folderOf(name: string): string {
  mkdirSync(join(base, name), { mode: 0o700 });
  writeFileSync(join(base, name, 'db.yaml'), 'hunter2');
  return join(base, name);
}

describe.skipIf(process.platform === 'win32')('plain text of a killed edit', () => {
  test('is gone with the next command, which follows no link in it', async () => {
    const left = folderOf(nameFor(await endedProcess()));
    writeFileSync(join(base, 'elsewhere'), 'keep');
    symlinkSync(join(base, 'elsewhere'), join(left, 'link'));
    sweep();
    expect(readdirSync(base)).toEqual(['elsewhere']);
  });

  test('stays while its process runs, this one or another', async () => {
    const child = spawn('sleep', ['60']);
    const other = folderOf(nameFor(child.pid ?? 0));
    try {
      const signal = new AbortController().signal;
      const place = { env: { XDG_RUNTIME_DIR: base }, signal };
      await withPrivateFile(place, { name: 'db.yaml', text: new Secret('x') }, async ({ path }) => {
        sweep();
        expect([existsSync(path), existsSync(other)]).toEqual([true, true]);
      });
    } finally {
      child.kill();
    }
  });

  test('that had our number before goes too', () => {
    const left = folderOf(nameFor(process.pid, machine, Date.now() - 86_400_000));
    sweep();
    expect(existsSync(left)).toBe(false);
  });

  test('of another machine, of another name, or behind a link is not touched', async () => {
    const gone = await endedProcess();
    const names = [nameFor(gone, 'elsewhere.example'), 'create-flux-repo-a1B2c3', `x${nameFor(gone)}`];
    names.map(folderOf);
    mkdirSync(join(base, 'target'));
    const link = nameFor(gone);
    symlinkSync(join(base, 'target'), join(base, link));
    sweep();
    expect(readdirSync(base).sort()).toEqual([...names, 'target', link].sort());
  });
});
