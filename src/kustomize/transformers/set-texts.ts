import { isJsonObject, type JsonObject, setField } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { changeFields, type FieldSpec, fits } from '../field-specs/field-spec.ts';
import { currentId, type Resource } from '../resource.ts';
import { setShared, shareText } from '../shared-texts.ts';

/** Sets labels or annotations in the maps that the field specs lead to. @throws BuildFailure where there is no map */
export function setTexts(
  resource: Resource,
  specs: readonly FieldSpec[],
  texts: Readonly<Record<string, string>>,
): void {
  const entries = Object.entries(texts);
  if (entries.length === 0) return;
  const id = currentId(resource);
  const fresh = new Map(entries.map(([name]) => [name, new Set<JsonObject>()]));
  for (const spec of specs) {
    if (!fits(spec, id)) continue;
    changeFields(resource.value, spec, (value) => {
      const map = value ?? {};
      if (!isJsonObject(map)) throw noMap(spec.path, resource);
      for (const [name, text] of entries)
        if (Object.hasOwn(map, name)) setShared(map, name, text);
        else {
          setField(map, name, text);
          fresh.get(name)?.add(map);
        }
      return map;
    });
  }
  for (const [name, maps] of fresh) shareText(maps, name);
}

function noMap(path: string, resource: Resource): BuildFailure {
  return new BuildFailure('wrong-shape', `${path} is no map`, 'Make it a map, or remove it.', resource.origins[0]);
}
