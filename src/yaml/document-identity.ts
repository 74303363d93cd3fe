/** What makes a document the same object in two versions of a file. */
export interface DocumentIdentity {
  /** API group without version, `''` for the core group. */
  group: string;
  kind: string;
  /** `''` when the document has none. */
  namespace: string;
  name: string;
}

/** The Kubernetes object a document's value is; undefined when it is none, or has no name of its own (generateName). */
export function identityOf(value: unknown): DocumentIdentity | undefined {
  if (!isMap(value)) return undefined;
  const { apiVersion, kind, metadata } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || !isMap(metadata)) return undefined;
  const { name, namespace } = metadata;
  if (typeof name !== 'string') return undefined;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return { group, kind, namespace: typeof namespace === 'string' ? namespace : '', name };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
