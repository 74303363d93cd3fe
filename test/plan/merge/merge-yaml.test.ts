import { describe, expect, it } from 'vitest';
import type { Side } from '../../../src/plan/merge/merge-result.ts';
import { mergeYaml } from '../../../src/plan/merge/merge-yaml.ts';
import type { YamlPath } from '../../../src/yaml/yaml-path.ts';
import { addressText } from '../../../src/yaml/yaml-path.ts';

interface Example {
  title: string;
  /** Absent: nobody knows it. */
  base?: string;
  ours: string;
  theirs: string;
  expected?: string;
  /** `where: base | ours | theirs` as JSON, `-` for absent. */
  conflicts?: string[];
  users?: YamlPath[];
  path?: string;
  prefer?: Side;
  takesUsers?: boolean;
  /** As `conflicts`: what belongs to the user and both changed. */
  yielded?: string[];
}

const json = (value: unknown) => (value === undefined ? '-' : JSON.stringify(value));

function examples(list: readonly Example[]): void {
  it.each(list)('$title', (example) => {
    const { base, ours, theirs, expected, conflicts = [], users, path = 'file.yaml', prefer } = example;
    const { takesUsers, yielded } = example;
    for (const style of [(text: string) => text, (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`]) {
      const result = mergeYaml({ base, ours: style(ours), theirs, userPaths: users, path, prefer, takesUsers });
      expect(result.conflicts.map(shown)).toEqual(conflicts);
      if (yielded !== undefined) expect((result.yielded ?? []).map(shown)).toEqual(yielded);
      if (expected !== undefined) expect(result.text).toBe(style(expected));
    }
  });
}

function shown({ document, at, base, ours, theirs }: ReturnType<typeof mergeYaml>['conflicts'][number]): string {
  const where = document === undefined ? addressText(at) : `${document}: ${addressText(at)}`;
  return `${where}: ${json(base)} | ${json(ours)} | ${json(theirs)}`;
}

describe('a value', () => {
  examples([
    {
      title: 'changed by the model only is taken, beside hand formatting',
      base: 'a: 1\nb: 1\n',
      ours: '# mine\nb:   1 # one\n\na: 1\n',
      theirs: 'a: 2\nb: 1\n',
      expected: '# mine\nb:   1 # one\n\na: 2\n',
    },
    {
      title: 'changed by hand only is kept',
      base: 'a: 1\nb: 1\n',
      ours: 'a: 1\nb: "two"\n',
      theirs: 'a: 3\nb: 1\n',
      expected: 'a: 3\nb: "two"\n',
    },
    {
      title: 'changed to the same by both is no conflict',
      base: 'a: 1\nb: 1\n',
      ours: 'a: 2 # mine\nb: 1\n',
      theirs: 'a: 2\nb: 5\n',
      expected: 'a: 2 # mine\nb: 5\n',
    },
    {
      title: 'changed differently by both is a conflict, and the rest is merged',
      base: 'a: {x: 1, z: 1}\nb: 1\n',
      ours: 'a: {x: 2, z: 1}\nb: 1\n',
      theirs: 'a: {x: 3, z: 4}\nb: 5\n',
      expected: 'a: {x: 2, z: 4}\nb: 5\n',
      conflicts: ['a.x: 1 | 2 | 3'],
    },
    {
      title: 'added by both is a conflict only where it differs',
      base: 'a: 1\n',
      ours: 'a: 1\nb:\n  x: 1\n  mine: 1\n',
      theirs: 'a: 1\nb:\n  x: 1\n  theirs: 1\n',
      expected: 'a: 1\nb:\n  x: 1\n  theirs: 1\n  mine: 1\n',
    },
    {
      title: 'deleted by hand and unchanged since stays deleted',
      base: 'a: 1\nb: 1\nc: 1\n',
      ours: 'a: 1\nc: 1\n',
      theirs: 'a: 1\nb: 1\nc: 2\n',
      expected: 'a: 1\nc: 2\n',
    },
    {
      title: 'deleted by hand and changed by the model is a conflict',
      base: 'a: 1\nb: {x: 1}\n',
      ours: 'a: 1\n',
      theirs: 'a: 1\nb: {x: 2}\n',
      expected: 'a: 1\n',
      conflicts: ['b: {"x":1} | - | {"x":2}'],
    },
    {
      title: 'that the model drops goes, with its comments, when nobody touched it',
      base: 'a: 1\nb: 1\nc: 1\n',
      ours: 'a: 1\n# about b\nb: 1 # x\nc: 2\n',
      theirs: 'a: 1\nc: 1\n',
      expected: 'a: 1\nc: 2\n',
    },
    {
      title: 'that the model drops and people edited is a conflict',
      base: 'a: 1\nb: {x: 1}\n',
      ours: 'a: 1\nb: {x: 1, mine: 2}\n',
      theirs: 'a: 1\n',
      conflicts: ['b: {"x":1} | {"x":1,"mine":2} | -'],
    },
    {
      title: 'that becomes another kind of value is one value',
      base: 'a: {x: 1}\nb: 1\n',
      ours: 'a: {x: 2}\nb: 1\n',
      theirs: 'a: [1]\nb: {z: 1}\n',
      expected: 'a: {x: 2}\nb:\n  z: 1\n',
      conflicts: ['a: {"x":1} | {"x":2} | [1]'],
    },
    {
      title: 'of null is a value, and not an absent one',
      base: 'a: null\nb: null\n',
      ours: 'a: null\nb: ~ # none\n',
      theirs: 'a: null\nb: null\nc: null\n',
      expected: 'a: null\nb: ~ # none\nc: null\n',
    },
    {
      title: 'in a list that is not known is compared with the whole list',
      base: 'args: [a, b]\n',
      ours: 'args: [a, b, mine]\n',
      theirs: 'args: [a, b, theirs]\n',
      conflicts: ['args: ["a","b"] | ["a","b","mine"] | ["a","b","theirs"]'],
    },
    {
      title: 'of alternatives is never mixed',
      base: 'spec:\n  ref:\n    tag: "1"\n',
      ours: 'spec:\n  ref:\n    branch: main\n',
      theirs: 'spec:\n  ref:\n    semver: 1.x\n',
      conflicts: ['spec.ref: {"tag":"1"} | {"branch":"main"} | {"semver":"1.x"}'],
    },
  ]);
});

describe('new entries', () => {
  examples([
    {
      title: 'stand where the model has them',
      base: 'a: 1\nd: 1\n',
      ours: 'a: 1 # x\nmine: 1\nd: 1\n',
      theirs: 'z: 1\na: 1\nb: 1\nc: 1\nd: 1\n',
      expected: 'z: 1\na: 1 # x\nb: 1\nc: 1\nmine: 1\nd: 1\n',
    },
    {
      title: 'find their place when a neighbour was deleted by hand',
      base: 'a: 1\nb: 1\n',
      ours: 'mine: 1\na: 1\n',
      theirs: 'a: 1\nb: 1\nc: 1\n',
      expected: 'mine: 1\na: 1\nc: 1\n',
    },
  ]);
});

describe('comments of the model', () => {
  examples([
    {
      title: 'come along with new entries and items, as they are written there',
      base: 'kind: Kustomization\nresources:\n  - a\nb: 1\n',
      ours: 'kind: Kustomization\nresources:\n- a\n- mine\nb: 1\n',
      theirs: `kind: Kustomization\nresources:\n  - a\n  # why c\n  - c # so\n# about new\nnew:\n  # inside\n  x: '1' # quoted\nb: 1\n`,
      expected: `kind: Kustomization\nresources:\n- a\n# why c\n- c # so\n- mine\n# about new\nnew:\n  # inside\n  x: '1' # quoted\nb: 1\n`,
    },
    {
      title: 'come along with new documents',
      base: 'kind: A\na: 1\n',
      ours: 'kind: A\na: 1 # mine\n',
      theirs: `kind: A\na: 1\n---\n# about B\nkind: B\nb: "1" # one\n`,
      expected: `kind: A\na: 1 # mine\n---\n# about B\nkind: B\nb: "1" # one\n`,
    },
    {
      title: 'are left out between brackets',
      base: 'a: {x: 1}\nb: 1\n',
      ours: 'a: {x: 1}\nb: 2\n',
      theirs: 'a:\n  x: 1\n  z: 2 # why\nb: 1\n',
      expected: 'a: {x: 1, z: 2}\nb: 2\n',
    },
    {
      title: "on something that stays are not merged: there they are people's",
      base: '# old\na: 1 # old\nb: 1\n',
      ours: '# mine\na: 1\nb: 1\n',
      theirs: '# new\na: 2 # new\nb: 1\n',
      expected: '# mine\na: 2\nb: 1\n',
    },
  ]);
});

describe('what belongs to the user', () => {
  const image = ['spec', 'template', 'spec', 'containers', 0, 'image'];
  const deployment = (tag: string, replicas: number, port: number) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:${tag}\n          ports:\n            - containerPort: ${port}\n`;
  examples([
    {
      title: 'is never a conflict: a version that Renovate bumped stays, the rest follows the model',
      base: deployment('1', 1, 80),
      ours: deployment('2', 3, 80),
      theirs: deployment('3', 2, 8080),
      expected: deployment('2', 3, 8080),
      users: [image, ['spec', 'replicas']],
      yielded: [
        'spec.replicas: 1 | 3 | 2',
        'spec.template.spec.containers[name=web].image: "web:1" | "web:2" | "web:3"',
      ],
    },
    {
      title: 'follows the model while nobody touched it',
      base: deployment('1', 1, 80),
      ours: deployment('1', 3, 80),
      theirs: deployment('2', 2, 80),
      expected: deployment('2', 3, 80),
      users: [image, ['spec', 'replicas']],
      yielded: ['spec.replicas: 1 | 3 | 2'],
    },
    {
      title: 'gives way to the model where that is asked for, also where the model did not change; other edits stay',
      base: deployment('3', 1, 80),
      ours: `# mine\n${deployment('2', 3, 8080)}`,
      theirs: deployment('3', 1, 80),
      expected: `# mine\n${deployment('3', 1, 8080)}`,
      users: [image, ['spec', 'replicas']],
      takesUsers: true,
      yielded: [],
    },
    {
      title: 'gives way only where the model has a value: what people put beside it stays',
      base: 'values:\n  one: 1\n  gone: 1\n',
      ours: 'values:\n  one: 2\n  gone: 2\n  mine: 1\nother: 1\n',
      theirs: 'values:\n  one: 3\n',
      expected: 'values:\n  one: 3\n  gone: 2\n  mine: 1\nother: 1\n',
      users: [['values']],
      takesUsers: true,
    },
    {
      title: 'is the list of the model where that is asked for, also of names that are told apart',
      base: 'kind: HTTPRoute\nspec:\n  hostnames:\n    - a\n    - b\n',
      ours: 'kind: HTTPRoute\nspec:\n  hostnames:\n    - mine\n    - b # both\n',
      theirs: 'kind: HTTPRoute\nspec:\n  hostnames:\n    - a\n    - b\n',
      expected: 'kind: HTTPRoute\nspec:\n  hostnames:\n    - a\n    - b # both\n',
      users: [['spec', 'hostnames']],
      takesUsers: true,
    },
    {
      title: 'is found by identity where people put something in front',
      base: deployment('1', 1, 80),
      ours: deployment('2', 1, 80).replace(
        '        - name: web',
        '        - name: mine\n          image: mine:1\n        - name: web',
      ),
      theirs: deployment('3', 1, 80),
      expected: deployment('2', 1, 80).replace(
        '        - name: web',
        '        - name: mine\n          image: mine:1\n        - name: web',
      ),
      users: [image],
    },
    {
      title: 'stays deleted, and stays when the model drops it',
      base: 'a: 1\nb: 1\nc: 1\n',
      ours: 'b: 2\nc: 1\n',
      theirs: 'a: 2\nc: 2\n',
      expected: 'b: 2\nc: 2\n',
      users: [['a'], ['b']],
      yielded: ['b: 1 | 2 | -'],
    },
    {
      title: 'takes what the model changes beside it',
      base: 'values:\n  one: 1\n  two: 1\n',
      ours: 'values:\n  one: 2\n  two: 1\n',
      theirs: 'values:\n  one: 3\n  two: 3\n  new: 1\n',
      expected: 'values:\n  one: 2\n  two: 3\n  new: 1\n',
      users: [['values']],
    },
    {
      title: 'makes no conflict of something deleted by hand around it',
      base: deployment('1', 1, 80),
      ours: deployment('1', 1, 80).replace(/ {6}containers[\s\S]*/, '      hostNetwork: true\n'),
      theirs: deployment('2', 1, 80),
      expected: deployment('1', 1, 80).replace(/ {6}containers[\s\S]*/, '      hostNetwork: true\n'),
      users: [image],
    },
  ]);
});

