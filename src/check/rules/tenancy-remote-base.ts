import { lockdownOf } from '../lockdown.ts';
import type { Finding, Rule } from '../rule.ts';
import { tenantsOf } from '../tenants.ts';

export const tenancyRemoteBase: Rule = {
  id: 'tenancy/remote-base',
  severity: 'error',
  why: 'Under lockdown a build with a remote base fails; without it, what a team applies is not in any reviewed source.',
  fix: 'Copy the base into the repository, or fetch it with a source of Flux.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const isRefused = lockdownOf(repository, cluster).has('kustomize-controller', '--no-remote-bases=true');
      const tenants = tenantsOf(repository, cluster);
      for (const { build, object, name } of cluster.kustomizations) {
        const isOfTeam = object !== undefined && tenants?.isOfTeam(object) === true;
        for (const { what, file, line } of isRefused || isOfTeam ? (build?.notBuilt ?? []) : [])
          if (what.startsWith('the remote '))
            yield {
              message: `Kustomization ${name} is built with ${what}`,
              at: { file, line },
              key: what,
              cluster: cluster.name,
              ...(!isRefused && { severity: 'warning' }),
            };
      }
    }
  },
};
