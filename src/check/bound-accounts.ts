import { itemsAt, textAt } from '../yaml/value-at.ts';
import type { CheckedCluster } from './checked-repository.ts';
import { objectsOf } from './cluster-index.ts';

/** Where bindings give rights to somebody. */
export interface BoundAccounts {
  /** Subjects of all bindings: `namespace/name` of accounts, and names of users and groups. */
  subjects: ReadonlySet<string>;
  /** The namespaces that an account has rights in: `everywhere` by a ClusterRoleBinding, empty where no binding has it. */
  reachOf(namespace: string, account: string): ReadonlySet<string> | 'everywhere';
}

const group = 'rbac.authorization.k8s.io';
const everywhere = '';
const known = new WeakMap<CheckedCluster, BoundAccounts>();

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding */
export function boundAccounts(cluster: CheckedCluster): BoundAccounts {
  const found = known.get(cluster) ?? read(cluster);
  known.set(cluster, found);
  return found;
}

function read(cluster: CheckedCluster): BoundAccounts {
  const reach = new Map<string, Set<string>>();
  for (const kind of ['RoleBinding', 'ClusterRoleBinding'])
    for (const { value, namespace } of objectsOf(cluster, group, kind))
      for (const subject of itemsAt(value, ['subjects'])) {
        const name = subjectName(subject);
        const namespaces = reach.get(name) ?? new Set();
        reach.set(name, namespaces.add(kind === 'RoleBinding' ? namespace : everywhere));
      }
  return {
    subjects: new Set(reach.keys()),
    reachOf(namespace, account) {
      const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace}`];
      const namespaces = new Set(
        [`${namespace}/${account}`, ...groups].flatMap((name) => [...(reach.get(name) ?? [])]),
      );
      return namespaces.has(everywhere) ? 'everywhere' : namespaces;
    },
  };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
function subjectName(subject: unknown): string {
  const name = textAt(subject, ['name']) ?? '';
  if (textAt(subject, ['kind']) === 'ServiceAccount') return `${textAt(subject, ['namespace']) ?? ''}/${name}`;
  const [, namespace, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
  return account === undefined ? name : `${namespace}/${account}`;
}
