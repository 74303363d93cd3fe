import { mapChildren } from './schema-tree.mjs';

/** A shared schema costs a `$ref` at each use; below this many characters the copy is as small. */
const worthSharing = 60;

/**
 * Writes each schema that occurs more than once into `$defs` and refers to it, which keeps the data small.
 *
 * @param {Record<string, Record<string, object>>} kinds apiVersion -> kind -> schema, a tree without `$ref`
 * @returns {{ kinds: Record<string, Record<string, object>>, $defs: Record<string, object> }}
 */
export function shareSchemas(kinds) {
  /** Equal schemas become one object here, so counting the references to it is counting its uses. */
  const known = new Map();
  const uses = new Map();
  const intern = (schema) => {
    const interned = mapChildren(schema, intern);
    const text = JSON.stringify(mapChildren(interned, (child) => ({ same: known.get(child) })));
    const seen = known.get(text);
    if (seen) return seen.schema;
    const row = { schema: interned, id: known.size };
    known.set(text, row);
    known.set(interned, row.id);
    mapChildren(interned, (child) => {
      uses.set(child, (uses.get(child) ?? 0) + 1);
      return child;
    });
    return interned;
  };
  const roots = Object.entries(kinds).map(([apiVersion, schemas]) => [
    apiVersion,
    Object.fromEntries(
      Object.keys(schemas)
        .sort()
        .map((kind) => [kind, intern(schemas[kind])]),
    ),
  ]);
  for (const [, schemas] of roots) for (const root of Object.values(schemas)) uses.set(root, (uses.get(root) ?? 0) + 1);
  return emit(roots, uses);
}

function emit(roots, uses) {
  const names = new Map();
  const $defs = {};
  const write = (schema) => {
    const name = names.get(schema);
    if (name) return { $ref: `#/$defs/${name}` };
    if ((uses.get(schema) ?? 0) < 2 || JSON.stringify(schema).length < worthSharing) return mapChildren(schema, write);
    const fresh = names.size.toString(36);
    names.set(schema, fresh);
    $defs[fresh] = {};
    Object.assign($defs[fresh], mapChildren(schema, write));
    return { $ref: `#/$defs/${fresh}` };
  };
  const kinds = Object.fromEntries(
    roots.map(([apiVersion, schemas]) => [
      apiVersion,
      Object.fromEntries(Object.entries(schemas).map(([kind, schema]) => [kind, write(schema)])),
    ]),
  );
  return { kinds, $defs };
}
