import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withPrivateFile } from '../../src/secrets/private-file.ts';
import { Secret } from '../../src/secrets/secret.ts';

let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'private-'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const text = { name: 'db.yaml', text: new Secret('hunter2') };
const placeIn = (folder: string, controller = new AbortController()) => ({
  env: { XDG_RUNTIME_DIR: folder },
  signal: controller.signal,
});

describe('a private file', () => {
  test.skipIf(process.platform === 'win32')('only its owner can read, in a folder only they can enter', async () => {
    const mode = (path: string) => lstatSync(path).mode & 0o777;
    const before = process.umask(0);
    try {
      await withPrivateFile(placeIn(base), text, async ({ path }) => {
        expect(dirname(dirname(path))).toBe(base);
        expect(readFileSync(path, 'utf8')).toBe('hunter2');
        expect([mode(path), mode(dirname(path))]).toEqual([0o600, 0o700]);
      });
    } finally {
      process.umask(before);
    }
  });

  test('is gone afterwards, with all that an editor left beside it', async () => {
    const folder = await withPrivateFile(placeIn(base), text, async ({ path }) => {
      mkdirSync(join(dirname(path), 'undo'));
      writeFileSync(join(dirname(path), 'undo', '.db.yaml.swp'), 'hunter2');
      return dirname(path);
    });
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(base)).toEqual([]);
  });

  test('is gone after a failure', async () => {
    const work = withPrivateFile(placeIn(base), text, async () => {
      throw new Error('crash');
    });
    await expect(work).rejects.toThrow('crash');
    expect(readdirSync(base)).toEqual([]);
  });

  test('is gone at once when the person stops, while the editor is still open', async () => {
    const controller = new AbortController();
    await withPrivateFile(placeIn(base, controller), text, async ({ path }) => {
      controller.abort(new Error('stopped'));
      expect(existsSync(path)).toBe(false);
    });
    expect(readdirSync(base)).toEqual([]);
  });

  test('is elsewhere when the runtime folder cannot be written', async () => {
    await withPrivateFile(placeIn(join(base, 'missing')), text, async ({ path }) => {
      expect(path.startsWith(base)).toBe(false);
      expect(existsSync(path)).toBe(true);
    });
  });
});
