import ignore from 'ignore';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bootstrapCommand } from '../../src/generators/bootstrap-command.ts';
import { generateUnits } from '../../src/generators/generate-units.ts';
import { unitsOf } from '../../src/model/units.ts';
import { completeModel } from '../support/complete-model.ts';
import { at, itemsAt, manifestsIn, textAt } from '../support/manifest.ts';
import { draftMatrix } from '../support/model-matrix.ts';
import { manifestPaths, repositoryTree, toolVersion } from '../support/repository-tree.ts';

const drafts = draftMatrix();
const models = drafts.map((draft) => completeModel(draft));

test('the bookkeeping is one lock for the repository, one for each unit, and the schema for editors', () => {
  for (const model of models) {
    const tree = repositoryTree(model);
    const kept = [...tree.keys()].filter((path) => path.startsWith('.flux-repo/'));
    const locks = unitsOf(model).map(({ unit }) => `.flux-repo/lock/${unit}.json`);
    expect(kept.sort()).toEqual(['.flux-repo/lock.json', '.flux-repo/schema.json', ...locks].sort());
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(tree.get('flux-repo.yaml') ?? '') ?? [];
    expect(tree.has(schema)).toBe(true);
  }
});

test('git ignores nothing that belongs to the repository, and every form of a private key', () => {
  const tree = repositoryTree(completeModel({}));
  const rules = ignore().add(tree.get('.gitignore') ?? '');
  expect(rules.filter([...tree.keys()])).toEqual([...tree.keys()]);
  expect(rules.filter(['secrets/production/db.sops.yaml', '.flux-repo/base/a.yaml'])).toHaveLength(2);
  const secret = [
    'cluster-x.agekey',
    'a/recovery.agekey',
    'keys.txt',
    'age.key',
    'db.dec.yaml',
    '.env',
    'kubeconfig.yaml',
    '.flux-repo/.lock',
  ];
  expect(rules.filter(secret)).toEqual([]);
});

test('clusters are sent what Flux reads, and nothing else', () => {
  for (const model of models) {
    const tree = repositoryTree(model);
    const sent = ignore()
      .add(tree.get('.sourceignore') ?? '')
      .filter([...tree.keys()]);
    expect(sent).toEqual(manifestPaths(tree));
  }
  const rules = ignore().add(repositoryTree(completeModel({})).get('.sourceignore') ?? '');
  expect(rules.filter(['secrets/a/b.sops.yaml', 'apps/.sops.yaml', 'secrets/x/.sops.yaml'])).toEqual([
    'secrets/a/b.sops.yaml',
  ]);
});

describe('the rules of SOPS', () => {
  const rulesOf = (draft: Parameters<typeof completeModel>[0]) =>
    itemsAt(parse(repositoryTree(completeModel(draft)).get('.sops.yaml') ?? ''), 'creation_rules');
  const clusters = {
    prod: { environment: 'prod' },
    'prod-eu': { environment: 'prod' },
    'prod-eu-1': { environment: 'prod-eu' },
  };

  test.for([
    ['secrets/prod/a.sops.yaml', 1],
    ['secrets/prod-eu/a.sops.yaml', 1],
    ['apps/overlays/prod/web/a.sops.yaml', 1],
    ['apps/overlays/prod-eu/web/a.sops.yml', 1],
    ['infrastructure/overlays/prod/cert-manager/config/deep/a.sops.yaml', 1],
    ['apps/overlays/prod/web/a.yaml', 0],
    ['apps/base/web/a.sops.yaml', 0],
    ['clusters/prod/a.sops.yaml', 0],
    ['x/secrets/prod/a.sops.yaml', 0],
    ['secrets/prod/a.sops.yaml.bak', 0],
  ] as const)('say for %s who reads it, %d time(s)', ([path, count]) => {
    for (const name of [path, path.replaceAll('/', '\\')]) {
      const matching = rulesOf({ clusters }).filter((rule) => new RegExp(textAt(rule, 'path_regex')).test(name));
      expect(matching).toHaveLength(count);
    }
  });

  test('let a cluster read what its environment shares, and no other cluster', () => {
    const readers = (path: string, draft: Parameters<typeof completeModel>[0]) => {
      const rule = rulesOf(draft).find((one) => new RegExp(textAt(one, 'path_regex')).test(path));
      return itemsAt(rule, 'key_groups', 0, 'age');
    };
    const model = completeModel({ clusters });
    const recovery = model.secrets.recipients?.recovery;
    const of = (name: string) => model.clusters[name]?.recipients ?? [];
    expect(readers('apps/overlays/prod/a.sops.yaml', { clusters })).toEqual([
      ...of('prod'),
      ...of('prod-eu'),
      recovery,
    ]);
    expect(readers('secrets/prod-eu/a.sops.yaml', { clusters })).toEqual([...of('prod-eu'), recovery]);
    const shared = { clusters, secrets: { keyScope: 'environment' as const } };
    const ofEnvironment = completeModel(shared).environments.prod?.recipients ?? [];
    expect(ofEnvironment).toHaveLength(1);
    expect(readers('apps/overlays/prod/a.sops.yaml', shared)).toEqual([
      ...ofEnvironment,
      completeModel(shared).secrets.recipients?.recovery,
    ]);
  });

  test('are not there when secrets are kept otherwise', () => {
    expect(repositoryTree(completeModel({ secrets: { strategy: 'none' } })).has('.sops.yaml')).toBe(false);
  });
});

