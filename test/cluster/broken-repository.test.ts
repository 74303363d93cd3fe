import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Break } from './breaks/break.ts';
import { appOf, breaks } from './breaks/breaks.ts';
import { evidence } from './breaks/evidence.ts';
import { readiness } from './breaks/readiness.ts';
import { make, workbench } from './breaks/workbench.ts';
import { checkErrors } from './check-errors.ts';
import type { Cluster } from './cluster.ts';
import { describeCluster } from './describe-cluster.ts';
import type { GeneratedRepository } from './generated-repository.ts';
import { publishStandIns } from './stand-ins.ts';

const path = 'clusters/production';
const controllers = ['image-reflector-controller', 'image-automation-controller'];
/** Milliseconds in which everything that can fail has failed: waits for health end after 20 s. */
const patience = 300_000;

describeCluster('a repository with mistakes on real Flux controllers', (cluster) => {
  let repository: GeneratedRepository;
  let deadline = 0;
  beforeAll(async () => {
    repository = await workbench();
  });
  afterAll(() => repository?.destroy());

  describe('check finds one error in a repository in which', () => {
    it.each(breaks.map((each) => [sentence(each), each] as const))('%s', async (_, mistake) => {
      const undo = make(repository.folder, mistake.edits, appOf(mistake));
      const errors = await checkErrors(repository.folder);
      undo();
      const rules = [...new Set(errors.map(({ rule }) => rule))].sort();
      expect({ rules, errors }).toEqual({ rules: [mistake.rule, ...(mistake.also ?? [])].sort(), errors });
    });
  });

  it('is all ready without the mistakes', async () => {
    await pushKeys(cluster(), repository);
    const rewrites = await publishStandIns(cluster(), repository.folder);
    const images = { from: 'ghcr.io/stefanprodan/', to: '@OCI@/' };
    await cluster().sync(repository.folder, { path, rewrites, controllers });
    for (const mistake of breaks) make(repository.folder, [...mistake.edits, ...(mistake.abuse ?? [])], appOf(mistake));
    const push = () => cluster().push(repository.folder, { path, rewrites: [...rewrites, images], controllers });
    await push();
    // Apps that wait for each other are stuck from the commit after the one that made them.
    await cluster().run('flux', ['reconcile', 'kustomization', 'apps', '--with-source']);
    repository.write('NOTES.md', 'Nothing that Flux reads.\n');
    await push();
    deadline = Date.now() + patience;
  });

  describe('the cluster fails where', () => {
    it.each(breaks.map((each) => [sentence(each), each] as const))('%s', async (_, mistake) => {
      const { seen, wanted } = await evidence(cluster(), mistake, appOf(mistake), deadline);
      expect(seen).toMatch(wanted);
    });

    it('nothing else does', async () => {
      const broken = new Set(breaks.map(appOf));
      const failing = [...(await readiness(cluster()))].filter(([, said]) => !said.startsWith('True'));
      const names = failing.map(([id]) => id.split('/').at(-1) ?? '');
      expect(names.filter((name) => !broken.has(name.replace(/-b$/, '')))).toEqual([]);
    });
  });
});

function sentence({ rule, when }: Break): string {
  return `${when} (${rule})`;
}

/** The keys of the cluster and of the team, as a person brings them. */
async function pushKeys(cluster: Cluster, repository: GeneratedRepository): Promise<void> {
  const [PATH = '', KUBECONFIG = ''] = await Promise.all(
    ['PATH', 'KUBECONFIG'].map(async (name) => (await cluster.run('printenv', [name])).trim()),
  );
  const context = (await cluster.run('kubectl', ['config', 'current-context'])).trim();
  const { code, err } = await repository.run(['secrets', 'push-key', 'production', '--context', context], {
    PATH,
    KUBECONFIG,
  });
  if (code !== 0) throw new Error(err);
}
