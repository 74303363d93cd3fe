import { textAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, CheckedRepository } from '../checked-repository.ts';
import { objectsOf } from '../cluster-index.ts';
import { pathsIn } from '../references.ts';
import type { Finding, Rule } from '../rule.ts';

export const kustomizeNotBuilt: Rule = {
  id: 'kustomize/not-built',
  severity: 'warning',
  why: 'What a build fetches, or leaves to a program, can change without a commit here; nothing of it is checked.',
  fix: 'Make it a source with a Kustomization of its own, or copy what comes of it into this repository.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const refused = refusesRemoteBases(repository, cluster) ? /^the remote / : undefined;
      for (const { build } of cluster.kustomizations)
        for (const { what, file, line } of build?.notBuilt ?? []) {
          const isRefused = refused?.test(what) === true;
          yield {
            message: isRefused ? `${what} is refused by Flux on this cluster` : `${what} is not built here`,
            at: { file, line },
            key: what,
            cluster: cluster.name,
            ...(isRefused && { severity: 'error' }),
          };
        }
    }
  },
};

const flag = '--no-remote-bases=true';

/**
 * Before bootstrap, the patch that will set the flag.
 * https://fluxcd.io/flux/installation/configuration/multitenancy/
 */
function refusesRemoteBases({ files }: CheckedRepository, cluster: CheckedCluster): boolean {
  const controller = objectsOf(cluster, 'apps', 'Deployment').find(({ name }) => name === 'kustomize-controller');
  if (controller === undefined)
    return files.get(`${cluster.folder}/flux-system/kustomization.yaml`)?.text.includes(flag) === true;
  const args = ['spec', 'template', 'spec', 'containers', '*', 'args', '*'];
  return pathsIn(controller.value, args).some((path) => textAt(controller.value, path) === flag);
}
