import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mergeYaml } from '../../../src/plan/merge/merge-yaml.ts';
import { yamlBlock } from '../../../src/yaml/yaml-block.ts';

type Json = unknown;

const named = (...names: string[]) => names.map((name) => ({ name }));
const pod = 'spec.template.spec';
const app = (name: string) => ({ kind: 'Deployment', name });

/** Lists of maps: both sides may change different items, and different fields of one. */
const maps: [kind: string, path: string, ...items: [Json, Json, Json, Json]][] = [
  ...['containers', 'initContainers', 'volumes', 'imagePullSecrets'].map(
    (list): [string, string, Json, Json, Json, Json] => ['Deployment', `${pod}.${list}`, ...four('name')],
  ),
  ['StatefulSet', `${pod}.containers`, ...four('name')],
  ['CronJob', 'spec.jobTemplate.spec.template.spec.containers', ...four('name')],
  ['Pod', 'spec.containers', ...four('name')],
  ['Deployment', `${pod}.hostAliases`, ...four('ip')],
  ['Deployment', `${pod}.topologySpreadConstraints`, ...four('topologyKey', { whenUnsatisfiable: 'DoNotSchedule' })],
  ['Service', 'spec.ports', { port: 80 }, { port: 80, protocol: 'UDP' }, { port: 81 }, { port: 82 }],
  ['Service', 'spec.ports', ...four('name', { port: 80 })],
  ['Kustomization', 'spec.dependsOn', { name: 'a' }, { name: 'a', namespace: 'x' }, { name: 'mine' }, { name: 'new' }],
  ['Kustomization', 'spec.healthChecks', app('a'), { ...app('a'), namespace: 'x' }, app('mine'), app('new')],
  ['Kustomization', 'spec.postBuild.substituteFrom', ...four('name', { kind: 'ConfigMap' })],
  ['Kustomization', 'patches', ...four('path')],
  [
    'Kustomization',
    'spec.patches',
    { target: app('a') },
    { target: app('b') },
    { target: app('mine') },
    { target: app('c') },
  ],
  ['Kustomization', 'images', ...four('name')],
  ['Kustomization', 'replicas', ...four('name')],
  ['Kustomization', 'configMapGenerator', ...four('name')],
  ['Component', 'images', ...four('name')],
  ['HelmRelease', 'spec.dependsOn', ...four('name')],
  ['HelmRelease', 'spec.valuesFrom', ...four('name', { kind: 'ConfigMap' })],
  ['Alert', 'spec.eventSources', ...four('name', { kind: 'Kustomization' })],
  ['RoleBinding', 'subjects', ...four('name', { kind: 'ServiceAccount' })],
  ['ClusterRoleBinding', 'subjects', ...four('name', { kind: 'User' })],
  ['ServiceAccount', 'imagePullSecrets', ...four('name')],
  ['LimitRange', 'spec.limits', ...four('type')],
  ['Gateway', 'spec.listeners', ...four('name')],
  [
    'HTTPRoute',
    'spec.parentRefs',
    { name: 'g' },
    { name: 'g', sectionName: 's' },
    { name: 'g', namespace: 'n' },
    { name: 'h' },
  ],
  ['HTTPRoute', 'spec.rules', ...four('name')],
];

function four(field: string, more: object = {}): [Json, Json, Json, Json] {
  return [
    { ...more, [field]: 'a' },
    { ...more, [field]: 'b' },
    { ...more, [field]: 'mine' },
    { ...more, [field]: 'new' },
  ];
}

/** Lists of values in which an item is there or is not. */
const sets: [kind: string, path: string][] = [
  ['Kustomization', 'resources'],
  ['Kustomization', 'components'],
  ['Component', 'resources'],
  ['Kustomization', 'spec.components'],
  ['HTTPRoute', 'spec.hostnames'],
  ['Certificate', 'spec.dnsNames'],
  ['Deployment', `${pod}.tolerations`],
  ['NetworkPolicy', 'spec.policyTypes'],
  ['Receiver', 'spec.events'],
  ['Namespace', 'metadata.finalizers'],
];

function object(kind: string, path: string, list: Json): Json {
  const value = path.split('.').reduceRight<Json>((inner, key) => ({ [key]: inner }), list);
  return { kind, ...(value as object) };
}

function merged(kind: string, path: string, lists: { base: Json; ours: Json; theirs: Json }) {
  const text = (list: Json) => yamlBlock(object(kind, path, list));
  const result = mergeYaml({
    base: text(lists.base),
    ours: text(lists.ours),
    theirs: text(lists.theirs),
    path: 'x.yaml',
  });
  const value = path.split('.').reduce<Json>((inner, key) => (inner as Record<string, Json>)[key], parse(result.text));
  return { value, conflicts: result.conflicts.length };
}

