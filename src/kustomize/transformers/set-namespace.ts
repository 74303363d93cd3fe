import { fieldOf, isJsonObject, type JsonObject } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { changeFields, fits } from '../field-specs/field-spec.ts';
import { namespaceFields } from '../field-specs/other-fields.ts';
import { idKey, isClusterKind, showId } from '../object-id.ts';
import { currentId, type ResourceMap, rememberId } from '../resource.ts';
import type { Transformer } from './transformer.ts';

export const setNamespace: Transformer = (_building, { spec, file }, map) => {
  const namespace = spec.namespace ?? '';
  if (namespace === '') return;
  map.ids = undefined;
  for (const resource of map.resources) {
    rememberId(resource);
    const id = currentId(resource);
    const { metadata } = resource.value;
    if (!isClusterKind(id) && isJsonObject(metadata)) metadata.namespace = namespace;
    setInSubjects(resource.value, namespace);
    for (const field of namespaceFields) if (fits(field, id)) changeFields(resource.value, field, () => namespace);
  }
  refuseSameIds(map, file);
};

/** What is called `default` is taken for the account of the new namespace; others follow the accounts they name. */
function setInSubjects(object: JsonObject, namespace: string): void {
  if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') return;
  const subjects = fieldOf(object, 'subjects');
  if (!Array.isArray(subjects)) return;
  for (const subject of subjects)
    if (isJsonObject(subject) && subject.name === 'default') subject.namespace = namespace;
}

function refuseSameIds(map: ResourceMap, file: string): void {
  const seen = new Set<string>();
  for (const resource of map.resources) {
    const key = idKey(currentId(resource));
    if (seen.has(key))
      throw new BuildFailure(
        'object-twice',
        `with this namespace ${showId(currentId(resource))} would be there twice`,
        'Give one of the two another name, or build them in different kustomizations.',
        { file, path: ['namespace'] },
      );
    seen.add(key);
  }
}
