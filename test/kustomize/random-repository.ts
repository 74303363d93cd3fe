import type { BuildCase } from './cases.ts';
import { type Dice, rolls } from './rolls.ts';

type Fields = Record<string, unknown>;

/** Names of objects by the folder they are in: mostly an object is there once. */
const own: Readonly<Record<string, readonly string[]>> = {
  base: ['web', 'api', 'app'],
  middle: ['db', 'mid'],
  overlay: ['top', 'end'],
  part: ['part'],
};
const names = Object.values(own).flat();
const spaces = ['one', 'two', 'default'];
const words = ['a', 'b', 'c'];

/**
 * A small repository with a base, another that includes it, and an overlay, with whatever kustomize can do to them,
 * right and wrong. The same seed gives the same one.
 */
export function randomRepository(seed: number): BuildCase {
  const roll = rolls(seed);
  const files = new Map<string, string>();
  const write = (path: string, value: unknown) => files.set(path, `${JSON.stringify(value)}\n`);
  const folders = ['base', 'middle', 'overlay'];
  for (const [depth, folder] of folders.entries()) {
    files.set(
      `${folder}/objects.yaml`,
      objects(roll, folder)
        .map((value) => JSON.stringify(value))
        .join('\n---\n'),
    );
    const below = folders.slice(0, depth).filter((_, level) => roll.chance(level === depth - 1 ? 0.9 : 0.1));
    write(`${folder}/kustomization.yaml`, {
      resources: [...(depth === 0 || roll.chance(0.5) ? ['objects.yaml'] : []), ...below.map((name) => `../${name}`)],
      ...(roll.chance(0.15) ? { components: ['../part'] } : {}),
      ...transformations(roll, depth),
    });
  }
  files.set(
    'part/objects.yaml',
    objects(roll, 'part')
      .slice(0, 1)
      .map((value) => JSON.stringify(value))
      .join('\n'),
  );
  write('part/kustomization.yaml', {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    ...(roll.chance(0.3) ? { resources: ['objects.yaml'] } : {}),
    ...transformations(roll, 3),
  });
  return { name: `seed ${seed}`, folder: 'overlay', files };
}

function objects(roll: Dice, folder: string): Fields[] {
  const made = Array.from({ length: 2 + roll.below(4) }, () => roll.pick(makers)(roll));
  for (const object of made) (object.metadata as Fields).name = roll.pick(own[folder] ?? names);
  return [...new Map(made.map((object) => [`${object.kind} ${(object.metadata as Fields).name}`, object])).values()];
}

function metadata(roll: Dice): Fields {
  return {
    name: roll.pick(names),
    ...(roll.chance(0.3) ? { namespace: roll.pick(spaces) } : {}),
    ...(roll.chance(0.4) ? { labels: texts(roll) } : {}),
    ...(roll.chance(0.3) ? { annotations: texts(roll) } : {}),
  };
}

function texts(roll: Dice): Fields {
  return Object.fromEntries(words.filter(() => roll.chance(0.5)).map((word) => [word, roll.pick(words)]));
}

function podSpec(roll: Dice): Fields {
  return {
    ...(roll.chance(0.5) ? { serviceAccountName: roll.pick(names) } : {}),
    containers: ['main', 'side'].filter(() => roll.chance(0.8)).map((name) => container(roll, name)),
    ...(roll.chance(0.5)
      ? {
          volumes: [
            { name: 'v', configMap: { name: roll.pick(names) } },
            { name: 'w', secret: { secretName: roll.pick(names) } },
          ],
        }
      : {}),
  };
}

function container(roll: Dice, name: string): Fields {
  return {
    name,
    ...(roll.chance(0.8) ? { image: roll.pick(['nginx', 'nginx:1', 'reg:5000/x:2', 'redis@sha256:1']) } : {}),
    ...(roll.chance(0.5)
      ? {
          env: [
            { name: 'A', value: roll.pick(words) },
            { name: 'B', valueFrom: { configMapKeyRef: { name: roll.pick(names), key: 'k' } } },
          ],
        }
      : {}),
    ...(roll.chance(0.5) ? { ports: ports(roll) } : {}),
    ...(roll.chance(0.3) ? { args: [roll.pick(words)] } : {}),
  };
}

