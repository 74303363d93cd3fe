import { describe, expect, it } from 'vitest';
import { editYaml } from '../../src/yaml/edit-yaml.ts';
import { openYaml } from '../../src/yaml/yaml-file.ts';
import type { YamlOperation } from '../../src/yaml/yaml-operation.ts';

/** Before and after; `·` ends a line whose trailing spaces matter. */
interface Example {
  title: string;
  given: string;
  edit: YamlOperation | YamlOperation[];
  expected: string;
}

const edit = (text: string, operations: YamlOperation | YamlOperation[]) =>
  editYaml(openYaml(text), Array.isArray(operations) ? operations : [operations]);

function examples(list: readonly Example[]): void {
  it.each(list)('$title', ({ given, edit: operations, expected }) => {
    expect(edit(given, operations)).toBe(expected);
    expect(edit(given.replaceAll('\n', '\r\n'), operations)).toBe(expected.replaceAll('\n', '\r\n'));
  });
}

describe('setting a scalar', () => {
  examples([
    {
      title: 'keeps the comment behind it',
      given: 'replicas: 1  # for now\n',
      edit: { op: 'set', path: ['replicas'], value: 3 },
      expected: 'replicas: 3  # for now\n',
    },
    {
      title: 'keeps the quotes it had',
      given: `a: 'it''s'\nb: "two"\nc: three\n`,
      edit: [
        { op: 'set', path: ['a'], value: "that's" },
        { op: 'set', path: ['b'], value: 'zwei' },
        { op: 'set', path: ['c'], value: 'drei' },
      ],
      expected: `a: 'that''s'\nb: "zwei"\nc: drei\n`,
    },
    {
      title: 'quotes only what would be read as something else',
      given: 'a: x\nb: x\nc: "1"\n',
      edit: [
        { op: 'set', path: ['a'], value: 'true' },
        { op: 'set', path: ['b'], value: 'on' },
        { op: 'set', path: ['c'], value: 1 },
      ],
      expected: 'a: "true"\nb: "on"\nc: 1\n',
    },
    {
      title: 'changes nothing when the value is the same, however it is written',
      given: 'a: 0x10\nb: {x: 1,   v: [2]}\nc: >\n  folded\n  text\n',
      edit: [
        { op: 'set', path: ['a'], value: 16 },
        { op: 'set', path: ['b'], value: { v: [2], x: 1 } },
        { op: 'set', path: ['c'], value: 'folded text\n' },
      ],
      expected: 'a: 0x10\nb: {x: 1,   v: [2]}\nc: >\n  folded\n  text\n',
    },
    {
      title: 'fills a key that has no value',
      given: 'a:\nb:   # nothing yet\nc: ~\n',
      edit: [
        { op: 'set', path: ['a'], value: 1 },
        { op: 'set', path: ['b'], value: 'x' },
        { op: 'set', path: ['c'], value: 'w' },
      ],
      expected: 'a: 1\nb: x   # nothing yet\nc: w\n',
    },
    {
      title: 'keeps the anchor and the tag',
      given: 'a: &x !!str 1\nb: *x\n',
      edit: { op: 'set', path: ['a'], value: '2' },
      expected: 'a: &x !!str "2"\nb: *x\n',
    },
    {
      title: 'replaces an alias by a value',
      given: 'a: &x 1\nb: *x  # same\n',
      edit: { op: 'set', path: ['b'], value: 2 },
      expected: 'a: &x 1\nb: 2  # same\n',
    },
    {
      title: 'keeps a literal block, its indentation and the lines around it',
      given: 'script: |  # runs first\n    one\n    two\n\n# after\nnext: 1\n',
      edit: { op: 'set', path: ['script'], value: 'uno\n\n  dos\n' },
      expected: 'script: |  # runs first\n    uno\n\n      dos\n\n# after\nnext: 1\n',
    },
    {
      title: 'replaces all of a block that ends with a line of spaces',
      given: 'a: |\n  x\n     \n\nb: 1\n',
      edit: { op: 'set', path: ['a'], value: 'w\n' },
      expected: 'a: |\n  w\n\nb: 1\n',
    },
    {
      title: 'changes the chomping of a block with the text',
      given: 'a: |\n  x\nb: |-\n  x\nc: |+\n  x\n\nd: 1\n',
      edit: [
        { op: 'set', path: ['a'], value: 'w' },
        { op: 'set', path: ['b'], value: 'w\n' },
        { op: 'set', path: ['c'], value: 'w\n\n\n' },
      ],
      expected: 'a: |-\n  w\nb: |\n  w\nc: |+\n  w\n\n\nd: 1\n',
    },
    {
      title: 'folds text that was folded',
      given: 'a: >-\n  one\n  two\nb: 1\n',
      edit: { op: 'set', path: ['a'], value: 'first paragraph\nsecond one\n\n  indented\nthird' },
      expected: 'a: >-\n  first paragraph\n\n  second one\n\n\n    indented\n  third\nb: 1\n'.replace(
        '\n\n\n    ind',
        '\n\n    ind',
      ),
    },
    {
      title: 'writes several lines as a block, below the comment',
      given: 'a: x # why\nb: 1\n',
      edit: { op: 'set', path: ['a'], value: 'one\ntwo\n' },
      expected: 'a: | # why\n  one\n  two\nb: 1\n',
    },
    {
      title: 'writes one line where a block was',
      given: 'a: | # why\n  one\n  two\n\nb: 1\n',
      edit: { op: 'set', path: ['a'], value: 5 },
      expected: 'a: 5 # why\n\nb: 1\n',
    },
    {
      title: 'replaces quoted text that goes over lines',
      given: 'a: "one\n  two"  # c\nb: plain\n  text\n',
      edit: [
        { op: 'set', path: ['a'], value: 'x' },
        { op: 'set', path: ['b'], value: 'w' },
      ],
      expected: 'a: "x"  # c\nb: w\n',
    },
    {
      title: 'finds list items by what identifies them',
      given: 'containers:\n  - name: app\n    image: app:1\n  - image: side:1\n    name: side\n',
      edit: { op: 'set', path: ['containers', { name: 'side' }, 'image'], value: 'side:2' },
      expected: 'containers:\n  - name: app\n    image: app:1\n  - image: side:2\n    name: side\n',
    },
    {
      title: 'works between brackets',
      given: 'a: {x: 1, "v": [one, "two"], z}\n',
      edit: [
        { op: 'set', path: ['a', 'x'], value: 'a, b' },
        { op: 'set', path: ['a', 'v', 0], value: null },
        { op: 'set', path: ['a', 'v', 1], value: 'zwei' },
        { op: 'set', path: ['a', 'z'], value: true },
      ],
      expected: 'a: {x: "a, b", "v": [null, "zwei"], z: true}\n',
    },
    {
      title: 'gives braces to a pair between brackets',
      given: 'a: [k: 1, x]\n',
      edit: { op: 'set', path: ['a', 0, 'm'], value: 2 },
      expected: 'a: [{k: 1, m: 2}, x]\n',
    },
    {
      title: 'keeps a byte order mark and a missing last newline',
      given: '\uFEFFa: 1',
      edit: { op: 'set', path: ['a'], value: 2 },
      expected: '\uFEFFa: 2',
    },
  ]);
});

