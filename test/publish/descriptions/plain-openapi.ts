/** An object of a description. */
export type Json = Record<string, unknown>;

/** Names of components that others are made of: alone they do not tell all the fields. */
export function allOfNames(document: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(document)) for (const each of document) allOfNames(each, found);
  else if (isObject(document)) {
    const parts = Array.isArray(document.allOf) ? (document.allOf as Json[]) : [];
    for (const { $ref } of parts) if (typeof $ref === 'string') found.add($ref.split('/').at(-1) ?? '');
    for (const each of Object.values(document)) allOfNames(each, found);
  }
  return found;
}

/** What we may send, as JSON Schema: fields that are not described are wrong. */
export function requestSchema(schema: unknown, bases: ReadonlySet<string>): unknown {
  return plain(schema, { bases, isAnswer: false });
}

/** What a server may answer: as `requestSchema`, and fields may be missing. */
export function responseSchema(schema: unknown, bases: ReadonlySet<string>): unknown {
  return plain(schema, { bases, isAnswer: true });
}

interface How {
  bases: ReadonlySet<string>;
  isAnswer: boolean;
}

/**
 * OpenAPI 3.0 as JSON Schema. https://spec.openapis.org/oas/v3.0.3#schema-object
 *
 * @param name of the component that it is @param isOpen others add fields
 */
function plain(value: unknown, how: How, name = '', isOpen = false): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, how, '', isOpen));
  if (!isObject(value)) return value;
  if (typeof value.$ref === 'string') return { $ref: `api${value.$ref}` };
  const { nullable, example: _, examples: __, discriminator: ___, required, oneOf, ...rest } = value;
  const isClosed = isObject(rest.properties) && !('additionalProperties' in rest) && !isOpen && !how.bases.has(name);
  const members = Object.entries(rest).map(([key, inner]): [string, unknown] => [
    key,
    key === 'enum' ? inner : isObject(inner) ? named(inner, how, key) : plain(inner, how, '', key === 'allOf'),
  ]);
  const made = {
    ...Object.fromEntries(members),
    ...(isClosed && !('anyOf' in rest) && !('allOf' in rest) && oneOf === undefined && { additionalProperties: false }),
    ...(Array.isArray(required) && !how.isAnswer && { required }),
    // With fields missing an answer may fit more than one.
    ...(oneOf !== undefined && { [how.isAnswer ? 'anyOf' : 'oneOf']: plain(oneOf, how) }),
  };
  return nullable === true ? { anyOf: [made, { type: 'null' }] } : made;
}

/** The members of `properties` and `components` have names of their own, which are no words of a schema. */
function named(value: Json, how: How, key: string): unknown {
  if (key !== 'properties' && key !== 'schemas') return plain(value, how);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner, how, name)]));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
