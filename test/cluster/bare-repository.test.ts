import { afterAll, beforeAll, expect, it } from 'vitest';
import { namesOf } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { type GeneratedRepository, generatedRepository } from './generated-repository.ts';

describeCluster('a repository without components and apps on real Flux controllers', (cluster) => {
  let repository: GeneratedRepository;
  beforeAll(async () => {
    repository = await generatedRepository({ components: {}, apps: {} });
  });
  afterAll(() => repository?.destroy());

  it('becomes ready, and applies nothing but the cluster variables', async () => {
    const objects = await cluster().sync(repository.folder, { path: 'clusters/staging' });
    expect(objects.map(({ kind, name }) => `${kind}/${name}`)).toEqual([
      'GitRepository/flux-system',
      'Kustomization/apps',
      'Kustomization/flux-system',
      'Kustomization/infrastructure',
    ]);
    expect(await namesOf(cluster(), 'configmap')).toContain('flux-system/cluster-vars');
  });

  it('becomes ready with its first app', async () => {
    await repository.regenerate({ ...repository.model, apps: { web: { image: 'nginx:1.27', replicas: 1 } } });
    await cluster().sync(repository.folder, { path: 'clusters/staging' });
    expect(await namesOf(cluster(), 'deployment')).toContain('web/web');
  });
});
