import { BuildFailure } from '../build-failure.ts';
import { attempt } from '../building.ts';
import { changeFields, fits } from '../field-specs/field-spec.ts';
import { replicaFields } from '../field-specs/other-fields.ts';
import { currentId, type Resource } from '../resource.ts';
import type { Transformer } from './transformer.ts';

export const setReplicas: Transformer = (building, { spec, file }, map) => {
  for (const [index, { name = '', count = 0 }] of (spec.replicas ?? []).entries())
    attempt(building, { file, path: ['replicas', index] }, () => {
      const found = map.resources.filter((resource) => hasName(resource, name));
      let isSet = false;
      for (const resource of found)
        for (const field of replicaFields) {
          if (!fits(field, currentId(resource))) continue;
          isSet = true;
          changeFields(resource.value, field, () => count);
        }
      if (!isSet) throw nothingNamed(name);
    });
};

function hasName(resource: Resource, name: string): boolean {
  return currentId(resource).name === name || resource.previous.some((id) => id.name === name);
}

function nothingNamed(name: string): BuildFailure {
  const message = `no Deployment, StatefulSet, ReplicaSet or ReplicationController is named ${name}`;
  return new BuildFailure('no-target', message, 'Correct the name, or remove the entry from replicas.');
}
