import { isJsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { BuildFailure, type Place } from '../build-failure.ts';
import { attempt, type Building } from '../building.ts';
import type { ReplacementEntry } from '../loading/kustomization.ts';
import type { KustomizationFile } from '../loading/kustomization-file.ts';
import { localFile } from '../loading/local-file.ts';
import { parsedFile } from '../loading/parsed-files.ts';
import { replaceIn, sourceValue } from '../replacements/replace.ts';
import type { Transformer } from './transformer.ts';

export const replaceValues: Transformer = (building, kustomization, map) => {
  for (const [index, entry] of (kustomization.spec.replacements ?? []).entries()) {
    const place: Place = { file: kustomization.file, path: ['replacements', index] };
    attempt(building, place, () => {
      for (const replacement of entry.path ? inFile(building, kustomization, entry.path) : [entry])
        replaceIn(map, replacement, sourceValue(map, replacement));
      map.ids = undefined;
    });
  }
};

/** A file holds one replacement, or a list of them. */
function inFile(building: Building, kustomization: KustomizationFile, path: string): ReplacementEntry[] {
  const file = localFile(building, kustomization, path);
  return parsedFile(building.tree, file).flatMap(({ value }) => {
    const entries: JsonValue[] = Array.isArray(value) ? value : [value];
    if (entries.every(isJsonObject)) return entries as ReplacementEntry[];
    throw new BuildFailure('replacement', `${path} holds no replacements`, 'Write source and targets.', {
      file,
      line: 1,
    });
  });
}
