import { isFields } from './fields.ts';
import type { KindSchema, Schema } from './schema.ts';

/**
 * An object as the API server sees it before it validates: nulls that mean "not set" dropped, defaults filled in.
 * Parts that need neither are shared with the original, which stays as it is.
 *
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
 */
export function storedForm(kind: KindSchema, schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!schema.items) return value;
    const items = kind.resolve(schema.items);
    const stored = value.map((item) =>
      item === null && items.default !== undefined ? items.default : storedForm(kind, items, item),
    );
    return stored.some((item, index) => item !== value[index]) ? stored : value;
  }
  if (!isFields(value)) return value;
  return storedFields(kind, schema, value);
}

function storedFields(kind: KindSchema, schema: Schema, value: Readonly<Record<string, unknown>>): unknown {
  let copy: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    const ofField = fieldSchema(kind, schema, name);
    if (!ofField) continue;
    const stored = field === null && !ofField.nullable ? undefined : storedForm(kind, ofField, field);
    if (stored === field) continue;
    copy ??= { ...value };
    if (stored === undefined) delete copy[name];
    else copy[name] = stored;
  }
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (Object.hasOwn(copy ?? value, name)) continue;
    const resolved = kind.resolve(property);
    if (resolved.default === undefined) continue;
    copy ??= { ...value };
    copy[name] = storedForm(kind, resolved, resolved.default);
  }
  return copy ?? value;
}

/** The schema of a field by its name; undefined when unknown, or when anything is allowed. */
export function fieldSchema(kind: KindSchema, schema: Schema, name: string): Schema | undefined {
  const property = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  if (property) return kind.resolve(property);
  return typeof schema.additionalProperties === 'object' ? kind.resolve(schema.additionalProperties) : undefined;
}
