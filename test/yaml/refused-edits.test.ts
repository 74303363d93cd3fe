import { describe, expect, it } from 'vitest';
import { ExpectedError } from '../../src/errors.ts';
import { editYaml } from '../../src/yaml/edit-yaml.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';
import type { YamlOperation } from '../../src/yaml/yaml-operation.ts';

const anchors = `base: &base
  cpu: 1
  labels: &labels {team: a}
web:
  <<: *base
  memory: 2
copy: *labels
twice: [*base, *labels]
`;

/** The code and place of the refusal. */
function refusalOf(text: string, operation: YamlOperation): { code: string; line?: number; column?: number } {
  try {
    editYaml(openYaml(text, 'apps/web.yaml'), [operation]);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    expect(error.message).toMatch(/^apps\/web\.yaml:\d+:\d+: ./);
    expect(error.hint).toMatch(/\.$/);
    expect(error.problems[0]).toMatchObject({ severity: 'error', file: 'apps/web.yaml' });
    const [{ line, column } = {}] = error.problems;
    return { code: error.code, ...(line && { line }), ...(column && { column }) };
  }
  throw new Error('was not refused');
}

describe('anchors and merge keys', () => {
  it.each<[string, YamlOperation, string, number, number]>([
    ['a value inside an alias', { op: 'set', path: ['copy', 'team'], value: 'b' }, 'yaml-alias', 7, 7],
    ['a new entry inside an alias', { op: 'set', path: ['copy', 'tier'], value: 'b' }, 'yaml-alias', 7, 7],
    ['an entry of an alias in a list', { op: 'remove', path: ['twice', 0, 'cpu'] }, 'yaml-alias', 8, 9],
    ['a list item behind an alias', { op: 'insert-item', path: ['copy'], value: 1 }, 'yaml-alias', 7, 7],
    ['a key that a merge key brings', { op: 'set', path: ['web', 'cpu'], value: 2 }, 'yaml-merge-key', 5, 3],
    ['removing such a key', { op: 'remove', path: ['web', 'cpu'] }, 'yaml-merge-key', 5, 3],
    ['the merge key itself', { op: 'remove', path: ['web', '<<'] }, 'yaml-merge-key', 5, 3],
    [
      'a map without what it gets by a merge key',
      { op: 'set', path: ['web'], value: { memory: 2 } },
      'yaml-merge-key',
      5,
      3,
    ],
    [
      'taking a name that a merge key brings',
      { op: 'rename', path: ['web', 'memory'], key: 'cpu' },
      'yaml-merge-key',
      5,
      3,
    ],
    ['removing what an alias repeats', { op: 'remove', path: ['base'] }, 'yaml-anchor-in-use', 5, 7],
    ['removing an inner anchor in use', { op: 'remove', path: ['base', 'labels'] }, 'yaml-anchor-in-use', 7, 7],
    [
      'replacing a map that holds an anchor in use',
      { op: 'set', path: ['base'], value: 'x' },
      'yaml-anchor-in-use',
      7,
      7,
    ],
  ])('%s is refused', (_, operation, code, line, column) => {
    expect(refusalOf(anchors, operation)).toEqual({ code, line, column });
  });

  it('are kept when the anchored value changes, and what repeats it follows', () => {
    const edited = editYaml(openYaml(anchors), [
      { op: 'set', path: ['base', 'labels', 'team'], value: 'b' },
      { op: 'set', path: ['web', 'memory'], value: 3 },
      { op: 'set', path: ['web', 'disk'], value: 4 },
    ]);
    expect(edited).toBe(anchors.replace('team: a', 'team: b').replace('memory: 2\n', 'memory: 3\n  disk: 4\n'));
    expect(openYaml(edited).documents[0]?.value()).toMatchObject({
      web: { cpu: 1, labels: { team: 'b' }, memory: 3, disk: 4 },
      copy: { team: 'b' },
    });
  });

  it('let an entry go whose anchor nobody uses any more', () => {
    const removals: YamlOperation[] = ['twice', 'copy', 'web', 'base'].map((key) => ({ op: 'remove', path: [key] }));
    expect(editYaml(openYaml(`${anchors}last: 1\n`), removals)).toBe('last: 1\n');
  });

  it('are not mistaken for others of the same name', () => {
    const text = 'a: &x 1\nb: &x 2\nc: *x\n';
    expect(refusalOf(text, { op: 'remove', path: ['b'] }).code).toBe('yaml-anchor-in-use');
    expect(editYaml(openYaml(text), [{ op: 'remove', path: ['a'] }])).toBe('b: &x 2\nc: *x\n');
  });

  it('leave a map as it is that is set to the value it has with the merged keys', () => {
    const value = { cpu: 1, labels: { team: 'a' }, memory: 2 };
    expect(editYaml(openYaml(anchors), [{ op: 'set', path: ['web'], value }])).toBe(anchors);
  });

  it('with more repetitions than an honest file has are not followed', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]\n`).join('');
    expect(refusalOf(`l0: &l0 x\n${levels}`, { op: 'set', path: [], value: 1 }).code).toBe('yaml-alias');
  });
});

describe('what does not fit', () => {
  const text = 'a: {b: 1}\nl: [x]\nt: !!int 5\ns: !secret x\n? q\n';
  it.each<[string, YamlOperation, string, number, number]>([
    ['a key of a list', { op: 'set', path: ['l', 'x'], value: 1 }, 'yaml-path', 2, 4],
    ['an index of a map', { op: 'set', path: ['a', 0], value: 1 }, 'yaml-path', 1, 4],
    ['an index beyond the end', { op: 'set', path: ['l', 1], value: 1 }, 'yaml-path', 2, 4],
    ['an item that nothing matches', { op: 'set', path: ['l', { name: 'x' }], value: 1 }, 'yaml-path', 2, 4],
    ['a key below a scalar', { op: 'set', path: ['a', 'b', 'c'], value: 1 }, 'yaml-path', 1, 8],
    ['an item of a map', { op: 'ensure-item', path: ['a'], value: 1 }, 'yaml-path', 1, 4],
    ['a map where a list is', { op: 'ensure-map', path: ['l'] }, 'yaml-path', 2, 4],
    ['a name that is taken', { op: 'rename', path: ['a'], key: 'l' }, 'yaml-path', 1, 1],
    ['a name for a key that is not there', { op: 'rename', path: ['z'], key: 'y' }, 'yaml-path', 1, 1],
    ['a value the tag does not allow', { op: 'set', path: ['t'], value: 'x' }, 'yaml-tag', 3, 1],
    ['a number behind a tag of its own', { op: 'set', path: ['s'], value: 5 }, 'yaml-tag', 4, 1],
    ['a value for a key without colon', { op: 'set', path: ['q'], value: 1 }, 'yaml-layout', 5, 1],
  ])('%s is refused', (_, operation, code, line, column) => {
    expect(refusalOf(text, operation)).toEqual({ code, line, column });
  });
});

describe('YAML that cannot be read without doubt', () => {
  it.each([
    ['a key that is there twice', 'a: 1\nb:\n  c: 1\n  "c": 2\n', 4, 3],
    ['a tab that indents', 'a:\n\tb: 1\n', 2, 1],
    ['a quote that is not closed', 'a: "b\n', 2, 1],
    ['an alias without anchor', 'a: *b\n', 1, 4],
    ['a value that contains itself', 'a: &a\n  - *a\n', 2, 5],
    ['a conflict of git', '<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n', 1, 1],
    ['an indentation that fits nothing', 'a:\n    b: 1\n  c: 2\n', 3, 1],
  ])('%s is refused, with its place', (_, text, line, column) => {
    expect(refusalOf(text, { op: 'set', path: ['x'], value: 1 })).toEqual({ code: 'yaml-syntax', line, column });
  });

  it('counts lines from the beginning of the file, whatever the document', () => {
    const text = '\uFEFF# one\r\na: 1\r\n---\r\nb: {\r\n';
    expect(refusalOf(text, { op: 'set', document: 1, path: ['b'], value: 1 })).toMatchObject({ line: 5 });
    expect(openYaml(text, 'f').documents.map((document) => document.problems().length > 0)).toEqual([false, true]);
  });

  it('does not stand in the way of a document that is in order', () => {
    const text = 'a: 1\n---\nb: {\n';
    expect(editYaml(openYaml(text), [{ op: 'set', path: ['a'], value: 2 }])).toBe('a: 2\n---\nb: {\n');
  });
});
