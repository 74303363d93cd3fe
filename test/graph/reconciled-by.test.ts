import { describe, expect, it } from 'vitest';
import { fluxGraph } from '../../src/graph/reconciled-by.ts';
import { overlayTree } from '../../src/tree/overlay-tree.ts';
import { clusterObjects, clustersIn } from '../support/cluster-objects.ts';
import { completeModel } from '../support/complete-model.ts';
import { repositoryTree } from '../support/repository-tree.ts';

const nothing = { kindOf: () => undefined, read: () => undefined, list: () => [] };

function reconciled(files: Record<string, string>, cluster = 'clusters/eu') {
  const { kustomizations, problems } = fluxGraph(overlayTree(nothing, new Map(Object.entries(files)))).reconciledBy(
    cluster,
  );
  return {
    problems: problems.map(({ file, line, message }) => `${file}:${line} ${message}`),
    kustomizations,
    files: Object.fromEntries(kustomizations.map(({ name, contents }) => [name, contents.files])),
    named: (name: string) => kustomizations.find((each) => each.name === name),
  };
}

function flux(name: string, path: string, spec = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: ${name}
  namespace: flux-system
spec:
  path: ${path}
  sourceRef:
    kind: GitRepository
    name: flux-system
${spec}`;
}

const lists = (...items: string[]) => `resources:\n${items.map((item) => `  - ${item}\n`).join('')}`;

describe('what Flux reconciles on a cluster', () => {
  it('is everything that is reachable from its folder, each Kustomization with its files', () => {
    const { files, problems, kustomizations } = reconciled({
      'clusters/eu/flux-system/kustomization.yaml': lists('gotk-sync.yaml'),
      'clusters/eu/flux-system/gotk-sync.yaml': flux('flux-system', './clusters/eu'),
      'clusters/eu/apps.yaml': flux('apps', './apps/overlays/production'),
      'clusters/eu/notes.txt': 'no manifest',
      'clusters/us/apps.yaml': flux('elsewhere', './apps'),
      'apps/overlays/production/kustomization.yaml': lists('web.yaml'),
      'apps/overlays/production/web.yaml': `# first\n---\n${flux('web', './apps/overlays/production/web')}`,
      'apps/overlays/production/web/kustomization.yaml': `${lists('../../../base/web', 'db.sops.yaml')}`,
      'apps/overlays/production/web/db.sops.yaml': 'data: {a: ENC[x]}\nsops:\n  mac: ENC[x]\n',
      'apps/base/web/kustomization.yaml': lists('deployment.yaml'),
      'apps/base/web/deployment.yaml': 'kind: Deployment\n',
    });
    expect(problems).toEqual([]);
    expect(files).toEqual({
      'flux-system': [
        'clusters/eu/apps.yaml',
        'clusters/eu/flux-system/kustomization.yaml',
        'clusters/eu/flux-system/gotk-sync.yaml',
      ],
      apps: ['apps/overlays/production/kustomization.yaml', 'apps/overlays/production/web.yaml'],
      web: [
        'apps/overlays/production/web/kustomization.yaml',
        'apps/base/web/kustomization.yaml',
        'apps/base/web/deployment.yaml',
        'apps/overlays/production/web/db.sops.yaml',
      ],
    });
    const web = kustomizations.at(-1);
    expect(web?.contents.encrypted).toEqual(['apps/overlays/production/web/db.sops.yaml']);
    expect(web).toMatchObject({ parent: { name: 'apps', parent: { name: 'flux-system', parent: undefined } } });
    expect(web?.object).toMatchObject({ file: 'apps/overlays/production/web.yaml', line: 3 });
  });

  it('has patches, components, generators and configurations among its files', () => {
    const { files, problems } = reconciled({
      'clusters/eu/a.yaml': flux('a', './a', '  components: [../more]\n'),
      'a/kustomization.yaml': `resources: [https://example.com/crds.yaml, github.com/acme/base//x?ref=v1]
components: [../component]
patches:
  - path: patch.yaml
  - patch: '{}'
patchesStrategicMerge:
  - old.yaml
  - |-
    kind: X
secretGenerator:
  - name: s
    files: [key=secret.txt, plain.txt]
    envs: [secret.env]
configurations: [names.yaml]
transformers: [label.yaml]
`,
      ...Object.fromEntries(
        ['patch.yaml', 'old.yaml', 'secret.txt', 'plain.txt', 'secret.env', 'names.yaml', 'label.yaml'].map((name) => [
          `a/${name}`,
          'x: 1\n',
        ]),
      ),
      'component/kustomization.yaml': lists('c.yaml'),
      'component/c.yaml': 'kind: C\n',
      'more/kustomization.yaml': 'kind: Component\n',
    });
    expect(problems).toEqual([]);
    expect(files.a?.map((path) => path.replace('a/', '')).sort()).toEqual(
      [
        ...['kustomization.yaml', 'label.yaml', 'names.yaml', 'old.yaml', 'patch.yaml', 'plain.txt', 'secret.env'],
        ...['secret.txt', 'component/c.yaml', 'component/kustomization.yaml', 'more/kustomization.yaml'],
      ].sort(),
    );
  });

  it('is every manifest below a folder without kustomization.yaml, but what .sourceignore leaves out', () => {
    const { files } = reconciled({
      '.sourceignore': '/a/left-out/\n',
      'clusters/eu/a.yaml': flux('a', 'a/'),
      'a/x.yml': 'kind: X\n',
      'a/.sops.yaml': 'creation_rules: []\n',
      'a/deep/er/y.yaml': 'kind: Y\n',
      'a/own/kustomization.yaml': lists('z.yaml'),
      'a/own/z.yaml': 'kind: Z\n',
      'a/own/unused.yaml': 'kind: U\n',
      'a/left-out/x.yaml': 'kind: X\n',
      'a/README.md': '',
    });
    expect(files.a).toEqual(['a/deep/er/y.yaml', 'a/x.yml', 'a/own/kustomization.yaml', 'a/own/z.yaml']);
  });

  it('tells the key each Kustomization decrypts with, also where a patch gives it', () => {
    const decryption = '  decryption:\n    provider: sops\n    secretRef: {name: sops-age}\n';
    const patch = "  patches:\n    - patch: '- {op: add, path: /spec/decryption, value: {provider: sops}}'\n";
    const { named } = reconciled({
      'clusters/eu/a.yaml': `${flux('a', './a', decryption)}---\n${flux('b', './b', patch)}`,
      'a/child.yaml': flux('c', './c'),
      'b/child.yaml': flux('d', './c'),
      'c/x.yaml': 'kind: X\n',
    });
    expect(named('a')?.decryption).toEqual({ provider: 'sops', secretName: 'sops-age' });
    expect(named('c')?.decryption).toBeUndefined();
    expect(named('d')?.decryption).toEqual({ provider: 'sops', secretName: undefined });
  });

  it('ends where another source begins, and names it', () => {
    const { named, problems } = reconciled({
      'clusters/eu/a.yaml': flux('a', './deploy')
        .replace('name: flux-system\n', 'name: shop\n')
        .replace('GitR', 'OCIR'),
      'deploy/x.yaml': 'kind: X\n',
    });
    expect(problems).toEqual([]);
    expect(named('a')).toMatchObject({ path: undefined, contents: { files: [] } });
    expect(named('a')?.outside).toMatch(/^OCIRepository\/flux-system\//);
  });

  it('ends in circles, and tells them and all that is missing with its place', () => {
    const { problems, kustomizations } = reconciled({
      'clusters/eu/self.yaml': flux('self', './clusters/eu'),
      'clusters/eu/a.yaml': flux('a', './gone'),
      'clusters/eu/b.yaml': flux('b', './b'),
      'clusters/eu/c.yaml': flux('c', './${folder}'),
      'clusters/eu/d.yaml': flux('d', '../out'),
      'clusters/eu/broken.yaml': `${flux('e', './b')}  path: ./twice\n`,
      'b/kustomization.yaml': lists('../c', 'gone.yaml', '../../out.yaml', '../empty'),
      'c/kustomization.yaml': lists('../b'),
      'empty/x.yaml': 'kind: X\n',
    });
    expect(kustomizations.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c', 'd', 'flux-system', 'self']);
    expect(problems.sort()).toEqual([
      'b/kustomization.yaml:3 gone.yaml is not there',
      'b/kustomization.yaml:4 ../../out.yaml leads out of the repository',
      'b/kustomization.yaml:5 ../empty has no kustomization.yaml',
      'b/kustomization.yaml:undefined this kustomization includes itself, over others or directly',
      'clusters/eu/a.yaml:7 Kustomization a reconciles ./gone, which is not there',
      'clusters/eu/broken.yaml:11 the key "path" is there twice',
      'clusters/eu/c.yaml:7 Kustomization c reconciles ./${folder}, which depends on a variable and is not followed',
      'clusters/eu/d.yaml:7 Kustomization d reconciles ../out, which is not there',
    ]);
  });

  it('is in a generated repository what an independent reader finds', () => {
    const tree = repositoryTree(completeModel({ apps: { web: { image: 'nginx:1.27' } } }));
    const clusters = clustersIn(tree);
    const graph = fluxGraph(overlayTree(nothing, tree));
    expect(clusters.length).toBeGreaterThan(1);
    for (const cluster of clusters) {
      const { kustomizations, problems } = graph.reconciledBy(`clusters/${cluster}`);
      expect(problems).toEqual([]);
      const files = new Set(kustomizations.flatMap(({ contents }) => contents.files));
      expect([...files].sort()).toEqual([...clusterObjects(tree, cluster).files].sort());
    }
  });

  it('of a thousand clusters reads shared files once', () => {
    let reads = 0;
    const shared = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`apps/a${index}.yaml`, flux(`a${index}`, './base')]),
    );
    const clusters = Array.from({ length: 1000 }, (_, index) => [
      `clusters/c${index}/apps.yaml`,
      flux('apps', './apps'),
    ]);
    const below = overlayTree(
      nothing,
      new Map(Object.entries({ ...shared, 'base/x.yaml': 'kind: X\n', ...Object.fromEntries(clusters) })),
    );
    const graph = fluxGraph({
      ...below,
      read(path) {
        reads++;
        return below.read(path);
      },
    });
    for (let index = 0; index < 1000; index++)
      expect(graph.reconciledBy(`clusters/c${index}`).kustomizations).toHaveLength(52);
    expect(reads).toBe(1000 + 50 + 1);
  });
});