describe('setting a map or a list', () => {
  examples([
    {
      title: 'changes only the keys that differ',
      given: 'spec:\n  # how often\n  interval: 1h # hourly\n  old: 1\n  keep: {a: 1}\n',
      edit: { op: 'set', path: ['spec'], value: { interval: '10m', timeout: '5m', keep: { a: 1 } } },
      expected: 'spec:\n  # how often\n  interval: 10m # hourly\n  timeout: 5m\n  keep: {a: 1}\n',
    },
    {
      title: 'changes a list item by item and keeps the comments of those that stay',
      given: 'l:\n  # one\n  - a\n  # two\n  - b\n  # three\n  - c\n',
      edit: { op: 'set', path: ['l'], value: ['b', 'x', 'c'] },
      expected: 'l:\n  # two\n  - b\n  - x\n  # three\n  - c\n',
    },
    {
      title: 'takes list items of another name for others, so that comments do not end up with the wrong one',
      given: 'l:\n  # about a\n  - name: a\n  # about b\n  - name: b\n    v: 1 # one\n',
      edit: { op: 'set', path: ['l'], value: [{ name: 'c' }, { name: 'b', v: 2 }, { name: 'd' }] },
      expected: 'l:\n  - name: c\n  # about b\n  - name: b\n    v: 2 # one\n  - name: d\n',
    },
    {
      title: 'takes the place of a scalar, below its comment',
      given: 'a: 1 # one\nb: 2\nc: 3\n',
      edit: [
        { op: 'set', path: ['a'], value: { x: 1, v: ['z'] } },
        { op: 'set', path: ['c'], value: ['z'] },
      ],
      expected: 'a: # one\n  x: 1\n  v:\n    - z\nb: 2\nc:\n  - z\n',
    },
    {
      title: 'takes the place of a scalar on a line of its own',
      given: 'a: # one\n  text # two\nb:\n  # three\n  text\nc: 1\n',
      edit: [
        { op: 'set', path: ['a'], value: { x: 1 } },
        { op: 'set', path: ['b'], value: { x: 1 } },
      ],
      expected: 'a: # one\n  # two\n  x: 1\nb:\n  # three\n  x: 1\nc: 1\n',
    },
    {
      title: 'gives way to a scalar',
      given: 'a: # why\n  # inner\n  x: 1 # x\n  v: 2\nb:\n- 1\nc: 3\n',
      edit: [
        { op: 'set', path: ['a'], value: 5 },
        { op: 'set', path: ['b'], value: 'text' },
      ],
      expected: 'a: 5 # why\nb: text\nc: 3\n',
    },
    {
      title: 'takes the place of another kind',
      given: 'a:\n  x: 1\nb:\n  - 1\n  - 2\n',
      edit: [
        { op: 'set', path: ['a'], value: ['x'] },
        { op: 'set', path: ['b'], value: { v: 1 } },
      ],
      expected: 'a:\n  - x\nb:\n  v: 1\n',
    },
    {
      title: 'begins behind the dash in a list',
      given: '- 1\n- two # c\n-\n- x: 1\n  v: 2\n- - a\n',
      edit: [
        { op: 'set', path: [0], value: { a: 1, b: { c: 2 } } },
        { op: 'set', path: [1], value: { a: 1 } },
        { op: 'set', path: [2], value: ['a', 'b'] },
        { op: 'set', path: [3], value: ['p', 'q'] },
        { op: 'set', path: [4], value: 'a' },
      ],
      expected: '- a: 1\n  b:\n    c: 2\n- # c\n  a: 1\n- - a\n  - b\n- - p\n  - q\n- a\n',
    },
    {
      title: 'grows out of {} and [] as a block in the style of the file',
      given: 'a:\n    b:\n    - 1\nc: {}  # none yet\nd: []\ne: {f: {}, g: [ ]}\n',
      edit: [
        { op: 'set', path: ['c', 'x'], value: { v: 1 } },
        { op: 'insert-item', path: ['d'], value: 'z' },
        { op: 'set', path: ['e', 'f', 'x'], value: 1 },
        { op: 'insert-item', path: ['e', 'g'], value: 1 },
      ],
      expected: 'a:\n    b:\n    - 1\nc:  # none yet\n    x:\n        v: 1\nd:\n- z\ne: {f: {x: 1}, g: [1]}\n',
    },
    {
      title: 'becomes {} or [] when it is to be empty',
      given: 'a:\n  x: 1\nb:\n  - 1\nc: {x: 1}\nd: [ 1, 2 ] # c\n',
      edit: [
        { op: 'set', path: ['a'], value: {} },
        { op: 'set', path: ['b'], value: [] },
        { op: 'set', path: ['c'], value: {} },
        { op: 'set', path: ['d'], value: [] },
      ],
      expected: 'a: {}\nb: []\nc: {}\nd: [] # c\n',
    },
    {
      title: 'makes the maps on the way',
      given: 'metadata:\n  name: x\nspec:\n',
      edit: [
        { op: 'set', path: ['metadata', 'annotations', 'a/b'], value: 'c' },
        { op: 'set', path: ['spec', 'values', 'on'], value: true },
      ],
      expected: 'metadata:\n  name: x\n  annotations:\n    a/b: c\nspec:\n  values:\n    "on": true\n',
    },
    {
      title: 'replaces a whole document key by key',
      given: '# header\n---\n# about\na: 1 # one\nb: 2\n...\n',
      edit: { op: 'set', path: [], value: { a: 2, c: 3 } },
      expected: '# header\n---\n# about\na: 2 # one\nc: 3\n...\n',
    },
    {
      title: 'fills an empty document',
      given: '# only a comment\n---\n...\n',
      edit: { op: 'set', path: ['a', 'b'], value: 1 },
      expected: '# only a comment\n---\na:\n  b: 1\n...\n',
    },
  ]);
});