function ports(roll: Dice): Fields[] {
  return [80, 81]
    .filter(() => roll.chance(0.7))
    .map((containerPort) => ({
      containerPort,
      ...(roll.chance(0.5) ? { protocol: roll.pick(['TCP', 'UDP']) } : {}),
      ...(roll.chance(0.5) ? { name: roll.pick(words) } : {}),
    }));
}

const makers: readonly ((roll: Dice) => Fields)[] = [
  (roll) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata(roll), data: texts(roll) }),
  (roll) => ({ apiVersion: 'v1', kind: 'Secret', metadata: metadata(roll), stringData: texts(roll) }),
  (roll) => ({
    apiVersion: 'apps/v1',
    kind: roll.pick(['Deployment', 'StatefulSet', 'DaemonSet']),
    metadata: metadata(roll),
    spec: {
      ...(roll.chance(0.5) ? { replicas: 1, selector: { matchLabels: texts(roll) } } : {}),
      template: { spec: podSpec(roll) },
    },
  }),
  (roll) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(roll),
    spec: { ports: [{ port: 80 }], ...(roll.chance(0.5) ? { selector: texts(roll) } : {}) },
  }),
  (roll) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata(roll) }),
  (roll) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: roll.pick(spaces) } }),
  (roll) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: roll.pick(['RoleBinding', 'ClusterRoleBinding']),
    metadata: metadata(roll),
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: roll.pick(['Role', 'ClusterRole']),
      name: roll.pick(names),
    },
    subjects: [
      {
        kind: 'ServiceAccount',
        name: roll.pick([...names, 'default']),
        ...(roll.chance(0.7) ? { namespace: roll.pick(spaces) } : {}),
      },
    ],
  }),
  (roll) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: roll.pick(['Role', 'ClusterRole']),
    metadata: metadata(roll),
    rules: [{ resourceNames: [roll.pick(names)] }],
  }),
  (roll) => ({
    apiVersion: 'example.com/v1',
    kind: 'App',
    metadata: metadata(roll),
    spec: { list: [{ name: 'x', value: 1 }], text: roll.pick(words), number: 5 },
  }),
];

function transformations(roll: Dice, depth: number): Fields {
  const some = (chance: number, make: () => Fields): Fields => (roll.chance(chance) ? make() : {});
  return {
    ...some(0.25, () => ({ namespace: roll.pick(spaces) })),
    ...some(0.25, () => ({ namePrefix: roll.pick(['p-', 'q-']) })),
    ...some(0.2, () => ({ nameSuffix: roll.pick(['-s', '-t']) })),
    ...some(0.25, () => ({
      labels: [
        { pairs: texts(roll), includeSelectors: roll.chance(0.4) },
        { pairs: texts(roll), includeTemplates: roll.chance(0.4) },
      ],
    })),
    ...some(0.2, () => ({ commonLabels: texts(roll) })),
    ...some(0.2, () => ({ commonAnnotations: texts(roll) })),
    ...some(0.25, () => ({
      images: [{ name: roll.pick(['nginx', 'redis', 'reg:5000/x']), ...texts(roll), ...image(roll) }].map(
        ({ a: _a, b: _b, c: _c, ...entry }: Fields) => entry,
      ),
    })),
    ...some(0.04, () => ({ replicas: [{ name: roll.pick(names), count: roll.below(5) }] })),
    ...some(0.2, () => ({ configMapGenerator: [generator(roll, depth)] })),
    ...some(0.15, () => ({ secretGenerator: [generator(roll, depth)] })),
    ...some(0.5, () => ({ patches: Array.from({ length: 1 + roll.below(2) }, () => patch(roll)) })),
    ...some(0.06, () => ({ replacements: [replacement(roll)] })),
    ...some(0.1, () => ({ sortOptions: { order: roll.pick(['fifo', 'legacy']) } })),
    ...some(0.1, () => ({ generatorOptions: { disableNameSuffixHash: roll.chance(0.5), labels: texts(roll) } })),
  };
}

