import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe } from 'vitest';
import type { Cluster } from './cluster.ts';
import { startHarnessCluster } from './harness-cluster.ts';

const scripts = ['up.sh', 'sync.sh', 'with.sh', 'down.sh', 'chart.sh', 'lib/push.sh'];

/**
 * Tests that share one cluster, in order. It starts before the first and always goes down after the last. Without
 * `CLUSTER_HARNESS` they are skipped, and say so.
 *
 * @param alsoNeeds variables without which they are skipped, too
 */
export function describeCluster(
  name: string,
  define: (cluster: () => Cluster) => void,
  alsoNeeds: readonly string[] = [],
): void {
  const harness = process.env.CLUSTER_HARNESS;
  const lacking = alsoNeeds.find((variable) => !process.env[variable]);
  const missing = whatIsMissing(harness) ?? (lacking && `${lacking} is not set`);
  if (missing !== undefined) console.warn(`SKIPPED ${name}: ${missing}`);
  describe.skipIf(missing !== undefined)(name, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      const begun = Date.now();
      cluster = await startHarnessCluster(checked(harness ?? ''));
      const ready = Date.now();
      return async () => {
        const tested = Date.now();
        await cluster?.down();
        const seconds = [ready - begun, tested - ready, Date.now() - tested].map((span) => Math.round(span / 1000));
        console.info(
          `${name}: ${seconds[0]} s to start the cluster, ${seconds[1]} s of tests, ${seconds[2]} s to stop it`,
        );
      };
    });
    define(() => {
      if (cluster === undefined) throw new Error('the cluster has not started');
      return cluster;
    });
  });
}

function whatIsMissing(harness: string | undefined): string | undefined {
  if (!harness) return 'CLUSTER_HARNESS is not set to a folder with up.sh, sync.sh, with.sh and down.sh';
  if (spawnSync('go', ['version']).error !== undefined)
    return 'go is not in PATH: the real CRDs are taken from Go modules';
  return undefined;
}

/** Whoever names a harness wants the lane: one that is not whole fails it. */
function checked(harness: string): string {
  const folder = resolve(harness);
  for (const script of scripts) accessSync(join(folder, script), constants.X_OK);
  return folder;
}
