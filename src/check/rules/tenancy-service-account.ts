import { valueAt } from '../../yaml/value-at.ts';
import { lockdownOf } from '../lockdown.ts';
import type { Finding, Rule } from '../rule.ts';
import { accountOf, reconciled, tenantsOf } from '../tenants.ts';

const controllers: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize-controller',
  HelmRelease: 'helm-controller',
};

export const tenancyServiceAccount: Rule = {
  id: 'tenancy/service-account',
  severity: 'error',
  why: 'Under lockdown what names no account is applied as the account default, which has no rights: it fails.',
  fix: 'Set spec.serviceAccountName, to kustomize-controller for a Kustomization of the platform.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const lockdown = lockdownOf(repository, cluster);
      const tenants = tenantsOf(repository, cluster);
      for (const object of reconciled(cluster)) {
        const isLocked = lockdown.has(controllers[object.kind] ?? '', '--default-service-account');
        const isElsewhere = valueAt(object.value, ['spec', 'kubeConfig']) !== undefined;
        if (!isLocked || isElsewhere || accountOf(object) !== undefined || tenants?.isOfTeam(object)) continue;
        yield {
          message: `${object.kind} ${object.name} names no service account: Flux applies it as ${object.namespace}/default`,
          at: object.placeOf(['spec']),
          object: object.id,
          key: 'serviceAccountName',
          cluster: cluster.name,
          ...(tenants?.namespaces.has(object.namespace) && {
            severity: 'warning',
            hint: 'Set spec.serviceAccountName to the account of the team.',
          }),
          ...(object.kind === 'HelmRelease' &&
            !tenants?.namespaces.has(object.namespace) && {
              hint: 'Set spec.serviceAccountName to an account of its namespace that may install it.',
            }),
        };
      }
      const [root] = cluster.kustomizations;
      const isLocked = lockdown.has('kustomize-controller', '--default-service-account');
      if (isLocked && root?.object === undefined && !lockdown.hasRootAccount)
        yield {
          message: 'Kustomization flux-system will name no service account: Flux applies it as flux-system/default',
          at: { file: `${cluster.folder}/flux-system/kustomization.yaml` },
          object: 'Kustomization/flux-system/flux-system',
          key: 'serviceAccountName',
          cluster: cluster.name,
          hint: 'Patch it there: spec.serviceAccountName: kustomize-controller',
        };
    }
  },
};
