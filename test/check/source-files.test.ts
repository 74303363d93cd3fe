import { describe, expect, test } from 'vitest';
import { sourceFiles } from '../../src/check/source-files.ts';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import type { Tree } from '../../src/tree/tree.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';
import { completeModel } from '../support/complete-model.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const emptyTree: Tree = { kindOf: () => undefined, read: () => undefined, list: () => [] };

function read(files: Readonly<Record<string, string>>) {
  const contents = new Map(Object.entries(files));
  return sourceFiles(overlayTree(emptyTree, contents), [...contents.keys()]);
}

function faultsIn(text: string): string[] {
  const faults = read({ 'a.yaml': text }).get('a.yaml')?.faults ?? [];
  return faults.map(({ kind, line, column }) => `${kind} ${line}:${column}`);
}

describe('A file is read', () => {
  test.each([
    ['a key that is there twice', 'a: 1\nb:\n  c: 1\n  c: 2\n', ['duplicate-key 4:3']],
    ['two keys that are there twice', 'a: 1\na: 1\nb: 1\nb: 1\n', ['duplicate-key 2:1', 'duplicate-key 4:1']],
    ['a tab', 'a:\n\tb: 1\n', ['tab 2:1']],
    ['a conflict', 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\n', ['conflict-marker 2:1']],
    ['an open bracket', 'a: [1, 2\nb: 3\n', ['syntax 2:1']],
    ['an alias without anchor', 'a: *b\n', ['syntax 1:4']],
    ['a fault in the second document', 'a: 1\n---\nb: 1\nb: 2\n', ['duplicate-key 4:1']],
    ['a control character', 'a: "\u0001"\n', ['syntax 1:1']],
    ['no fault', 'a: 1\n', []],
    ['nothing', '', []],
    ['markers in a text', 'a: |\n  <<<<<<< HEAD\n', []],
  ])('with %s', (_, text, faults) => {
    expect(faultsIn(text)).toEqual(faults);
  });

  test('as far as it goes: one bad document does not hide the others', () => {
    const [first, second] = read({ 'a.yaml': 'a: 1\n---\nb: [\n---\nc: 3\n' }).get('a.yaml')?.documents ?? [];

    expect(first?.value).toEqual({ a: 1 });
    expect(second).toMatchObject({ value: { c: 3 }, index: 2, line: 5 });
    expect(second?.placeOf(['c'])).toEqual({ file: 'a.yaml', line: 5, column: 1 });
  });

  test('without those that only look like manifests', () => {
    const files = read({
      'charts/web/Chart.yaml': 'name: web\n',
      'charts/web/templates/all.yaml': '{{ if .Values.x }}\n',
      'templates/plain.yaml': 'a: 1\n',
      'node_modules/x/a.yaml': 'a: 1\n',
      '.flux-repo/base/a.yaml': 'a: 1\n',
      'package.json': '{"a": 1,}',
      'README.md': 'a',
    });

    expect([...files.keys()]).toEqual(['charts/web/Chart.yaml', 'templates/plain.yaml', 'package.json']);
    expect(files.get('package.json')).toMatchObject({ documents: [], faults: [] });
  });

  test('with the values that the parser with positions finds', () => {
    const tree = repositoryTree(completeModel({ apps: { web: { image: 'nginx:1.27' } } }));
    const files = read(Object.fromEntries(tree));
    expect(files.size).toBeGreaterThan(40);
    for (const { path, text, documents } of files.values()) {
      if (path.endsWith('.json')) continue;
      const positioned = openYaml(text, path).documents.map((document) => document.value());
      expect({ path, values: documents.map(({ value }) => value) }).toEqual({ path, values: positioned });
    }
  });
});

describe('A hostile file ends in a clear fault, soon', () => {
  const laughs = Array.from({ length: 12 }, (_, level) => {
    const before = level === 0 ? '"ha"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array(10).fill(before).join(', ')}]`;
  });

  test.each([
    ['a billion laughs', laughs.join('\n'), 'syntax'],
    ['nesting 10,000 deep', '['.repeat(10_000), 'nested'],
    ['nesting 10,000 deep that closes', `a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'nested'],
    ['blocks 5,000 deep', Array.from({ length: 5000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), 'syntax'],
    ['a value that contains itself', 'a: &a [*a]\n', 'syntax'],
  ])('%s', { timeout: 20_000 }, (_, text, kind) => {
    const file = read({ 'a.yaml': text }).get('a.yaml');
    const kinds = new Set(file?.faults.map(({ kind }) => kind));

    expect([...kinds]).toEqual([kind]);
  });

  test('bytes that are no text', () => {
    const tree: Tree = { ...emptyTree, kindOf: () => 'file', read: () => new Uint8Array([0xff, 0x00]) };
    const file = sourceFiles(tree, ['a.yaml']).get('a.yaml');

    expect(file).toMatchObject({ documents: [], faults: [{ kind: 'unreadable', message: 'it is no UTF-8 text' }] });
  });
});
