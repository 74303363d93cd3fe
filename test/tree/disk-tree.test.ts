import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { walkFiles } from '../../src/tree/walk-files.ts';

let base: string;
let root: string;
let tree: Tree;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'disk-tree-'));
  root = join(base, 'repository');
  mkdirSync(join(root, 'apps/web'), { recursive: true });
  writeFileSync(join(base, 'outside.txt'), 'not yours\n');
  writeFileSync(join(root, 'apps/web/deployment.yaml'), 'kind: Deployment\n');
  tree = diskTree(root);
});

afterEach(() => rmSync(base, { recursive: true }));

const reasonFor = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof ExpectedError) return error.why.join();
    throw error;
  }
  return 'nothing was refused';
};

describe('a view of a folder', () => {
  it('reads text, and the bytes of a file that is not UTF-8', () => {
    writeFileSync(join(root, 'logo.png'), Buffer.from([0x89, 0x50, 0xff, 0xfe]));
    expect(tree.read('apps/web/deployment.yaml')).toBe('kind: Deployment\n');
    expect(tree.read('logo.png')).toEqual(Buffer.from([0x89, 0x50, 0xff, 0xfe]));
  });

  it('keeps a byte order mark', () => {
    writeFileSync(join(root, 'a.yaml'), '\uFEFFa: 1\r\n');
    expect(tree.read('a.yaml')).toBe('\uFEFFa: 1\r\n');
  });

  it('finds nothing where nothing is, also below a file', () => {
    for (const path of ['missing', 'missing/a.yaml', 'apps/web/deployment.yaml/below']) {
      expect(tree.read(path)).toBeUndefined();
      expect(tree.kindOf(path)).toBeUndefined();
      expect(tree.list(path)).toEqual([]);
    }
  });

  it('may be of a folder that does not exist yet', () => {
    const empty = diskTree(join(base, 'later'));
    expect(empty.read('a.yaml')).toBeUndefined();
    expect(empty.list('')).toEqual([]);
  });

  it('follows a link that stays inside', () => {
    symlinkSync('apps/web', join(root, 'web'));
    symlinkSync('web/deployment.yaml', join(root, 'deployment.yaml'));
    expect(tree.kindOf('deployment.yaml')).toBe('link');
    expect(tree.read('deployment.yaml')).toBe('kind: Deployment\n');
    expect(tree.read('web/deployment.yaml')).toBe('kind: Deployment\n');
  });

  it('refuses a link that leaves, whether file or folder, and treats a broken one as absent', () => {
    symlinkSync('../outside.txt', join(root, 'leak.txt'));
    symlinkSync(base, join(root, 'up'));
    symlinkSync('nowhere', join(root, 'broken'));
    symlinkSync('circle', join(root, 'circle'));
    expect(reasonFor(() => tree.read('leak.txt'))).toContain('leaves the repository');
    expect(reasonFor(() => tree.read('up/outside.txt'))).toContain('leaves the repository');
    expect(reasonFor(() => tree.list('up'))).toContain('leaves the repository');
    expect(tree.read('broken')).toBeUndefined();
    expect(tree.read('circle')).toBeUndefined();
  });

  it('refuses a folder and a file too large to be ours instead of reading them', () => {
    writeFileSync(join(root, 'dump.bin'), '');
    truncateSync(join(root, 'dump.bin'), 5 * 1024 ** 3);
    expect(reasonFor(() => tree.read('apps'))).toContain('it is a folder');
    expect(reasonFor(() => tree.read('dump.bin'))).toContain('larger than 16 MiB');
  });

  it.skipIf(process.getuid?.() === 0)('explains a file it may not read (root may read every file)', () => {
    chmodSync(join(root, 'apps/web/deployment.yaml'), 0);
    expect(reasonFor(() => tree.read('apps/web/deployment.yaml'))).toContain('permission denied');
  });

  it('lists names in one order everywhere, and walks all files but git and links', () => {
    for (const name of ['b', 'a', 'B', '_', 'a.b']) writeFileSync(join(root, name), '');
    mkdirSync(join(root, '.git'));
    writeFileSync(join(root, '.git/HEAD'), '');
    symlinkSync('apps', join(root, 'also'));
    expect(tree.list('').map((node) => node.name)).toEqual(['.git', 'B', '_', 'a', 'a.b', 'also', 'apps', 'b']);
    expect([...walkFiles(tree, '')]).toEqual(['B', '_', 'a', 'a.b', 'apps/web/deployment.yaml', 'b']);
    expect([...walkFiles(tree, '', (folder) => folder !== 'apps')]).not.toContain('apps/web/deployment.yaml');
  });
});
