import type { MadeRepository } from '../support/made-repository.ts';
import { type Run, runMain } from '../support/run-main.ts';
import type { Cluster } from './cluster.ts';

/** The person of a repository beside a cluster: with its kubectl, and a context that leads there. */
export async function personAt(
  cluster: Cluster,
  { system }: MadeRepository,
): Promise<{ context: string; run(...words: readonly string[]): Promise<Run> }> {
  const [PATH, KUBECONFIG] = await Promise.all(
    ['PATH', 'KUBECONFIG'].map(async (name) => (await cluster.run('printenv', [name])).trim()),
  );
  const context = (await cluster.run('kubectl', ['config', 'current-context'])).trim();
  const person = { ...system, env: { ...system.env, PATH, KUBECONFIG } };
  return { context, run: (...words) => runMain(person, words) };
}