describe('inserting', () => {
  examples([
    {
      title: 'puts an entry at the end, before the blank line and the comments that follow',
      given: 'a:\n  x: 1\n  # about nothing below\n\n# about b\nb: 2\n',
      edit: { op: 'set', path: ['a', 'v'], value: 2 },
      expected: 'a:\n  x: 1\n  v: 2\n  # about nothing below\n\n# about b\nb: 2\n',
    },
    {
      title: 'puts entries before, after and among sorted siblings',
      given: 'apps:\n  # first\n  alpha: {}\n  # second\n  gamma: {}\n',
      edit: [
        { op: 'set', path: ['apps', 'beta'], value: { image: 'b' }, at: 'sorted' },
        { op: 'set', path: ['apps', 'zeta'], value: 1, at: 'sorted' },
        { op: 'set', path: ['apps', 'one'], value: 1, at: { before: 'alpha' } },
        { op: 'set', path: ['apps', 'two'], value: 2, at: { after: 'alpha' } },
      ],
      expected:
        'apps:\n  one: 1\n  # first\n  alpha: {}\n  two: 2\n  beta:\n    image: b\n  # second\n  gamma: {}\n  zeta: 1\n',
    },
    {
      title: 'puts the first entry of a document below its head',
      given: '# head\na: 1\n',
      edit: { op: 'set', path: ['b'], value: 2, at: 'start' },
      expected: '# head\nb: 2\na: 1\n',
    },
    {
      title: 'leaves a comment alone that is indented deeper than what follows it',
      given: 'a:\n    # deep\n  x: 1\n',
      edit: { op: 'set', path: ['a', 'w'], value: 'one\ntwo\n', at: 'start' },
      expected: 'a:\n    # deep\n  w: |\n    one\n    two\n  x: 1\n',
    },
    {
      title: 'keeps the dash of a list item in front',
      given: '- a: 1 # one\n  b: 2\n',
      edit: { op: 'set', path: [0, 'z'], value: { v: 1 }, at: 'start' },
      expected: '- z:\n    v: 1\n  a: 1 # one\n  b: 2\n',
    },
    {
      title: 'follows lists that are not indented, and lists that are',
      given: 'a:\n- 1\nb:\n    - 1\n    -   x: 1\n        v: 2\n',
      edit: [
        { op: 'insert-item', path: ['a'], value: { k: 1, l: [2] } },
        { op: 'insert-item', path: ['b'], value: 'x', at: 'start' },
        { op: 'set', path: ['b', { x: 1 }, 'z'], value: 3 },
      ],
      expected: 'a:\n- 1\n- k: 1\n  l:\n  - 2\nb:\n    - x\n    - 1\n    -   x: 1\n        v: 2\n        z: 3\n',
    },
    {
      title: 'sets entries off by empty lines where the others are',
      given: 'jobs:\n  a: 1\n\n  # two\n  b: 2\n\nlast: 1\n',
      edit: { op: 'set', path: ['jobs', 'c'], value: 3 },
      expected: 'jobs:\n  a: 1\n\n  # two\n  b: 2\n\n  c: 3\n\nlast: 1\n',
    },
    {
      title: 'leaves text of a block and comments inside alone',
      given: 'a: |\n  text\n  # no comment\n\nb: |+\n  kept\n\nc:\n    d: 1\n    # inside c\ne: 1\n',
      edit: [
        { op: 'set', path: ['a2'], value: 1, at: { after: 'a' } },
        { op: 'set', path: ['b2'], value: 1, at: { after: 'b' } },
        { op: 'set', path: ['c2'], value: 1, at: { after: 'c' } },
      ],
      expected:
        'a: |\n  text\n  # no comment\na2: 1\n\nb: |+\n  kept\n\nb2: 1\nc:\n    d: 1\n    # inside c\nc2: 1\ne: 1\n',
    },
    {
      title: 'goes on when the last newline is missing',
      given: 'a:\n  - 1',
      edit: [
        { op: 'insert-item', path: ['a'], value: 2 },
        { op: 'set', path: ['b'], value: 3 },
      ],
      expected: 'a:\n  - 1\n  - 2\nb: 3',
    },
    {
      title: 'keeps brackets, commas and lines between brackets',
      given: 'a: [one, two]\nb: { x: 1 }\nc: [\n  one,\n  two # last\n]\nd: {\n  # first\n  x: 1,\n}\n',
      edit: [
        { op: 'insert-item', path: ['a'], value: 'three' },
        { op: 'insert-item', path: ['a'], value: 'zero', at: 'start' },
        { op: 'set', path: ['b', 'v'], value: { z: ['a, b'] } },
        { op: 'insert-item', path: ['c'], value: 'three' },
        { op: 'set', path: ['d', 'v'], value: 2 },
        { op: 'set', path: ['d', 'w'], value: 0, at: 'start' },
      ],
      expected:
        'a: [zero, one, two, three]\nb: { x: 1, v: {z: ["a, b"]} }\nc: [\n  one,\n  two, # last\n  three\n]\n' +
        'd: {\n  w: 0,\n  # first\n  x: 1,\n  v: 2,\n}\n',
    },
    {
      title: 'stays JSON in JSON',
      given: '{\n  "a": 1,\n  "b": ["x"]\n}\n',
      edit: [
        { op: 'insert-item', path: ['b'], value: 'w' },
        { op: 'set', path: ['c'], value: { d: 'e' } },
      ],
      expected: '{\n  "a": 1,\n  "b": ["x", "w"],\n  "c": {"d": "e"}\n}\n',
    },
    {
      title: 'ensures an item once',
      given: 'resources:\n  - b.yaml\n  - "a.yaml"\n',
      edit: [
        { op: 'ensure-item', path: ['resources'], value: 'a.yaml' },
        { op: 'ensure-item', path: ['resources'], value: 'c.yaml' },
        { op: 'ensure-item', path: ['resources'], value: 'c.yaml' },
        { op: 'ensure-item', path: ['components'], value: 'd' },
        { op: 'ensure-map', path: ['x', 'v'] },
      ],
      expected: 'resources:\n  - b.yaml\n  - "a.yaml"\n  - c.yaml\ncomponents:\n  - d\nx:\n  v: {}\n',
    },
  ]);
});

