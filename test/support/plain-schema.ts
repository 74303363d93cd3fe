import type { KindSchema, Schema } from '../../src/schema/schema.ts';

/**
 * The part of a schema that a JSON Schema validator knows, with unknown fields forbidden and formats left out.
 *
 * @param declares whether the schema says which fields there are; those below `oneOf` and its like only constrain them
 */
export function plainSchema(kind: KindSchema, given: Schema, declares = true): object {
  const schema = kind.resolve(given);
  const { format, $ref, properties, items, additionalProperties, oneOf, anyOf, allOf, not, ...rest } = schema;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-kubernetes-')));
  const forms = (name: string, schemas: readonly Schema[] | undefined) =>
    schemas ? { [name]: schemas.map((form) => plainSchema(kind, form, false)) } : {};
  const closed = declares && properties && !additionalProperties && !schema['x-kubernetes-preserve-unknown-fields'];
  return {
    ...kept,
    ...(properties
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, child]) => [key, plainSchema(kind, child, declares)]),
          ),
        }
      : {}),
    ...(items ? { items: plainSchema(kind, items, declares) } : {}),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: plainSchema(kind, additionalProperties, declares) }
      : {}),
    ...(closed ? { additionalProperties: false } : {}),
    ...forms('oneOf', oneOf),
    ...forms('anyOf', anyOf),
    ...forms('allOf', allOf),
    ...(not ? { not: plainSchema(kind, not, false) } : {}),
  };
}
