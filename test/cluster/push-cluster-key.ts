import type { FakeSystem } from '../support/fake-system.ts';
import { runMain } from '../support/run-main.ts';
import type { Cluster } from './cluster.ts';

/** `secrets push-key production`, as the person at that machine runs it in the repository. */
export async function pushClusterKey(cluster: Cluster, system: FakeSystem): Promise<void> {
  const [PATH, KUBECONFIG] = await Promise.all(
    ['PATH', 'KUBECONFIG'].map(async (name) => (await cluster.run('printenv', [name])).trim()),
  );
  const context = (await cluster.run('kubectl', ['config', 'current-context'])).trim();
  const person = { ...system, env: { ...system.env, PATH, KUBECONFIG } };
  const { code, err } = await runMain(person, ['secrets', 'push-key', 'production', '--context', context]);
  if (code !== 0) throw new Error(err);
}