describe('removing', () => {
  examples([
    {
      title: 'takes the comments that belong to an entry and leaves the others',
      given: '# head\na: 1\n\n# stays\n\n# about b\n# more\nb: 2 # and this\n# about c\nc: 3\n',
      edit: { op: 'remove', path: ['b'] },
      expected: '# head\na: 1\n\n# stays\n\n# about c\nc: 3\n',
    },
    {
      title: 'leaves the head of a document when its first entry goes',
      given: '# head\na: 1\nb: 2\n',
      edit: { op: 'remove', path: ['a'] },
      expected: '# head\nb: 2\n',
    },
    {
      title: 'takes a nested value with all that is inside',
      given: 'a:\n  b:\n    c: |\n      text\n    # inside\n  d: 1\n',
      edit: { op: 'remove', path: ['a', 'b'] },
      expected: 'a:\n  d: 1\n',
    },
    {
      title: 'does not leave empty lines doubled, or at the end',
      given: 'a:\n  x: 1\n\n  v: 2\n\n  z: 3\nb: 1\n',
      edit: [
        { op: 'remove', path: ['a', 'v'] },
        { op: 'remove', path: ['a', 'z'] },
      ],
      expected: 'a:\n  x: 1\nb: 1\n',
    },
    {
      title: 'leaves {} or [] with the comments that stay',
      given: 'a: # a\n  # stays\n\n  # about x\n  x: 1\nb: &b\n  - 1\n  # after\nc: [1]\nd: { x: 1 }\n',
      edit: [
        { op: 'remove', path: ['a', 'x'] },
        { op: 'remove', path: ['b', 0] },
        { op: 'remove', path: ['c', 0] },
        { op: 'remove', path: ['d', 'x'] },
      ],
      expected: 'a: {} # a\n  # stays\n\nb: &b []\n  # after\nc: []\nd: {}\n'.replace('stays\n\nb', 'stays\nb'),
    },
    {
      title: 'moves the next entry up behind the dash',
      given: '- a: 1\n  b: 2\n- a: 1 # gone\n\n  # stays\n\n  # about b\n  b: 2\n- - x\n  - y\n- z: 1\n',
      edit: [
        { op: 'remove', path: [0, 'a'] },
        { op: 'remove', path: [1, 'a'] },
        { op: 'remove', path: [2, 0] },
        { op: 'remove', path: [3, 'z'] },
      ],
      expected: '- b: 2\n- # stays\n\n  # about b\n  b: 2\n- - y\n- {}\n',
    },
    {
      title: 'takes commas along',
      given:
        'a: [one, two, three]\nb: { x: 1, v: 2 }\nc: [\n  one, # 1\n  # about two\n  two, # 2\n  three # 3\n]\nd: [x, y,]\n',
      edit: [
        { op: 'remove', path: ['a', 1] },
        { op: 'remove', path: ['a', 1] },
        { op: 'remove', path: ['b', 'x'] },
        { op: 'remove', path: ['c', 1] },
        { op: 'remove', path: ['c', 1] },
        { op: 'remove', path: ['d', 1] },
      ],
      expected: 'a: [one]\nb: { v: 2 }\nc: [\n  one # 1\n]\nd: [x,]\n',
    },
    {
      title: 'does nothing when there is nothing',
      given: 'a:\nb: 1\n',
      edit: [
        { op: 'remove', path: ['c', 'd'] },
        { op: 'remove', path: ['a', 'x'] },
        { op: 'remove', path: ['b2'] },
      ],
      expected: 'a:\nb: 1\n',
    },
    {
      title: 'leaves no newline at the end where there was none',
      given: 'a:\n  - x: 1\n    t: 2',
      edit: [
        { op: 'remove', path: ['a', 0, 't'] },
        { op: 'insert-item', path: ['a'], value: 3 },
      ],
      expected: 'a:\n  - x: 1\n  - 3',
    },
    {
      title: 'does not add blank lines to text that keeps them',
      given: 'a:\n  t: |+\n    text\n\n  u: 1\nb: 1\n\nc: 1\n',
      edit: [
        { op: 'remove', path: ['b'] },
        { op: 'remove', path: ['a', 'u'] },
      ],
      expected: 'a:\n  t: |+\n    text\n\nc: 1\n',
    },
    {
      title: 'and inserting work together on one parse',
      given: 'r:\n  - a\n  # b\n  - b\n  - c\n',
      edit: [
        { op: 'remove', path: ['r', 1] },
        { op: 'insert-item', path: ['r'], value: 'd' },
        { op: 'remove', path: ['r', 0] },
        { op: 'insert-item', path: ['r'], value: 'e', at: 'start' },
        { op: 'set', path: ['r', 1], value: 'C' },
      ],
      expected: 'r:\n  - e\n  - C\n  - d\n',
    },
    {
      title: 'the last entry of a document leaves {}',
      given: '# head\na: 1 # gone\n',
      edit: { op: 'remove', path: ['a'] },
      expected: '# head\n{}\n',
    },
  ]);
});

