import { mapChildren, mapValues } from './schema-tree.mjs';

/** Text for people, and what only generated clients and the API server itself need. */
const dropped = new Set([
  'description',
  'title',
  'example',
  'externalDocs',
  'x-kubernetes-group-version-kind',
  'x-kubernetes-unions',
]);

/**
 * Keeps of a schema what decides whether an object is valid, and how lists are merged.
 * `atomic` lists and maps are the default of server-side apply and are left out.
 */
export function stripSchema(schema) {
  const kept = Object.entries(schema).filter(
    ([key, value]) =>
      !dropped.has(key) &&
      !((key === 'x-kubernetes-list-type' || key === 'x-kubernetes-map-type') && value === 'atomic') &&
      !(key === 'required' && value.length === 0),
  );
  const stripped = mapChildren(Object.fromEntries(kept), stripSchema);
  const rules = stripped['x-kubernetes-validations'];
  return rules
    ? { ...stripped, 'x-kubernetes-validations': rules.map(({ rule, message }) => ({ rule, message })) }
    : stripped;
}

/** The fields of a kind: metadata as every object has it, and a status that only controllers write. */
export function kindSchema(schema, metadata) {
  const { status, ...properties } = schema.properties;
  return {
    ...schema,
    properties: mapValues(
      {
        ...properties,
        apiVersion: { type: 'string' },
        kind: { type: 'string' },
        metadata,
        ...(status ? { status: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } : {}),
      },
      (property) => property,
    ),
  };
}
