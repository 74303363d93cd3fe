import { nearest } from '../../nearest.ts';
import { itemsAt, textAt, valueAt } from '../../yaml/value-at.ts';
import type { CheckedCluster, ClusterObject } from '../checked-repository.ts';
import { objectsOf } from '../cluster-index.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects } from '../made-objects.ts';
import type { Finding, Rule } from '../rule.ts';
import { accountOf, reconciled } from '../tenants.ts';

export const referenceRights: Rule = {
  id: 'reference/rights',
  severity: 'error',
  why: 'Whatever Flux tries as an account that no role is bound to is forbidden.',
  fix: 'Name the account, with its namespace, in the subjects of a RoleBinding or ClusterRoleBinding.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      if (hasLostObjects(repository, cluster)) continue;
      const bound = boundAccounts(cluster);
      const isOpen = hasUnknownObjects(cluster, repository.model);
      for (const object of reconciled(cluster)) {
        const account = accountOf(object);
        if (account === undefined || valueAt(object.value, ['spec', 'kubeConfig']) !== undefined) continue;
        // of an account that is not there another rule tells; those of Flux come with rights
        if (cluster.find('ServiceAccount', object.namespace, account) === undefined) continue;
        if (hasRights(bound, object.namespace, account)) continue;
        yield { ...finding(cluster, object, account, bound), ...(isOpen && { severity: 'warning' }) };
      }
    }
  },
};

/** Subjects of all bindings: `namespace/name` of accounts, and groups. */
function boundAccounts(cluster: CheckedCluster): ReadonlySet<string> {
  const group = 'rbac.authorization.k8s.io';
  const bindings = [...objectsOf(cluster, group, 'RoleBinding'), ...objectsOf(cluster, group, 'ClusterRoleBinding')];
  return new Set(bindings.flatMap(({ value }) => itemsAt(value, ['subjects']).map(subjectName)));
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
function subjectName(subject: unknown): string {
  const name = textAt(subject, ['name']) ?? '';
  if (textAt(subject, ['kind']) === 'ServiceAccount') return `${textAt(subject, ['namespace']) ?? ''}/${name}`;
  const [, namespace, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
  return account === undefined ? name : `${namespace}/${account}`;
}

function hasRights(bound: ReadonlySet<string>, namespace: string, account: string): boolean {
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return [`${namespace}/${account}`, ...groups].some((subject) => bound.has(subject));
}

function finding(cluster: CheckedCluster, object: ClusterObject, account: string, bound: ReadonlySet<string>): Finding {
  const likely = nearest(`${object.namespace}/${account}`, [...bound]);
  return {
    message: `${object.kind} ${object.name} acts as ServiceAccount ${account}, which no role is bound to`,
    at: object.placeOf(['spec', 'serviceAccountName']),
    object: object.id,
    key: `rights of ${account}`,
    cluster: cluster.name,
    ...(likely !== undefined && { hint: `A role is bound to ${likely}: was that one meant?` }),
  };
}
