import { isJsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { changeFields, type FieldSpec, fits } from '../field-specs/field-spec.ts';
import { type ReferenceSpec, referenceFields } from '../field-specs/reference-fields.ts';
import { showId, textOf } from '../object-id.ts';
import { currentId, type Resource, type ResourceMap } from '../resource.ts';
import { candidatesFor, type Renamed, renamedIn } from './referral.ts';

/** Field specs of references by the kind they stand in: most objects hold few of them. */
const byKind = new Map<string, { spec: ReferenceSpec; field: FieldSpec }[]>();
for (const spec of referenceFields)
  for (const field of spec.fields) {
    const kind = field.kind ?? '';
    byKind.set(kind, [...(byKind.get(kind) ?? []), { spec, field }]);
  }

/**
 * Lets references follow the objects they name, once all names are final.
 * @throws BuildFailure when a reference may mean several objects
 */
export function fixNameReferences(map: ResourceMap): void {
  const renamed = renamedIn(map);
  if (renamed.byName.size === 0) return;
  for (const referrer of map.resources) {
    const id = currentId(referrer);
    for (const { spec, field } of byKind.get(id.kind) ?? []) {
      if (!fits(field, id)) continue;
      changeFields(referrer.value, { ...field, create: false }, (value) =>
        changed(value, { renamed, referrer, spec, path: field.path }),
      );
    }
  }
}

interface Reference {
  renamed: Renamed;
  referrer: Resource;
  spec: ReferenceSpec;
  path: string;
}

function changed(value: JsonValue | undefined, reference: Reference): JsonValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map((item) => changed(item, reference) ?? item);
  if (isJsonObject(value)) return followWithNamespace(value, reference);
  const found = referred(textOf(value), undefined, reference);
  return found && currentId(found).name;
}

/** A map with a name and a namespace: subjects of bindings, services of webhooks. */
function followWithNamespace(value: { [key: string]: JsonValue }, reference: Reference): undefined {
  if (value.name === undefined) return;
  const namespace = value.namespace === undefined ? undefined : textOf(value.namespace);
  const found = referred(textOf(value.name), namespace, reference);
  if (found === undefined) return;
  const now = currentId(found);
  value.name = now.name;
  if (now.namespace !== '') value.namespace = now.namespace;
}

function referred(name: string, namespace: string | undefined, reference: Reference): Resource | undefined {
  const { referrer } = reference;
  const found = candidatesFor(name, namespace, reference);
  const [first] = found;
  if (found.length < 2 || new Set(found.map((one) => currentId(one).name)).size === 1) return first;
  const ids = found.map((one) => showId(currentId(one))).join(', ');
  const hint = 'Give the objects different names, or write the final name in the reference.';
  const message = `${showId(currentId(referrer))} names ${name}, which may be ${ids}`;
  throw new BuildFailure('ambiguous-reference', message, hint, referrer.origins[0]);
}
