import type { CheckedCluster, CheckedKustomization, CheckedRepository, ClusterObject } from '../checked-repository.ts';
import { objectsOf } from '../cluster-index.ts';
import { isBelow, orderOf } from '../completion.ts';
import { likelyName } from '../likely-name.ts';
import { hasLostObjects } from '../lost-objects.ts';
import { hasUnknownObjects } from '../made-objects.ts';
import { isNamespaceGiven } from '../namespaces-made.ts';
import type { Finding, Rule } from '../rule.ts';

/** What a Kustomization has in one namespace. */
interface Use {
  user: CheckedKustomization;
  namespace: string;
  first: ClusterObject;
  count: number;
}

export const orderNamespace: Rule = {
  id: 'order/namespace',
  severity: 'error',
  why: 'Nothing can be applied to a namespace that does not exist: the whole Kustomization fails.',
  fix: 'Add the Namespace, correct metadata.namespace, or let Flux apply the Namespace first.',
  *find(repository): Generator<Finding> {
    for (const cluster of repository.clusters) {
      const isLost = hasLostObjects(repository, cluster);
      for (const use of usesIn(cluster)) {
        const maker = cluster.find('Namespace', '', use.namespace)?.owner;
        if (maker === undefined && !isLost) yield neverMade(repository, cluster, use);
        else if (maker !== undefined && maker !== use.user && !isBelow(use.user, maker)) yield* madeLater(use, maker);
      }
    }
  },
};

/** The namespaces that a cluster's objects need, each once for each Kustomization. */
function usesIn(cluster: CheckedCluster): Use[] {
  const uses = new Map<string, Use>();
  for (const object of cluster.objects) {
    const { namespace, owner } = object;
    if (namespace === '' || isNamespaceGiven(cluster, namespace) || namespace.includes('${')) continue;
    const key = `${owner.id} ${namespace}`;
    const known = uses.get(key);
    if (known === undefined) uses.set(key, { user: owner, namespace, first: object, count: 1 });
    else known.count += 1;
  }
  return [...uses.values()];
}

function neverMade(
  { model }: CheckedRepository,
  cluster: CheckedCluster,
  { user, namespace, first, count }: Use,
): Finding {
  const names = objectsOf(cluster, '', 'Namespace').map(({ name }) => name);
  const likely = likelyName(namespace, names);
  const others = count === 1 ? '' : ` and ${count - 1} more of Kustomization ${user.name}`;
  return {
    message: `${first.kind} ${first.name}${others} must be in namespace ${namespace}, which nothing makes`,
    at: first.placeOf(['metadata', 'namespace']),
    object: first.id,
    key: `namespace ${namespace}`,
    cluster: cluster.name,
    ...(likely !== undefined && { hint: `Did you mean ${likely}?` }),
    ...(hasUnknownObjects(cluster, model) && { severity: 'warning' }),
  };
}

/** Without an order Flux tries again until the namespace is there; what waits for itself never gets there. */
function* madeLater({ user, namespace, first }: Use, maker: CheckedKustomization): Generator<Finding> {
  const order = orderOf(user, maker);
  if (order === 'after' || isAppliedFirst(user, maker)) return;
  const told = `Kustomization ${user.name} needs namespace ${namespace}, which Kustomization ${maker.name} makes`;
  yield {
    message: order === 'before' ? `${told} only after it` : `${told} in no order with it`,
    at: first.placeOf(['metadata', 'namespace']),
    object: first.id,
    key: `namespace ${namespace} of ${maker.id}`,
    cluster: user.cluster.name,
    hint:
      order === 'before'
        ? `Move the Namespace into Kustomization ${user.name}, or to what comes before it.`
        : `Let Kustomization ${user.name} depend on ${maker.name}.`,
    ...(order === 'unordered' && { severity: 'warning' }),
  };
}

/** Whether one of those above depends on what makes the namespace, or has it beside itself. */
function isAppliedFirst(user: CheckedKustomization, maker: CheckedKustomization): boolean {
  const { parent } = user;
  return (
    parent !== undefined && parent !== user && (orderOf(parent, maker) === 'after' || isAppliedFirst(parent, maker))
  );
}
