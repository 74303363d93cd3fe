import { afterAll, beforeAll, expect, it } from 'vitest';
import { evidence } from './breaks/evidence.ts';
import { firstInstalls } from './breaks/first-installs.ts';
import { make } from './breaks/workbench.ts';
import { checkErrors } from './check-errors.ts';
import { describeCluster } from './describe-cluster.ts';
import { type GeneratedRepository, generatedRepository } from './generated-repository.ts';
import { publishStandIns } from './stand-ins.ts';

const path = 'clusters/production';
const controllers = ['image-reflector-controller', 'image-automation-controller'];

describeCluster('a first installation with mistakes on real Flux controllers', (cluster) => {
  let repository: GeneratedRepository;
  beforeAll(async () => {
    repository = await generatedRepository({
      clusters: { production: { environment: 'production' } },
      environments: { production: { intervals: { retry: '5s' } } },
      components: { 'cert-manager': {} },
      apps: { web: { image: 'nginx:1.27', replicas: 0 } },
    });
  });
  afterAll(() => repository?.destroy());

  it.each(firstInstalls.map((each) => [`${each.when} (${each.rule})`, each] as const))(
    'fails where %s, as check says, and is ready without it',
    async (_, mistake) => {
      const rewrites = await publishStandIns(cluster(), repository.folder);
      const undo = make(repository.folder, mistake.edits, 'web');
      expect((await checkErrors(repository.folder)).map(({ rule }) => rule)).toEqual([mistake.rule]);
      await cluster().push(repository.folder, { path, rewrites, controllers });
      const { seen, wanted } = await evidence(cluster(), mistake, 'web', Date.now() + 120_000);
      expect(seen).toMatch(wanted);
      undo();
      await cluster().sync(repository.folder, { path, rewrites, controllers });
    },
  );
});
