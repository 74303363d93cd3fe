import { declaredSecrets } from '../model/declared-secrets.ts';
import type { CheckedCluster, CheckedRepository } from './checked-repository.ts';
import { indexOf } from './cluster-index.ts';
import { likelyName } from './likely-name.ts';
import { hasLostObjects } from './lost-objects.ts';
import { hasUnknownObjects, isMadeElsewhere } from './made-objects.ts';
import { hasNamespace } from './namespaces-made.ts';
import { originWith } from './origin-with.ts';
import { type Reference, type ReferenceField, referencesIn } from './references.ts';
import type { Finding, Fix } from './rule.ts';

/** What a rule knows of its references. */
interface Judge {
  isLost?(repository: CheckedRepository, cluster: CheckedCluster): boolean;
  isCertain?(cluster: CheckedCluster, reference: Reference): boolean;
}

/**
 * References in these fields to objects that are neither in the repository nor known to be made by anything else.
 * A Secret may well be made by hand: without a sign that a name was mistyped its absence is a warning.
 *
 * @param judge.isLost whether so much of a cluster is not there that nothing can be said of the rest
 * @param judge.isCertain whether nobody else can have made it; if not, it is only told with a sign of a mistyped name
 */
export function* danglingReferences(
  repository: CheckedRepository,
  fields: readonly ReferenceField[],
  { isLost = hasLostObjects, isCertain = () => true }: Judge = {},
): Generator<Finding> {
  const secrets = repository.model === undefined ? [] : declaredSecrets(repository.model);
  const declared = new Set(secrets.map(({ namespace, name }) => `${namespace}/${name}`));
  for (const cluster of repository.clusters) {
    if (isLost(repository, cluster)) continue;
    const isOpen = hasUnknownObjects(cluster, repository.model);
    for (const reference of referencesIn(cluster, fields)) {
      const { from, kind, namespace, name } = reference;
      // an object that can be nowhere is told of already
      if (!hasNamespace(cluster, from.namespace)) continue;
      if (cluster.find(kind, namespace, name) !== undefined || isMadeElsewhere(cluster, kind, namespace, name))
        continue;
      if (kind === 'Kustomization' && cluster.kustomization(`${namespace}/${name}`) !== undefined) continue;
      if (kind === 'Secret' && declared.has(`${namespace}/${name}`)) continue;
      const { likely, elsewhere } = suggestion(cluster, reference);
      const hasSign = likely !== undefined || elsewhere !== undefined;
      if (hasSign || isCertain(cluster, reference)) yield findingOf(repository, cluster, reference, isOpen);
    }
  }
}

function findingOf(
  repository: CheckedRepository,
  cluster: CheckedCluster,
  reference: Reference,
  isOpen: boolean,
): Finding {
  const { from, path, kind, namespace, name, does } = reference;
  const own = namespace === from.namespace ? '' : `${namespace}/`;
  const { likely, isOnlyOne, elsewhere } = suggestion(cluster, reference);
  const isByHand = kind === 'Secret' && likely === undefined && elsewhere === undefined;
  const fix = likely !== undefined && isOnlyOne ? renameFix(repository, reference, likely) : undefined;
  return {
    message: `${from.kind} ${from.name} ${does} ${kind} ${own}${name}, which nothing in this repository makes`,
    at: from.placeOf(path),
    object: from.id,
    key: `${path.join('.')} ${own}${name}`,
    cause: `${kind}/${namespace}/${name}`,
    cluster: cluster.name,
    ...hintOf(reference, likely, elsewhere),
    ...((isOpen || isByHand) && { severity: 'warning' }),
    ...(fix !== undefined && { fix }),
  };
}

function hintOf({ kind, namespace }: Reference, likely: string | undefined, elsewhere: string | undefined) {
  if (likely !== undefined) return { hint: `Did you mean ${likely}?` };
  if (elsewhere !== undefined)
    return { hint: `There is one of this name in namespace ${elsewhere}, but ${namespace} is looked into.` };
  return kind === 'Secret'
    ? {
        hint: `Add it to the repository; if it is made by hand in ${namespace}, say so in a comment that ignores this.`,
      }
    : {};
}

interface Suggestion {
  /** The nearest name in the same namespace. */
  likely: string | undefined;
  /** Nothing else is as near that one could mean it. */
  isOnlyOne: boolean;
  /** A namespace that has one of exactly this name. */
  elsewhere: string | undefined;
}

/** Thousands of references may be dangling for the same reason. */
const known = new WeakMap<CheckedCluster, Map<string, Suggestion>>();

function suggestion(cluster: CheckedCluster, { kind, namespace, name, from }: Reference): Suggestion {
  const suggestions = known.get(cluster) ?? new Map<string, Suggestion>();
  known.set(cluster, suggestions);
  const own = from.kind === kind && from.namespace === namespace ? from.name : undefined;
  const key = `${kind}/${namespace}/${name} ${own ?? ''}`;
  const found = suggestions.get(key) ?? looked(cluster, kind, namespace, name, own);
  suggestions.set(key, found);
  return found;
}

/** @param own the name of who refers, if it is of this kind in this namespace */
function looked(
  cluster: CheckedCluster,
  kind: string,
  namespace: string,
  name: string,
  own: string | undefined,
): Suggestion {
  const objects = [...indexOf(cluster)].flatMap(([key, found]) => (key.endsWith(`/${kind}`) ? found : []));
  const names = objects.filter((object) => object.namespace === namespace).map((object) => object.name);
  const likely = likelyName(name, names, own);
  const others = names.filter((each) => each !== likely);
  const isOnlyOne = likely === undefined || likelyName(name, others, own) === undefined;
  const elsewhere = objects.find((object) => object.name === name)?.namespace;
  return { likely, isOnlyOne, elsewhere };
}

/**
 * Writes the right name where the wrong one stands, if it stands in a document of the object and is as wrong on every
 * cluster that shares the document.
 */
function renameFix(repository: CheckedRepository, reference: Reference, to: string): Fix | undefined {
  const { from, path, kind, namespace, name } = reference;
  const [birth] = from.origins;
  const isRightElsewhere = repository.clusters.some((cluster) => {
    const same = cluster.find(from.kind, from.namespace, from.name);
    if (same === undefined || same.origins[0]?.file !== birth?.file) return false;
    return cluster.find(kind, namespace, name) !== undefined || cluster.find(kind, namespace, to) === undefined;
  });
  const origin = isRightElsewhere ? undefined : originWith(repository, from, path);
  return origin && { file: origin.file, operations: [{ op: 'set', path, value: to, document: origin.document }] };
}
