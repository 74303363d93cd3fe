import { flagsOf, lockdownOf } from '../lockdown.ts';
import type { Finding, Rule } from '../rule.ts';
import { tenantsOf } from '../tenants.ts';

export const tenancyLockdown: Rule = {
  id: 'tenancy/lockdown',
  severity: 'warning',
  why: 'Without these flags a team can use the sources and the rights of others.',
  fix: 'Patch the flags into the controllers in flux-system/kustomization.yaml.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (tenantsOf(repository, cluster) === undefined) continue;
      const lockdown = lockdownOf(repository, cluster);
      for (const controller of lockdown.controllers) {
        const missing = (flagsOf[controller] ?? []).filter((flag) => !lockdown.has(controller, flag));
        if (missing.length === 0) continue;
        const shown = missing.map((flag) => (flag === '--default-service-account' ? `${flag}=default` : flag));
        yield {
          message: `${controller} is not locked down although the cluster has teams: ${shown.join(' ')}`,
          at: { file: `${cluster.folder}/flux-system/kustomization.yaml`, line: 1 },
          object: `Deployment/flux-system/${controller}`,
          key: shown.join(' '),
          cluster: cluster.name,
        };
      }
    }
  },
};
