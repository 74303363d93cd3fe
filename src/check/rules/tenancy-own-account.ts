import type { Finding, Rule } from '../rule.ts';
import { accountOf, reconciled, tenantsOf } from '../tenants.ts';

/** Accounts of the platform: whatever is applied as one of them is applied with its rights. */
const ofPlatform = ['kustomize-controller', 'helm-controller', 'flux-reconciler', 'flux-operator'];

export const tenancyOwnAccount: Rule = {
  id: 'tenancy/own-account',
  severity: 'warning',
  why: 'What a team writes is applied with the rights of the account that is named: those of Flux itself, or none.',
  fix: 'Set spec.serviceAccountName to an account that only this team has.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const tenants = tenantsOf(repository, cluster);
      for (const object of tenants === undefined ? [] : reconciled(cluster)) {
        if (!tenants?.isOfTeam(object)) continue;
        const account = accountOf(object);
        const isOwn = account !== undefined && !ofPlatform.includes(account) && account !== 'default';
        if (isOwn) continue;
        const team = tenants.namespaces.has(object.namespace) ? object.namespace : object.name;
        yield {
          message: `Kustomization ${object.name} applies what team ${team} wrote as ${account ?? 'no account of its own'}`,
          at: object.placeOf(['spec', 'serviceAccountName']),
          object: object.id,
          key: 'serviceAccountName',
          cluster: cluster.name,
          hint: `Set spec.serviceAccountName to ${object.namespace === 'flux-system' ? `tenant-${team}` : team}.`,
        };
      }
    }
  },
};