describe('documents', () => {
  const object = (kind: string, name: string, value: string | number) =>
    `kind: ${kind}\napiVersion: v1\nmetadata:\n  name: ${name}\ndata: ${value}\n`;
  examples([
    {
      title: 'are found by what they are, in any order; new ones stand where the model has them',
      base: `${object('A', 'a', 1)}---\n${object('B', 'b', 1)}`,
      ours: `# head\n${object('B', 'b', 'mine')}---\n# about a\n${object('A', 'a', 1)}`,
      theirs: `${object('A', 'a', 2)}---\n${object('B', 'b', 1)}---\n${object('C', 'c', 1)}`,
      expected: `# head\n${object('B', 'b', 'mine')}---\nkind: C\napiVersion: v1\nmetadata:\n  name: c\ndata: 1\n---\n# about a\n${object('A', 'a', 2)}`,
    },
    {
      title: 'that the model drops go when nobody touched them',
      base: `${object('A', 'a', 1)}---\n${object('B', 'b', 1)}---\n${object('C', 'c', 1)}`,
      ours: `${object('A', 'a', 1)}---\n${object('B', 'b', 1)}---\n${object('C', 'c', 2)}`,
      theirs: `${object('A', 'a', 1)}`,
      expected: `${object('A', 'a', 1)}---\n${object('C', 'c', 2)}`,
      conflicts: [
        `C c: the document: ${json({ kind: 'C', apiVersion: 'v1', metadata: { name: 'c' }, data: 1 })} | ${json({ kind: 'C', apiVersion: 'v1', metadata: { name: 'c' }, data: 2 })} | -`,
      ],
    },
    {
      title: 'that are alone in their file are the same whatever their name is',
      base: object('A', 'a', 1),
      ours: object('A', 'renamed', 1),
      theirs: object('A', 'a', 2),
      expected: object('A', 'renamed', 2),
    },
    {
      title: 'that cannot be told apart are merged as text',
      base: `a: 1\nb: 1\nc: 1\n---\na: 1\n`,
      ours: `a: 1\nb: 1\nc: 2\n---\na: 1\n`,
      theirs: `a: 2\nb: 1\nc: 1\n---\na: 1\n`,
      expected: `a: 2\nb: 1\nc: 2\n---\na: 1\n`,
    },
  ]);
});

