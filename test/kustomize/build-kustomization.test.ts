import { describe, expect, test } from 'vitest';
import { type Build, type BuildOptions, buildKustomization } from '../../src/kustomize/build-kustomization.ts';
import { buildCases, memoryTree } from './cases.ts';

const all = buildCases();

function caseOf(name: string) {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
}

function build(name: string, options?: BuildOptions): Build {
  const { files, folder } = caseOf(name);
  return buildKustomization(memoryTree(files), folder, options);
}

/** `kind/name` of what is built. */
function built(name: string): string[] {
  return build(name).objects.map(({ value }) => {
    const metadata = value.metadata as { name: string };
    return `${String(value.kind)}/${metadata.name}`;
  });
}

/** What each case builds, by hand; the conformance lane compares every case with the real program in full. */
const expected: readonly [name: string, objects: string[]][] = [
  ['values: list 2', ['ConfigMap/b', 'ConfigMap/a']],
  ['values: empty docs', ['ConfigMap/a']],
  ['values: crlf and bom', ['ConfigMap/c']],
  ['loading: component', ['ConfigMap/x-a-ab']],
  ['loading: trailing slashes and dots', ['ConfigMap/c', 'ConfigMap/d']],
  ['loading: local config', ['Service/ac']],
  ['loading: two docs', []],
  ['generators: merge nonexisting', []],
  ['references: diamond', ['ConfigMap/l-ab', 'Pod/l-ab', 'ConfigMap/r-ab', 'Pod/r-ab']],
  ['json-patches: json patch name change', ['ConfigMap/zz', 'Pod/ab']],
  ['patch-targets: delete', ['Deployment/b']],
  ['order: sort fifo', ['ConfigMap/c', 'Namespace/c']],
  [
    'order: sort legacy custom',
    [
      'Secret/c',
      'Namespace/c',
      'Deployment/a',
      'Deployment/a',
      'Deployment/b',
      'Job/c',
      'Zed/c',
      'Service/c',
      'ConfigMap/c',
    ],
  ],
];

describe('a folder is built as kustomize builds it', () => {
  test.for(expected)('%s', ([name, objects]) => expect(built(name)).toEqual(objects));

  test('generated names end in the hash of their content', () => {
    expect(built('generators: cm')).toEqual(['ConfigMap/x-c-5m598bk6hf', 'Secret/x-c-b4fm7mb4hh']);
  });

  test('ports are merged by port and protocol, and a patch comes first', () => {
    const [service] = build('service-ports: service ports v17').objects;
    expect(service?.value.spec).toEqual({
      ports: [
        { port: 82, n: 'p' },
        { port: 80, protocol: 'TCP', n: 'r' },
        { port: 81, protocol: 'UDP' },
      ],
    });
  });

  test('lists of custom resources are replaced', () => {
    const [release] = build('patch-targets: crd lists atomic, known lists merged').objects;
    expect(release?.value.spec).toMatchObject({ values: { env: [{ name: 'a', v: 2 }] } });
  });
});

/** What kustomize refuses: rule, file and line of the problem. */
const refused: readonly [name: string, rule: string, file: string, line: number][] = [
  ['values: dupkeys', 'kustomize/yaml', 'a.yaml', 6],
  ['values: tabs', 'kustomize/yaml', 'a.yaml', 4],
  ['values: no kind', 'kustomize/no-kind', 'a.yaml', 1],
  ['values: undefined alias', 'kustomize/yaml', 'a.yaml', 4],
  ['loading: missing', 'kustomize/missing-file', 'kustomization.yaml', 1],
  ['loading: cycle', 'kustomize/cycle', 'l/kustomization.yaml', 1],
  ['loading: file outside', 'kustomize/outside', 'x/kustomization.yaml', 1],
  ['loading: unknown field', 'kustomize/unknown-field', 'kustomization.yaml', 1],
  ['loading: number for string', 'kustomize/wrong-type', 'kustomization.yaml', 1],
  ['loading: dup id', 'kustomize/object-twice', 'a.yaml', 5],
  ['loading: two files', 'kustomize/two-kustomizations', 'kustomization.yml', 1],
  ['namespaces: namespace conflict', 'kustomize/object-twice', 'kustomization.yaml', 2],
  ['patch-targets: patch without namespace fails', 'kustomize/no-target', 'kustomization.yaml', 3],
  ['json-patches: json patch remove missing', 'kustomize/json-patch', 'kustomization.yaml', 2],
  ['images-and-replicas: replica none', 'kustomize/no-target', 'kustomization.yaml', 2],
  ['replacements: replacement source missing', 'kustomize/replacement', 'kustomization.yaml', 2],
];

describe('what kustomize refuses is a problem with its place and what to do', () => {
  test.for(refused)('%s', ([name, rule, file, line]) => {
    const [problem] = build(name).problems;
    expect(problem).toMatchObject({ rule, file, line, severity: 'error' });
    expect(problem?.hint).toMatch(/\.$|\?$/);
  });

  test('a file outside the folder is fine where Flux builds', () => {
    expect(build('loading: file outside', { loadRestrictor: 'none' }).problems).toEqual([]);
  });

  test('the rest is built all the same', () => {
    const files = new Map([
      ['kustomization.yaml', 'resources: [nope.yaml, a.yaml]\n'],
      ['a.yaml', '{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n'],
    ]);
    const { objects, problems } = buildKustomization(memoryTree(files), '');
    expect([objects.length, problems.length]).toEqual([1, 1]);
  });
});

describe('what cannot be built here is named', () => {
  test('remote bases, charts, plugins and variables, with their lines', () => {
    const text = [
      'resources:',
      '  - https://github.com/example/app//deploy?ref=v1',
      '  - github.com/example/other',
      'helmCharts:',
      '  - name: chart',
      'transformers: [plugin.yaml]',
      'vars: [{name: A, objref: {kind: Service}}]',
      '',
    ].join('\n');
    const { notBuilt, problems } = buildKustomization(memoryTree(new Map([['kustomization.yaml', text]])), '');
    expect(problems).toEqual([]);
    expect(notBuilt.map(({ what, line }) => `${line}: ${what}`)).toEqual([
      '2: the remote base https://github.com/example/app//deploy?ref=v1',
      '3: the remote base github.com/example/other',
      '4: the Helm charts of helmCharts',
      '6: the transformer plugins of transformers',
      '7: the variables of vars',
    ]);
  });
});

describe('each object knows where it comes from', () => {
  test('its document, and each patch that touched it', () => {
    const files = new Map([
      [
        'kustomization.yaml',
        'resources: [a.yaml]\npatches:\n  - path: p.yaml\n  - target: {kind: ConfigMap}\n    patch: |\n      - {op: add, path: /data/b, value: c}\n',
      ],
      [
        'a.yaml',
        '# one\n---\nkind: Foo\nmetadata: {name: x}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: {a: b}\n',
      ],
      ['p.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {c: d}\n'],
    ]);
    const [, map] = buildKustomization(memoryTree(files), '').objects;
    expect(map?.origins.map(({ file, document, line }) => [file, document, line])).toEqual([
      ['a.yaml', 1, 6],
      ['p.yaml', 0, 1],
      ['kustomization.yaml', 0, 4],
    ]);
  });
});