describe('renaming a key', () => {
  examples([
    {
      title: 'keeps its place, its quotes, its value and its comments',
      given: '# x\na:\n  old: 1 # c\n  "q": 2\nb: {old: 1}\n',
      edit: [
        { op: 'rename', path: ['a', 'old'], key: 'new' },
        { op: 'rename', path: ['a', 'q'], key: 'r' },
        { op: 'rename', path: ['b', 'old'], key: 'on' },
        { op: 'set', path: ['a', 'new'], value: 2 },
      ],
      expected: '# x\na:\n  new: 2 # c\n  "r": 2\nb: {"on": 1}\n',
    },
  ]);
});

describe('documents', () => {
  examples([
    {
      title: 'are edited one by one',
      given: 'a: 1\n---\na: 1\n--- # third\na: 1\n',
      edit: [
        { op: 'set', document: 1, path: ['a'], value: 2 },
        { op: 'set', document: 2, path: ['b'], value: 3 },
      ],
      expected: 'a: 1\n---\na: 2\n--- # third\na: 1\nb: 3\n',
    },
    {
      title: 'are added at the end, between and in front',
      given: 'a: 1\n---\nb: 2',
      edit: [
        { op: 'insert-document', value: { z: 26 } },
        { op: 'insert-document', value: { m: 13 }, at: 1 },
        { op: 'insert-document', value: { first: [0] }, at: 0 },
      ],
      expected: 'first:\n  - 0\n---\na: 1\n---\nm: 13\n---\nb: 2\n---\nz: 26\n',
    },
    {
      title: 'are removed with their marker',
      given: '# licence\n---\na: 1\n---\nb: 2\n---\nc: 3\n',
      edit: [
        { op: 'remove-document', document: 1 },
        { op: 'remove-document', document: 0 },
      ],
      expected: '# licence\n---\nc: 3\n',
    },
    {
      title: 'lose the marker when they become the first of a file that began without',
      given: 'a: 1\n---\nb: 2\n',
      edit: { op: 'remove-document', document: 0 },
      expected: 'b: 2\n',
    },
    {
      title: 'with directives get the end marker they need before them',
      given: '%YAML 1.2\n---\na: 1\n',
      edit: { op: 'insert-document', value: { b: 1 }, at: 0 },
      expected: 'b: 1\n...\n%YAML 1.2\n---\na: 1\n',
    },
    {
      title: 'fill a file of comments',
      given: '# nothing here yet\n',
      edit: { op: 'insert-document', value: { a: 1 } },
      expected: '# nothing here yet\na: 1\n',
    },
  ]);
});