describe('without a base', () => {
  examples([
    {
      title: 'every difference is a conflict, other ways of writing the same are none',
      ours: 'a: 1\nb: {x: "1"} # mine\nmine: 1\n',
      theirs: "a: 2\nb:\n  x: '1'\nc: 1\n",
      conflicts: ['a: - | 1 | 2', 'mine: - | 1 | -', 'c: - | - | 1'],
    },
    {
      title: 'nothing is to do when both say the same',
      ours: 'b: {x: "1"} # mine\n',
      theirs: "b:\n  x: '1'\n",
      expected: 'b: {x: "1"} # mine\n',
    },
  ]);
});

describe('a preference', () => {
  const versions = { base: 'a: 1\nb: 1\nc: 1\nd: 1\n', ours: 'a: 2\nb: 1\nc: 3\n', theirs: 'a: 3\nb: 4\nc: 1\nd: 2\n' };
  examples([
    {
      title: 'for ours keeps ours where both changed, and takes the rest',
      ...versions,
      prefer: 'ours',
      expected: 'a: 2\nb: 4\nc: 3\n',
    },
    {
      title: 'for theirs takes the model where both changed, and keeps the rest',
      ...versions,
      prefer: 'theirs',
      expected: 'a: 3\nb: 4\nc: 3\nd: 2\n',
    },
    {
      title: 'for theirs takes the model everywhere when no base is known',
      ours: 'a: 2 # x\nmine: 1\n',
      theirs: 'a: 3\nb: 4\n',
      prefer: 'theirs',
      expected: 'a: 3 # x\nb: 4\n',
    },
  ]);
});

