import data from './data/scopes.json';

export type Scope = 'Namespaced' | 'Cluster';

/** apiVersion -> kind -> scope, of every kind that has a schema and lives in a cluster. */
const scopes: ReadonlyMap<string, ReadonlyMap<string, Scope>> = new Map(
  Object.entries(data).map(([apiVersion, kinds]) => [
    apiVersion,
    new Map(Object.entries(kinds).map(([kind, scope]) => [kind, scope === 'Cluster' ? 'Cluster' : 'Namespaced'])),
  ]),
);

const groups: ReadonlySet<string> = new Set([...scopes.keys()].map(groupOf));

/** @returns undefined for a kind we know nothing of; most custom resources are `Namespaced` */
export function scopeOf(apiVersion: string, kind: string): Scope | undefined {
  return scopes.get(apiVersion)?.get(kind);
}

/** The kinds of one API version; empty when it is not served or we know nothing of it. */
export function kindsOf(apiVersion: string): readonly string[] {
  return [...(scopes.get(apiVersion)?.keys() ?? [])];
}

/** The API versions that serve a kind of this name, in any group: `['kustomize.toolkit.fluxcd.io/v1']`. */
export function versionsOf(kind: string): readonly string[] {
  return [...scopes].filter(([, kinds]) => kinds.has(kind)).map(([apiVersion]) => apiVersion);
}

/** Whether we have schemas for kinds of this API group; the empty group is the one of `v1`. */
export function isKnownGroup(group: string): boolean {
  return groups.has(group);
}

/** `apps/v1` -> `apps`, `v1` -> the empty string. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
