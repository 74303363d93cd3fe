import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildKustomization } from '../../src/kustomize/build-kustomization.ts';
import { diskTree } from '../../src/tree/disk-tree.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flux-repo-hostile-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), contents);
}

/** Rules of the problems; slower than twenty seconds fails, on a busy machine too. */
function rulesOf(folder = ''): string[] {
  const start = performance.now();
  const { problems } = buildKustomization(diskTree(root), folder);
  expect(performance.now() - start).toBeLessThan(20_000);
  return [...new Set(problems.map(({ rule }) => rule))];
}

describe('a hostile tree ends in a clear problem, soon', () => {
  test('links that lead in a circle', () => {
    write('kustomization.yaml', 'resources: [again]\n');
    symlinkSync('.', join(root, 'again'));
    expect(rulesOf()).toEqual(['kustomize/cycle']);
  });

  test('a link that leads nowhere, and one that leads out', () => {
    write('kustomization.yaml', 'resources: [nowhere.yaml, out.yaml]\n');
    symlinkSync('nothing', join(root, 'nowhere.yaml'));
    symlinkSync('/etc/hostname', join(root, 'out.yaml'));
    expect(rulesOf().sort()).toEqual(['kustomize/missing-file', 'kustomize/unreadable']);
  });

  test('a file that is no text', () => {
    write('kustomization.yaml', 'resources: [a.yaml]\n');
    write('a.yaml', Uint8Array.from([0xff, 0xfe, 0, 1]));
    expect(rulesOf()).toEqual(['kustomize/unreadable']);
  });

  test('a file of 100 MB', () => {
    write('kustomization.yaml', 'resources: [a.yaml]\n');
    write('a.yaml', 'a: b\n');
    truncateSync(join(root, 'a.yaml'), 100 * 1024 * 1024);
    expect(rulesOf()).toEqual(['kustomize/unreadable']);
  });

  test('a kustomization of aliases upon aliases', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    write('kustomization.yaml', ['l0: &l0 lol', ...levels, ''].join('\n'));
    expect(rulesOf()).toEqual(['kustomize/yaml']);
  });

  test('bases that double at every step', () => {
    for (let level = 0; level < 40; level++) {
      const below = level === 0 ? ['../object.yaml'] : [`../l${level - 1}`, `../r${level - 1}`];
      for (const side of ['l', 'r'])
        write(`${side}${level}/kustomization.yaml`, `namePrefix: ${side}-\nresources: ${JSON.stringify(below)}\n`);
    }
    write('object.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n');
    expect(rulesOf('l39')).toContain('kustomize/too-large');
  });

  test('names that belong to JavaScript', () => {
    write('kustomization.yaml', 'resources: [a.yaml]\ncommonLabels: {__proto__: a, constructor: b}\n');
    write('a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {__proto__: x, toString: z}\n');
    const { objects, problems } = buildKustomization(diskTree(root), '');
    expect(problems).toEqual([]);
    expect(JSON.stringify(objects[0]?.value)).toContain('"data":{"__proto__":"x","toString":"z"}');
  });
});
