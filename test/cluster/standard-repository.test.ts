import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Draft } from '../../src/model/model.ts';
import type { FluxObject, Rewrite } from './cluster.ts';
import { eventually, namesOf, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { type GeneratedRepository, generatedRepository } from './generated-repository.ts';
import { publishStandIns } from './stand-ins.ts';

const path = 'clusters/production';
const draft: Draft = {
  apps: {
    shop: { image: 'nginx:1.27' },
    podinfo: {
      chart: { url: 'oci://ghcr.io/stefanprodan/charts/podinfo', version: '6.x' },
      values: { replicaCount: 2 },
    },
  },
};

describeCluster('the standard repository on real Flux controllers', (cluster) => {
  let repository: GeneratedRepository;
  let rewrites: Rewrite[];
  let first: FluxObject[];
  beforeAll(async () => {
    repository = await generatedRepository(draft);
    rewrites = await publishStandIns(cluster(), repository.folder);
    first = await cluster().sync(repository.folder, { path, rewrites });
  });
  afterAll(() => repository?.destroy());
  const sync = () => cluster().sync(repository.folder, { path, rewrites });

  it('becomes ready: every source, Kustomization and release', () => {
    const names = (kind: string) => first.filter((object) => object.kind === kind).map(({ name }) => name);
    expect(names('Kustomization')).toEqual([
      'apps',
      'cert-manager',
      'cert-manager-config',
      'envoy-gateway',
      'envoy-gateway-config',
      'envoy-gateway-crds',
      'flux-system',
      'gateway-api',
      'gateway-api-crds',
      'infrastructure',
      'podinfo',
      'shop',
    ]);
    expect(names('GitRepository')).toEqual(['envoy-gateway-crds', 'flux-system', 'gateway-api']);
    expect(names('OCIRepository')).toEqual(['cert-manager', 'envoy-gateway', 'podinfo']);
    expect(names('HelmRelease')).toEqual(['cert-manager', 'envoy-gateway', 'podinfo']);
  });

  it('runs the apps and components', async () => {
    const readyReplicas = async (name: string) =>
      (await objectAt(cluster(), 'deployment', name))?.status?.readyReplicas;
    expect(await readyReplicas('shop/shop')).toBe(2);
    expect(await readyReplicas('podinfo/podinfo')).toBe(1);
    for (const name of ['cert-manager', 'cert-manager-cainjector', 'cert-manager-webhook'])
      expect(await readyReplicas(`cert-manager/${name}`), name).toBe(1);
    expect(await readyReplicas('envoy-gateway-system/envoy-gateway')).toBe(1);
  });

  it('gives the charts their values', async () => {
    const settings = await objectAt(cluster(), 'configmap', 'cert-manager/cert-manager');
    expect(settings?.data?.['config.yaml']).toContain('gatewayAPI:\n  enabled: true\n');
    expect(await namesOf(cluster(), 'crd')).toContain('clusterissuers.cert-manager.io');
    const podinfo = await objectAt(cluster(), 'configmap', 'podinfo/podinfo-values');
    expect(podinfo?.data?.values).toBe('replicaCount: 2');
  });

  it('takes the tags with a "v" of a chart that is tagged twice', () => {
    const revision = (name: string) =>
      first.find(({ kind, name: own }) => kind === 'OCIRepository' && own === name)?.revision;
    expect(revision('envoy-gateway')).toMatch(/^v1\.9\.[0-9]+@sha256:/);
  });

  it('routes the app through the platform Gateway, with certificates of the platform CA', async () => {
    const gateway = await objectAt(cluster(), 'gateway', 'envoy-gateway-system/platform');
    expect(gateway?.metadata.annotations).toMatchObject({ 'cert-manager.io/cluster-issuer': 'platform-ca' });
    expect(gateway?.spec).toMatchObject({ gatewayClassName: 'envoy' });
    expect(await namesOf(cluster(), 'gatewayclass')).toEqual(['envoy']);
    expect(await namesOf(cluster(), 'clusterissuer')).toEqual(['platform-ca', 'selfsigned']);
    expect(await namesOf(cluster(), 'httproute')).toEqual(['shop/shop']);
    expect((await objectAt(cluster(), 'httproute', 'shop/shop'))?.spec).toMatchObject({
      hostnames: ['shop.example.internal'],
      parentRefs: [{ name: 'platform', namespace: 'envoy-gateway-system' }],
    });
  });

  it('lets whoever is "edit" in a namespace route traffic to it, and "view" look on', async () => {
    const verbs = async (role: string) => {
      const rules = (await objectAt(cluster(), 'clusterrole', role))?.rules ?? [];
      return rules.filter(({ resources }) => resources?.includes('httproutes')).flatMap((rule) => rule.verbs);
    };
    expect(await verbs('edit')).toEqual(expect.arrayContaining(['create', 'get']));
    expect(await verbs('admin')).toEqual(expect.arrayContaining(['create', 'get']));
    expect(await verbs('view')).toEqual(['get', 'list', 'watch']);
  });

  it('labels its namespaces for Pod Security and keeps them from being pruned', async () => {
    for (const [namespace, level] of Object.entries({
      'cert-manager': 'restricted',
      'envoy-gateway-system': 'baseline',
      podinfo: 'baseline',
      shop: 'baseline',
    })) {
      const metadata = (await objectAt(cluster(), 'namespace', namespace))?.metadata;
      expect(metadata?.labels, namespace).toMatchObject({ 'pod-security.kubernetes.io/enforce': level });
      expect(metadata?.annotations, namespace).toMatchObject({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' });
    }
  });

  it('brought the Gateway API before what needs it, so that nothing was refused on the way', async () => {
    const created = async (kind: string, name: string) =>
      Date.parse((await objectAt(cluster(), kind, name))?.metadata.creationTimestamp ?? '');
    const crd = await created('crd', 'httproutes.gateway.networking.k8s.io');
    const envoyCrd = await created('crd', 'envoyproxies.gateway.envoyproxy.io');
    const controller = await created('deployment', 'envoy-gateway-system/envoy-gateway');
    const gateway = await created('gateway', 'envoy-gateway-system/platform');
    const route = await created('httproute', 'shop/shop');
    expect(crd).toBeLessThan(controller);
    expect(envoyCrd).toBeLessThan(controller);
    expect(crd).toBeLessThan(await created('deployment', 'cert-manager/cert-manager'));
    expect(controller).toBeLessThan(gateway);
    expect(gateway).toBeLessThan(route);
    const events = async (type: string) => {
      const of = `--field-selector=type=${type},source=kustomize-controller`;
      const output = '--output=jsonpath={.items[*].message}';
      return cluster().run('kubectl', ['get', 'events', '--all-namespaces', of, output]);
    };
    expect(await events('Normal')).toContain('Reconciliation finished');
    expect(await events('Warning')).toBe('');
  });

  it('takes a change of an app with the next commit', async () => {
    const file = 'apps/base/shop/deployment.yaml';
    repository.write(file, repository.read(file).replace('replicas: 2', 'replicas: 3'));
    await sync();
    const replicas = async () => (await objectAt(cluster(), 'deployment', 'shop/shop'))?.status?.readyReplicas;
    expect(await eventually(3, replicas)).toBe(3);
  });

  it('removes an app that is gone from the model, and leaves its namespace', async () => {
    const { shop, ...others } = repository.model.apps;
    expect(shop).toBeDefined();
    await repository.regenerate({ ...repository.model, apps: others });
    await sync();
    expect(await namesOf(cluster(), 'httproute')).toEqual([]);
    expect(await objectAt(cluster(), 'deployment', 'shop/shop')).toBeUndefined();
    expect(await objectAt(cluster(), 'kustomization.kustomize.toolkit.fluxcd.io', 'flux-system/shop')).toBeUndefined();
    expect((await objectAt(cluster(), 'namespace', 'shop'))?.status).toMatchObject({ phase: 'Active' });
    expect(await objectAt(cluster(), 'deployment', 'podinfo/podinfo')).toBeDefined();
  });

  it('leaves everything running when the file that starts the apps is deleted', async () => {
    repository.remove(`${path}/apps.yaml`);
    const objects = await sync();
    const kustomizations = objects.filter(({ kind }) => kind === 'Kustomization').map(({ name }) => name);
    expect(kustomizations).not.toContain('apps');
    expect(kustomizations).toContain('podinfo');
    expect((await objectAt(cluster(), 'deployment', 'podinfo/podinfo'))?.status).toMatchObject({ readyReplicas: 1 });
  });
});
