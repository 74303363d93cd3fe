import { expect, it } from 'vitest';
import { repositoryWithSecrets, sealDeclared, secretValue } from '../support/repository-with-secrets.ts';
import { runMain } from '../support/run-main.ts';
import type { Cluster } from './cluster.ts';
import { eventually, objectAt } from './cluster-objects.ts';
import { describeCluster } from './describe-cluster.ts';

/** A person with a committed repository that has an encrypted Secret, and a way to the cluster. */
async function personAt(cluster: Cluster) {
  const repository = await repositoryWithSecrets();
  const [PATH, KUBECONFIG] = await Promise.all(
    ['PATH', 'KUBECONFIG'].map(async (name) => (await cluster.run('printenv', [name])).trim()),
  );
  const context = (await cluster.run('kubectl', ['config', 'current-context'])).trim();
  const system = { ...repository.system, env: { ...repository.system.env, PATH, KUBECONFIG } };
  const run = (...words: string[]) => runMain(system, words);
  return {
    repository,
    sync: () => cluster.sync(repository.root, { path: 'clusters/production' }),
    pushKey: (name: string, ...words: string[]) => run('secrets', 'push-key', name, '--context', context, ...words),
    rotate: (...words: string[]) => run('secrets', 'rotate', '--cluster', 'production', '--yes', '--commit', ...words),
    context,
  };
}

describeCluster('the keys of a real cluster', (cluster) => {
  const password = async () => {
    const data = (await objectAt(cluster(), 'secret', 'web/db'))?.data?.password;
    return data && Buffer.from(data, 'base64').toString('utf8');
  };
  const entries = async () =>
    Object.keys((await objectAt(cluster(), 'secret', 'flux-system/sops-age'))?.data ?? {}).sort();
  const [first, next] = ['cluster-production.agekey', 'cluster-production.next.agekey'];

  it('decrypt a Secret from the first sync on, through every stage of a rotation and after it', async () => {
    const { repository, sync, pushKey, rotate, context } = await personAt(cluster());
    // Before Flux: not even its namespace is there.
    expect(await pushKey('production')).toMatchObject({ code: 0 });
    expect(await entries()).toEqual([first]);
    await sync();
    expect(await password()).toBe(secretValue);
    const refused = await pushKey('staging');
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('to be cluster production, not staging') });

    await putBeside(cluster(), 'team.agekey');
    expect(await rotate()).toMatchObject({ code: 0 });
    await sync();
    expect(await rotate('--context', context)).toMatchObject({ code: 3 });
    expect(await pushKey('production')).toMatchObject({ code: 0 });
    expect(await entries()).toEqual([first, next, 'team.agekey']);
    expect(await rotate('--context', context)).toMatchObject({ code: 0 });
    await sync();
    expect(await pushKey('production', '--prune')).toMatchObject({ code: 0 });
    expect(await entries()).toEqual([first, 'team.agekey']);

    await sealDeclared(repository, 'after-the-rotation');
    await sync();
    expect(await eventually('after-the-rotation', password)).toBe('after-the-rotation');
  });

  it('never made a Kustomization fail on the way', async () => {
    const selector = '--field-selector=type=Warning,source=kustomize-controller';
    const output = '--output=jsonpath={.items[*].message}';
    expect(await cluster().run('kubectl', ['get', 'events', '--all-namespaces', selector, output])).toBe('');
  });
});

/** Somebody else keeps a key in the same Secret, by kubectl. */
async function putBeside(cluster: Cluster, entry: string): Promise<void> {
  const patch = JSON.stringify({ stringData: { [entry]: '# nothing\n' } });
  await cluster.run('kubectl', ['patch', 'secret', 'sops-age', '--namespace=flux-system', `--patch=${patch}`]);
}
