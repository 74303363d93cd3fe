import { fieldOf } from '../../yaml/json-value.ts';
import { fits } from '../field-specs/field-spec.ts';
import type { ReferenceSpec } from '../field-specs/reference-fields.ts';
import { effectiveNamespace, isClusterKind, textOf } from '../object-id.ts';
import { currentId, originalId, type Resource, type ResourceMap } from '../resource.ts';

/** The objects that were called something else once. */
export interface Renamed {
  byName: ReadonlyMap<string, readonly Resource[]>;
  /** All objects of the build by the namespace they were in at first. */
  bySpace: ReadonlyMap<string, readonly Resource[]>;
}

export function renamedIn(map: ResourceMap): Renamed {
  const byName = new Map<string, Resource[]>();
  for (const resource of map.resources)
    for (const name of new Set(resource.previous.map((id) => id.name))) add(byName, name, resource);
  const bySpace = new Map<string, Resource[]>();
  for (const resource of map.resources) add(bySpace, effectiveNamespace(originalId(resource)), resource);
  return { byName, bySpace };
}

function add(index: Map<string, Resource[]>, key: string, resource: Resource): void {
  const known = index.get(key);
  if (known) known.push(resource);
  else index.set(key, [resource]);
}

interface Question {
  renamed: Renamed;
  referrer: Resource;
  spec: ReferenceSpec;
  path: string;
}

/**
 * The objects that a reference by an old name may mean: in reach of the referrer, then by ever closer kinship as long
 * as more than one is left.
 *
 * @param namespace written beside the name, where there is one
 */
export function candidatesFor(name: string, namespace: string | undefined, question: Question): readonly Resource[] {
  const { renamed, referrer, spec, path } = question;
  const roleRef = path === 'roleRef/name' ? fieldOf(referrer.value, 'roleRef') : undefined;
  const isThere = namespace === undefined ? () => true : inNamespace(namespace, renamed, referrer);
  let found = (renamed.byName.get(name) ?? []).filter(
    (candidate) =>
      isInReach(candidate, referrer) &&
      candidate.previous.some((id) => fits(spec, id)) &&
      isThere(candidate) &&
      (!fieldOf(roleRef, 'apiGroup') || textOf(fieldOf(roleRef, 'kind')) === currentId(candidate).kind),
  );
  for (const isCloser of closer) {
    if (found.length < 2) break;
    const rest = found.filter((candidate) => isCloser(candidate, referrer));
    // Of several distant ones none is meant: copies of a base that something outside names by its old name.
    if (rest.length > 0 || isCloser === sameOverlays) found = rest;
  }
  return found;
}

/** A namespace means the one at first, where anything in reach was in it; else the one of now. */
function inNamespace(namespace: string, { bySpace }: Renamed, referrer: Resource): (candidate: Resource) => boolean {
  const wasUsed = (bySpace.get(namespace) ?? []).some((resource) => isInReach(resource, referrer));
  const idThen = wasUsed ? originalId : currentId;
  return (candidate) => effectiveNamespace(idThen(candidate)) === namespace;
}

function isInReach(candidate: Resource, referrer: Resource): boolean {
  const from = currentId(referrer);
  const to = currentId(candidate);
  if (isClusterKind(from) || isClusterKind(to)) return true;
  return effectiveNamespace(to) === effectiveNamespace(from) || subjectNamespaces(referrer).includes(to.namespace);
}

/** The namespaces whose accounts a RoleBinding names. */
function subjectNamespaces(referrer: Resource): string[] {
  const subjects = referrer.value.kind === 'RoleBinding' ? fieldOf(referrer.value, 'subjects') : undefined;
  if (!Array.isArray(subjects)) return [];
  return subjects
    .filter((subject) => fieldOf(subject, 'kind') === 'ServiceAccount')
    .flatMap((subject) => textOf(fieldOf(subject, 'namespace')) || []);
}

type Closer = (candidate: Resource, referrer: Resource) => boolean;

const sameOverlays: Closer = (candidate, referrer) => sameWay(candidate, referrer, false);

const closer: readonly Closer[] = [
  (candidate, referrer) => effectiveNamespace(currentId(candidate)) === effectiveNamespace(currentId(referrer)),
  (candidate, referrer) => sameWay(candidate, referrer, true),
  sameOverlays,
];

/** Whether two objects came through the same overlays, as far as both got prefixes and suffixes there. */
function sameWay(one: Resource, other: Resource, mayBeEmpty: boolean): boolean {
  return endsAlike(one.prefixes, other.prefixes, mayBeEmpty) && endsAlike(one.suffixes, other.suffixes, mayBeEmpty);
}

function endsAlike(one: readonly string[], other: readonly string[], mayBeEmpty: boolean): boolean {
  if (one.length === 0 || other.length === 0) return mayBeEmpty || one.length === other.length;
  const shared = Math.min(one.length, other.length);
  return one.slice(-shared).join('\0') === other.slice(-shared).join('\0');
}
