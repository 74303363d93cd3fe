import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { editYaml } from '../../src/yaml/edit-yaml.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';

describe('a file of several documents', () => {
  it('knows which Kubernetes objects they are', () => {
    const text = [
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: apps}\n',
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: apps\n',
      'just: values\n',
      'apiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n',
      '',
    ].join('---\n');
    expect(openYaml(text).documents.map((document) => document.identity())).toEqual([
      { group: 'apps', kind: 'Deployment', namespace: 'apps', name: 'web' },
      { group: '', kind: 'Namespace', namespace: '', name: 'apps' },
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    'a: 1\n---\nb: 2\n',
    '---\n---\n---\n',
    '--- a\n--- b\n',
    'a\n...\nb\n...\n# end\n',
    '%YAML 1.2\n---\na\n...\n%YAML 1.2\n--- b\n',
    '--- |\n  ---\n  ...\n---\tx\n',
    'a: ---\nb: "...\n  ---"\n',
    '---not a marker\n',
    '# one\n---\n# two\n',
    '',
  ])('has the documents the parser sees: %j', (text) => {
    const parsed = [...parseAllDocuments(text)].map((document) => document.toJS() as unknown);
    expect(openYaml(text).documents.map((document) => document.value())).toEqual(parsed.length > 0 ? parsed : [null]);
    expect(
      openYaml(text)
        .documents.map((document) => document.text)
        .join(''),
    ).toBe(text);
  });
});

describe('a large file', () => {
  const item = (index: number) =>
    `  - name: item-${index}\n    # comment ${index}\n    image: "ghcr.io/x/y:${index}"\n    values: {a: 1, b: two}\n`;
  const text = `items:\n${Array.from({ length: 14_000 }, (_, index) => item(index)).join('')}`;

  it('of 1 MB is edited in one place', () => {
    expect(text.length).toBeGreaterThan(1_000_000);
    const edited = editYaml(openYaml(text), [
      { op: 'set', path: ['items', { name: 'item-7000' }, 'image'], value: 'new' },
    ]);
    expect(edited).toBe(text.replace('"ghcr.io/x/y:7000"', '"new"'));
  });

  it('takes a thousand edits of one list at once', () => {
    const file = openYaml(text);
    const operations = Array.from({ length: 1000 }, (_, index) => ({
      op: 'insert-item' as const,
      path: ['items'],
      value: { name: `new-${index}` },
    }));
    const edited = editYaml(file, operations);
    expect(edited.startsWith(text)).toBe(true);
    expect(edited.endsWith('  - name: new-999\n')).toBe(true);
  });
});
