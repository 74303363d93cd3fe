/** Keys whose value is one schema, a list of schemas, or schemas by name. Everything else in a schema is plain data. */
const oneSchema = new Set(['items', 'additionalProperties', 'not', 'propertyNames']);
const schemaList = new Set(['oneOf', 'anyOf', 'allOf']);
const schemasByName = new Set(['properties']);

/**
 * Rebuilds one schema with each of its direct child schemas replaced.
 *
 * @param {Record<string, unknown>} schema
 * @param {(child: Record<string, unknown>) => Record<string, unknown>} replace
 */
export function mapChildren(schema, replace) {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (oneSchema.has(key)) return [key, isObject(value) ? replace(value) : value];
      if (schemaList.has(key)) return [key, value.map(replace)];
      if (schemasByName.has(key)) return [key, mapValues(value, replace)];
      return [key, value];
    }),
  );
}

/** Sorted by key, so that the same schema always has the same text. */
export function mapValues(record, replace) {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, replace(record[key])]),
  );
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
