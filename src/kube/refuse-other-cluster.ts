import { ExpectedError } from '../errors.ts';
import { clusterNameThere } from './flux-objects.ts';
import type { KubectlCall } from './run-kubectl.ts';

/**
 * Refuses a context that leads to another cluster of the repository than was meant, as far as that one says who it is.
 *
 * @param confirmed names of clusters that a person has vouched for
 * @param again the command with that word of honour, for the hint
 * @throws ExpectedError `other-cluster` (exit 3), and as `runKubectl`
 */
export async function refuseOtherCluster(
  call: KubectlCall,
  cluster: string,
  { confirmed, again }: { confirmed: readonly string[]; again: string },
): Promise<void> {
  const there = await clusterNameThere(call);
  if (there === undefined || there === cluster || confirmed.includes(cluster)) return;
  throw new ExpectedError({
    code: 'other-cluster',
    exitCode: 3,
    message: `context ${call.context} seems to be cluster ${there}, not ${cluster}`,
    why: [`Its ConfigMap flux-system/cluster-vars says cluster_name: ${there}.`],
    hint: `Choose the right context; or, if it is ${cluster} all the same: ${again}`,
  });
}