describe('files that are hard to edit', () => {
  examples([
    {
      title: 'an anchored value changes only where the model changes it',
      base: 'a: {k: 1}\nb: {k: 1}\n',
      ours: 'a: &x {k: 1}\nb: *x\n',
      theirs: 'a: {k: 2}\nb: {k: 1}\n',
      expected: 'a: &x {k: 2}\nb:\n  k: 1\n',
    },
    {
      title: 'an alias stays when both places change alike',
      base: 'a: {k: 1}\nb: {k: 1}\n',
      ours: 'a: &x {k: 1}\nb: *x # same\n',
      theirs: 'a: {k: 2}\nb: {k: 2}\n',
      expected: 'a: &x {k: 2}\nb: *x # same\n',
    },
    {
      title: 'invalid YAML is merged as text',
      base: 'a: 1\nb: 1\nc: 1\n',
      ours: 'a: 1\nb: 1\nc: [\n',
      theirs: 'a: 2\nb: 1\nc: 1\n',
      expected: 'a: 2\nb: 1\nc: [\n',
    },
    {
      title: 'invalid YAML edited in the same place is a conflict',
      base: 'a: 1\nb: 1\n',
      ours: 'a: [\nb: 1\n',
      theirs: 'a: 2\nb: 1\n',
      expected: 'a: [\nb: 1\n',
      conflicts: ['the document: "a: 1" | "a: [" | "a: 2"'],
    },
    {
      title: 'JSON stays JSON',
      path: 'renovate.json',
      base: '{\n  "a": 1,\n  "b": ["x"]\n}\n',
      ours: '{\n  "a": 1,\n  "mine": true,\n  "b": ["x"]\n}\n',
      theirs: '{\n  "a": 2,\n  "b": ["x"],\n  "c": {"d": "e"}\n}\n',
      expected: '{\n  "a": 2,\n  "mine": true,\n  "b": ["x"],\n  "c": {"d": "e"}\n}\n',
    },
  ]);
});
