import { fieldOf, type JsonObject, type JsonValue } from '../yaml/json-value.ts';
import kustomize from './data/merge-keys.json';

/** What tells objects apart. `namespace` is empty when none is written. */
export interface ObjectId {
  group: string;
  version: string;
  kind: string;
  name: string;
  namespace: string;
}

const clusterKinds: ReadonlySet<string> = new Set(
  Object.entries(kustomize.clusterKinds).flatMap(([apiVersion, kinds]) => kinds.map((kind) => `${apiVersion} ${kind}`)),
);

/** Whether kustomize is certain that a kind has no namespace; it takes custom resources and newer kinds for namespaced. */
export function isClusterKind({ group, version, kind }: Pick<ObjectId, 'group' | 'version' | 'kind'>): boolean {
  return clusterKinds.has(`${group === '' ? '' : `${group}/`}${version} ${kind}`);
}

export function idOf(value: JsonObject): ObjectId {
  const apiVersion = textOf(value.apiVersion);
  const slash = apiVersion.indexOf('/');
  return {
    group: slash === -1 ? '' : apiVersion.slice(0, slash),
    version: slash === -1 ? apiVersion : apiVersion.slice(slash + 1),
    kind: textOf(value.kind),
    name: textOf(fieldOf(value.metadata, 'name')),
    namespace: textOf(fieldOf(value.metadata, 'namespace')),
  };
}

/** A scalar as text: names may be written as numbers. */
export function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The namespace an object is in: `default` where none is written, a marker for kinds without. */
export function effectiveNamespace(id: ObjectId): string {
  return isClusterKind(id) ? '_non_namespaceable_' : id.namespace || 'default';
}

/** Equal for ids of the same object. */
export function idKey(id: ObjectId): string {
  return `${id.group}|${id.version}|${id.kind}|${id.name}|${effectiveNamespace(id)}`;
}

/** For people: `apps/v1 Deployment shop/web`. */
export function showId({ group, version, kind, name, namespace }: ObjectId): string {
  return `${group ? `${group}/` : ''}${version} ${kind} ${namespace ? `${namespace}/` : ''}${name}`.trim();
}
