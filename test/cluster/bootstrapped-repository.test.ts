import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { type GeneratedRepository, generatedRepository } from './generated-repository.ts';
import { recipesBelow } from './readme-recipes.ts';

const path = 'clusters/production';
const password = 'correct horse $1 ${battery} staple';

describeCluster('a cluster started by the README, with the real flux bootstrap and sops', (cluster) => {
  let repository: GeneratedRepository;
  beforeAll(async () => {
    repository = await generatedRepository({ components: {}, apps: { shop: { image: 'nginx:1.27' } } });
  });
  afterAll(() => repository?.destroy());

  it('takes the key that create wrote', async () => {
    const readme = repository.read('README.md');
    const [folder = ''] = /~\/\.config\/create-flux-repo\/keys\/[^`/]+/.exec(readme) ?? [];
    const [recipe] = recipesBelow(readme, 'Start a cluster');
    expect(recipe?.text).toContain('KEYS_FOLDER/');
    const script = (recipe?.text ?? '').replaceAll('KEYS_FOLDER', folder.replace('~', repository.home));
    await cluster().run('sh', ['-e', '-c', script]);
    const secret = await objectAt(cluster(), 'secret', 'flux-system/sops-age');
    expect(Object.keys(secret?.data ?? {})).toEqual(['cluster-production.agekey']);
  });

  it('becomes ready', async () => {
    const objects = await cluster().sync(repository.folder, { path, bootstrap: true });
    const names = objects.filter(({ kind }) => kind === 'Kustomization').map(({ name }) => name);
    expect(names).toEqual(['apps', 'flux-system', 'infrastructure', 'shop']);
  });

  it('keeps our changes to Flux in the repository', async () => {
    const url = await cluster().run('kubectl', [
      ...['get', 'gitrepository.source.toolkit.fluxcd.io', 'flux-system', '--namespace=flux-system'],
      '--output=jsonpath={.spec.url}',
    ]);
    const clone = join(repository.home, 'clone');
    await cluster().run('git', ['clone', '--quiet', url, clone]);
    const bootstrapped = (file: string) =>
      cluster().run('git', ['-C', clone, 'show', `HEAD:${path}/flux-system/${file}`]);
    expect(`${await bootstrapped('kustomization.yaml')}\n`).toBe(
      repository.read(`${path}/flux-system/kustomization.yaml`),
    );
    expect(await bootstrapped('gotk-components.yaml')).toContain('kind: CustomResourceDefinition');
    expect(await bootstrapped('gotk-sync.yaml')).toContain(`path: ./${path}`);
  });

  it('has those changes in effect', async () => {
    const controller = await objectAt(cluster(), 'deployment', 'flux-system/kustomize-controller');
    expect(JSON.stringify(controller?.spec)).toContain('"--feature-gates=CancelHealthCheckOnNewRevision=true"');
    const root = await objectAt(cluster(), 'kustomization.kustomize.toolkit.fluxcd.io', 'flux-system/flux-system');
    expect(root?.spec).toMatchObject({ serviceAccountName: 'kustomize-controller' });
  });

  it('decrypts a Secret that was added as the README says', async () => {
    const [recipe] = recipesBelow(repository.read('README.md'), 'Secrets');
    const command = (recipe?.text ?? '').trim().replace('NAME', 'login').replace('APP', 'shop');
    expect(command).toMatch(/^npx create-flux-repo@\S+ secrets create login --app shop$/);
    const file = join(repository.home, 'password');
    writeFileSync(file, password);
    const words = [...command.split(' ').slice(2), '--from-file', `password=${file}`, '--yes'];
    expect(await repository.run(words)).toMatchObject({ code: 0 });
    expect(repository.read('apps/overlays/production/shop/login.sops.yaml')).not.toContain('correct horse');
    await cluster().sync(repository.folder, { path });
    const secret = await objectAt(cluster(), 'secret', 'shop/login');
    expect(Buffer.from(secret?.data?.password ?? '', 'base64').toString()).toBe(password);
  });
});