function image(roll: Dice): Fields {
  return {
    ...(roll.chance(0.5) ? { newName: roll.pick(['nginx', 'other']) } : {}),
    ...(roll.chance(0.5) ? { newTag: '9' } : {}),
    ...(roll.chance(0.2) ? { digest: 'sha256:2' } : {}),
  };
}

function generator(roll: Dice, depth: number): Fields {
  return {
    name: roll.pick(names),
    ...(roll.chance(0.2) ? { namespace: roll.pick(spaces) } : {}),
    ...(depth > 0 && roll.chance(0.1) ? { behavior: roll.pick(['merge', 'replace', 'create']) } : {}),
    literals: words.filter(() => roll.chance(0.6)).map((word) => `${word}=${roll.pick(words)}`),
    ...(roll.chance(0.2)
      ? { options: { disableNameSuffixHash: true, annotations: texts(roll), immutable: roll.chance(0.5) } }
      : {}),
  };
}

function patch(roll: Dice): Fields {
  const target = {
    ...(roll.chance(0.7) ? { kind: roll.pick(['Deployment', 'ConfigMap', 'App', '.*Set', 'Service']) } : {}),
    ...(roll.chance(0.4) ? { name: roll.pick([...names, 'w.*', 'p-.*']) } : {}),
    ...(roll.chance(0.2) ? { namespace: roll.pick(spaces) } : {}),
    ...(roll.chance(0.2) ? { labelSelector: roll.pick(['a=b', 'a', '!b', 'a in (a,c)']) } : {}),
  };
  if (roll.chance(0.15)) return { target, patch: JSON.stringify(operations(roll)) };
  const merged = mergePatch(roll);
  return roll.chance(0.96)
    ? { target, patch: JSON.stringify(merged), ...(roll.chance(0.1) ? { options: { allowNameChange: true } } : {}) }
    : { patch: JSON.stringify(merged) };
}

function operations(roll: Dice): Fields[] {
  return Array.from({ length: 1 + roll.below(2) }, () =>
    roll.pick<Fields>([
      { op: 'add', path: '/metadata/labels', value: { a: 'z' } },
      { op: 'add', path: '/metadata/labels/a', value: 'y-y' },
      { op: 'replace', path: '/spec', value: { text: 'c' } },
      { op: 'add', path: '/data', value: { k: 'v' } },
      { op: 'replace', path: '/metadata/name', value: 'renamed' },
      { op: 'remove', path: '/spec/list/0' },
      { op: 'test', path: '/kind', value: 'App' },
    ]),
  );
}

function mergePatch(roll: Dice): Fields {
  const base = roll.pick(makers)(roll);
  const extra = roll.pick<Fields>([
    {},
    { $patch: 'delete' },
    { data: { a: null, d: 'new' } },
    { metadata: { ...(base.metadata as Fields), labels: { a: 'patched', b: null } } },
    { spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }, container(roll, 'new')] } } } },
    {
      spec: {
        template: {
          spec: { containers: [{ name: 'main', ports: ports(roll) }], $patch: roll.pick(['merge', 'replace']) },
        },
      },
    },
    { spec: { list: [{ name: 'y-y' }], text: null, map: { x: null, z: { w: null } } } },
    { spec: { ports: [{ port: 80, targetPort: 1 }, { port: 90 }] } },
  ]);
  return { ...base, ...extra };
}

function replacement(roll: Dice): Fields {
  return {
    source: {
      kind: roll.pick(['ConfigMap', 'App', 'Service']),
      ...(roll.chance(0.6) ? { name: roll.pick(names) } : {}),
      ...(roll.chance(0.5)
        ? { fieldPath: roll.pick(['metadata.name', 'data.a', 'spec.number', 'metadata.labels.a']) }
        : {}),
    },
    targets: [
      {
        select: { kind: roll.pick(['App', 'Deployment', 'Service', 'ConfigMap']) },
        fieldPaths: [
          roll.pick([
            'metadata.annotations.r',
            'spec.text',
            'spec.number',
            'metadata.labels.a',
            'spec.list.[name=x].value',
            'spec.list.*.value',
            'spec.template.spec.containers.[name=main].image',
          ]),
        ],
        options: { create: roll.chance(0.6), ...(roll.chance(0.2) ? { delimiter: ':', index: 1 } : {}) },
      },
    ],
  };
}
