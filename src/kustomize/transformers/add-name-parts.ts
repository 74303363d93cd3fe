import { fieldOf, isJsonObject } from '../../yaml/json-value.ts';
import { type ObjectId, textOf } from '../object-id.ts';
import { currentId, type ResourceMap, rememberId } from '../resource.ts';
import type { Transformer } from './transformer.ts';

export const addPrefix: Transformer = (_building, { spec }, map) => addPart(map, spec.namePrefix ?? '', 'prefixes');

export const addSuffix: Transformer = (_building, { spec }, map) => addPart(map, spec.nameSuffix ?? '', 'suffixes');

function addPart(map: ResourceMap, part: string, where: 'prefixes' | 'suffixes'): void {
  if (part === '') return;
  map.ids = undefined;
  for (const resource of map.resources) {
    if (keepsName(currentId(resource))) continue;
    rememberId(resource);
    resource[where].push(part);
    const metadata = fieldOf(resource.value, 'metadata');
    if (!isJsonObject(metadata)) continue;
    const name = textOf(metadata.name);
    metadata.name = where === 'prefixes' ? part + name : name + part;
  }
}

/** Kinds whose names mean something elsewhere. */
function keepsName({ group, kind }: ObjectId): boolean {
  if (kind === 'APIService') return group === 'apiregistration.k8s.io';
  return kind === 'CustomResourceDefinition' || kind === 'Namespace';
}