const plus = (item: Json, field: string) => ({ ...(item as object), [field]: 1 });

describe('a list whose items are known', () => {
  it.each(maps)('%s %s is merged item by item', (kind, path, a, b, mine, added) => {
    const lists = {
      base: [a, b],
      ours: [mine, plus(b, 'mine'), a],
      theirs: [plus(a, 'theirs'), plus(b, 'theirs'), added],
    };
    expect(merged(kind, path, lists)).toEqual({
      value: [mine, plus(plus(b, 'mine'), 'theirs'), added, plus(a, 'theirs')],
      conflicts: 0,
    });
    expect(merged(kind, path, { base: [a, b], ours: [b], theirs: [b, plus(a, 'x')] }).conflicts).toBe(1);
  });

  it.each(sets)('%s %s is a set in the order of the user', (kind, path) => {
    const lists = { base: ['a', 'b', 'c'], ours: ['c', 'mine', 'both', 'a', 'b'], theirs: ['a', 'both', 'c', 'new'] };
    expect(merged(kind, path, lists)).toEqual({ value: ['c', 'new', 'mine', 'both', 'a'], conflicts: 0 });
    expect(merged(kind, path, { ...lists, ours: ['a', 'c', 'mine'] }).value).toEqual(['a', 'both', 'c', 'new', 'mine']);
  });

  it.each([
    ['env', four('name', { value: 'x' })],
    [
      'ports',
      [{ containerPort: 1 }, { containerPort: 1, protocol: 'UDP' }, { containerPort: 2 }, { containerPort: 3 }],
    ],
    ['ports', four('name', { containerPort: 1 })],
    ['volumeMounts', four('mountPath', { name: 'data' })],
    ['volumeDevices', four('devicePath')],
  ])('%s of a container is merged item by item', (list, [a, b, mine, added]) => {
    const containers = (items: Json) => [{ name: 'x', [list]: items }];
    const lists = {
      base: containers([a, b]),
      ours: containers([mine, a, plus(b, 'mine')]),
      theirs: containers([plus(a, 'theirs'), b, added]),
    };
    expect(merged('Deployment', `${pod}.containers`, lists)).toEqual({
      value: containers([mine, plus(a, 'theirs'), plus(b, 'mine'), added]),
      conflicts: 0,
    });
  });

  it('follows a new order of the model while it is untouched', () => {
    const lists = { base: ['a', 'b', 'c'], ours: ['a', 'b', 'c'], theirs: ['c', 'a', 'b', 'd'] };
    const text = (list: Json, name: string) =>
      yamlBlock({ ...(object('Kustomization', 'resources', list) as object), name });
    const result = mergeYaml({
      base: text(lists.base, 'x'),
      ours: text(lists.ours, 'mine'),
      theirs: text(lists.theirs, 'x'),
      path: 'x.yaml',
    });
    expect(parse(result.text)).toEqual({ kind: 'Kustomization', resources: lists.theirs, name: 'mine' });
  });

  it('is one of kustomize by the name of its file alone', () => {
    const result = mergeYaml({
      base: 'resources:\n  - a\n',
      ours: 'resources:\n  - a\n  - mine\n',
      theirs: 'resources:\n  - a\n  - b\n',
      path: 'apps/kustomization.yaml',
    });
    expect(result).toEqual({ text: 'resources:\n  - a\n  - b\n  - mine\n', conflicts: [] });
  });
});

describe('a list that is one value', () => {
  it.each([
    ['of an unlisted path', 'Deployment', 'spec.values.containers', named('a'), named('a', 'mine'), named('a', 'new')],
    ['of an unlisted kind', 'Widget', 'spec.containers', named('a'), named('a', 'mine'), named('a', 'new')],
    ['with items that are alike', 'Kustomization', 'patches', [{ patch: 'a' }], [{ patch: 'b' }], [{ patch: 'c' }]],
    ['with two of one name', 'Pod', 'spec.containers', named('a', 'a'), named('a'), named('a', 'a', 'b')],
  ])('%s is a conflict when both changed it', (_, kind, path, base, ours, theirs) => {
    expect(merged(kind, path, { base, ours, theirs })).toEqual({ value: ours, conflicts: 1 });
    expect(merged(kind, path, { base, ours: base, theirs }).value).toEqual(theirs);
  });
});