test.for([
  [
    { provider: 'github', owner: 'acme' },
    'flux bootstrap github --owner=acme --repository=demo --branch=main --path=clusters/a',
  ],
  [
    { provider: 'gitlab', owner: 'acme/platform', host: 'https://git.example.com:8443/' },
    'flux bootstrap gitlab --hostname=git.example.com:8443 --ssh-hostname=git.example.com --owner=acme/platform --repository=demo --branch=main --path=clusters/a',
  ],
  [
    { provider: 'gitea', owner: 'acme', host: 'git.example.com', branch: "it's;x" },
    "flux bootstrap gitea --hostname=git.example.com --owner=acme --repository=demo --branch='it'\\''s;x' --path=clusters/a",
  ],
  [{ provider: 'git' }, 'flux bootstrap git --url=ssh://git@YOUR_SERVER/OWNER/demo --branch=main --path=clusters/a'],
] as const)('the README says how Flux comes to a cluster: %j', ([repository, command]) => {
  const model = completeModel({ repository, clusters: { a: { environment: 'a' } } });
  expect(bootstrapCommand(model, 'a')).toBe(command);
  expect(repositoryTree(model).get('README.md')).toContain(`   ${command}\n`);
});

test('the README names every cluster, component and app', () => {
  for (const model of models) {
    const text = repositoryTree(model).get('README.md') ?? '';
    for (const cluster of Object.keys(model.clusters)) expect(text).toContain(`| ${cluster} |`);
    for (const app of Object.keys(model.apps)) expect(text).toContain(`| ${app} |`);
    expect(text.match(/^\| \[?[\w -]+(\]\(\S+\))? \| .* \| [\w: -]+ \|$/gm)?.length).toBeGreaterThanOrEqual(
      Object.keys(model.components).length + Object.keys(model.apps).length,
    );
  }
});

test('the picture in the README never has more than 60 nodes', () => {
  const environments = Array.from({ length: 12 }, (_, index) => `e${index}`);
  const clusters = Object.fromEntries(environments.map((environment) => [environment, { environment }]));
  const apps = Object.fromEntries(environments.map((name) => [`app-${name}`, { image: 'nginx' }]));
  for (const draft of [{ clusters, apps }, { clusters, apps, components: {} }, {}]) {
    const text = repositoryTree(completeModel({ ...draft, secrets: { strategy: 'none' } })).get('README.md') ?? '';
    const [, picture = ''] = /```mermaid\n([\s\S]*?)```/.exec(text) ?? [];
    expect(picture.match(/\[/g)?.length).toBeLessThanOrEqual(60);
    expect(picture.match(/^ *subgraph /gm)?.length).toBe(picture.match(/^ *end$/gm)?.length);
  }
});

test('what is said to be the user’s is somewhere in the file', () => {
  const marks = new Map<string, boolean>();
  for (const model of models)
    for (const { entries } of generateUnits(model, { toolVersion }))
      for (const entry of entries.filter((one) => one.kind === 'file'))
        for (const path of entry.userPaths ?? []) {
          const documents = manifestsIn(new Map([[entry.path, entry.contents]]), entry.path);
          const mark = `${entry.path
            .replace(/overlays\/[^/]+|base/, '*')
            .split('/')
            .at(-1)} ${path.join('.')}`;
          marks.set(mark, marks.get(mark) === true || documents.some(({ value }) => at(value, ...path) !== undefined));
        }
  expect(marks.size).toBeGreaterThan(5);
  expect([...marks].filter(([, isThere]) => !isThere)).toEqual([]);
});

test('Renovate looks where images, charts and sources are', () => {
  const tree = repositoryTree(completeModel({ apps: { web: { image: 'nginx' } } }));
  const renovate: unknown = JSON.parse(tree.get('renovate.json') ?? '');
  const patterns = (manager: string) =>
    itemsAt(renovate, manager, 'managerFilePatterns').map((pattern) => new RegExp(String(pattern).slice(1, -1)));
  const looksAt = (manager: string, path: string) =>
    tree.has(path) && patterns(manager).some((pattern) => pattern.test(path));
  expect(looksAt('kubernetes', 'apps/base/web/deployment.yaml')).toBe(true);
  expect(looksAt('flux', 'infrastructure/base/cert-manager/release/release.yaml')).toBe(true);
  expect(looksAt('flux', 'infrastructure/base/gateway-api/release/source.yaml')).toBe(true);
  expect(looksAt('flux', 'infrastructure/overlays/production/envoy-gateway.yaml')).toBe(true);
  expect(looksAt('flux', 'clusters/production/flux-system/gotk-components.yaml')).toBe(true);
  expect(looksAt('flux', 'README.md')).toBe(false);
});
