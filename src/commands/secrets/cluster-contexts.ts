import { usageError } from '../../errors.ts';

/**
 * Which context leads to which cluster: `CLUSTER=CONTEXT`, or the bare context where there is one cluster. Names of
 * contexts may hold `=` themselves.
 *
 * @throws ExpectedError (exit 2) for one whose cluster is not told
 */
export function clusterContexts(contexts: readonly string[], clusters: readonly string[]): Map<string, string> {
  const [only] = clusters;
  return new Map(
    contexts.map((text): [string, string] => {
      const cluster = clusters.find((name) => text.startsWith(`${name}=`));
      if (cluster !== undefined) return [cluster, text.slice(cluster.length + 1)];
      if (clusters.length === 1 && only !== undefined && contexts.length === 1) return [only, text];
      throw usageError(`--context ${text} does not say of which cluster it is`, {
        why: [`This is about ${clusters.join(', ')}.`],
        hint: `Write --context CLUSTER=${text}`,
      });
    }),
  );
}
