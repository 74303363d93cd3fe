import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Draft } from '../../src/model/model.ts';
import type { Cluster, FluxObject } from './cluster.ts';
import { namesOf, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { type GeneratedRepository, generatedRepository } from './generated-repository.ts';
import { copyModuleFolder } from './go-module.ts';
import { publishStandIns } from './stand-ins.ts';

const draft: Draft = {
  clusters: { europe: { environment: 'live', variables: { domain: 'shop.test' } } },
  variables: { acme_server: 'https://acme.test/directory' },
  components: {
    'cert-manager': { settings: { acmeEmail: 'platform@example.com' } },
    'envoy-gateway': {},
    'gateway-api': { provided: true },
    'trust-manager': {
      chart: { url: 'oci://quay.io/jetstack/charts/trust-manager', version: '>=0.24.0 <0.25.0' },
      dependsOn: ['cert-manager'],
      required: true,
    },
    reloader: {
      chart: { url: 'https://stakater.github.io/stakater-charts', name: 'reloader', version: '2.2.x' },
      namespace: 'reload',
      values: { reloader: { reloadStrategy: 'annotations' } },
    },
  },
  apps: {
    podinfo: {
      chart: { url: 'https://stefanprodan.github.io/podinfo', name: 'podinfo', version: '6.x' },
      namespace: 'demo',
      values: { replicaCount: 1, ui: { message: 'hello' } },
      environments: { live: { version: '6.9.x', values: { replicaCount: 3 } } },
    },
    web: {
      image: 'ghcr.io/acme/web:1.2.3',
      namespace: 'demo',
      port: 8080,
      healthPath: '/ready',
      environments: { live: { replicas: 4 } },
      dependsOn: ['podinfo'],
    },
  },
};

describeCluster('a repository of many choices on real Flux controllers', (cluster) => {
  let repository: GeneratedRepository;
  let objects: FluxObject[];
  beforeAll(async () => {
    repository = await generatedRepository(draft);
    await provideGatewayApi(cluster());
    const rewrites = await publishStandIns(cluster(), repository.folder);
    objects = await cluster().sync(repository.folder, { path: 'clusters/europe', rewrites });
  });
  afterAll(() => repository?.destroy());

  it('becomes ready without Kustomizations for what the cluster provides', () => {
    const names = objects.filter(({ kind }) => kind === 'Kustomization').map(({ name }) => name);
    expect(names).toContain('envoy-gateway-config');
    expect(names).not.toContain('gateway-api');
  });

  it('has an ACME issuer beside the platform CA, with the server that the variable names', async () => {
    expect(await namesOf(cluster(), 'clusterissuer')).toEqual(['letsencrypt', 'platform-ca', 'selfsigned']);
    expect((await objectAt(cluster(), 'clusterissuer', 'letsencrypt'))?.spec).toMatchObject({
      acme: { email: 'platform@example.com', server: 'https://acme.test/directory' },
    });
  });

  it('runs charts of its own from a registry and from a Helm repository', async () => {
    const release = async (name: string) => (await objectAt(cluster(), 'configmap', name))?.data;
    // Flux adds the digest to the version of a chart from a registry.
    expect((await release('trust-manager/trust-manager-values'))?.chart).toMatch(/^trust-manager-0\.24\.0\+/);
    expect(await release('reload/reloader-values')).toEqual({
      chart: 'reloader-2.2.0',
      values: 'reloader:\n  reloadStrategy: annotations',
    });
  });

  it('gives an environment its own chart version, values and number of replicas', async () => {
    expect((await objectAt(cluster(), 'configmap', 'demo/podinfo-values'))?.data).toEqual({
      chart: 'podinfo-6.9.0',
      values: 'replicaCount: 3\nui:\n  message: hello',
    });
    expect((await objectAt(cluster(), 'deployment', 'demo/web'))?.status).toMatchObject({ readyReplicas: 4 });
  });

  it('fills in the variables of its cluster', async () => {
    expect((await objectAt(cluster(), 'httproute', 'demo/web'))?.spec).toMatchObject({ hostnames: ['web.shop.test'] });
    const gateway = await objectAt(cluster(), 'gateway', 'envoy-gateway-system/platform');
    expect(JSON.stringify(gateway?.spec)).toContain('"hostname":"*.shop.test"');
  });
});

/** As a cluster does that comes with the Gateway API. */
async function provideGatewayApi(cluster: Cluster): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flux-repo-gateway-api-'));
  try {
    await copyModuleFolder('sigs.k8s.io/gateway-api', 'v1.6.1', 'config/crd', join(folder, 'crd'));
    await cluster.run('kubectl', ['apply', '--server-side', '--kustomize', join(folder, 'crd')]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
