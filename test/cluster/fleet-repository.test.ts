import { expect, it } from 'vitest';
import { namesOf, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { teamRepository } from './team-repository.ts';

describeCluster('a fleet with teams on real Flux controllers', (cluster) => {
  it('becomes ready under lockdown, and applies what the teams wrote', async () => {
    const { sync } = await teamRepository(cluster(), 'fleet');
    await sync();
    const kustomizations = await namesOf(cluster(), 'kustomizations.kustomize.toolkit.fluxcd.io');
    expect(kustomizations.sort()).toEqual([
      'flux-system/apps',
      'flux-system/flux-system',
      'flux-system/infrastructure',
      'flux-system/shop',
      'flux-system/tenant-search',
      'flux-system/tenant-shop',
      'flux-system/tenants',
      'search/search',
    ]);
    expect((await objectAt(cluster(), 'configmap', 'shop/greeting'))?.data).toEqual({ says: 'hello' });
    expect((await objectAt(cluster(), 'configmap', 'search/index'))?.data).toEqual({ says: 'hello' });
    const controller = JSON.stringify(
      (await objectAt(cluster(), 'deployment', 'flux-system/kustomize-controller'))?.spec,
    );
    expect(controller).toContain('--no-cross-namespace-refs=true');
  });
});
