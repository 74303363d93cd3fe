import { fieldOf, isJsonObject, type JsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { readValues, type ValueDocument } from '../../yaml/read-values.ts';
import { ValueFault } from '../../yaml/value-fault.ts';
import { BuildFailure } from '../build-failure.ts';
import type { Building } from '../building.ts';
import type { KustomizationFile } from '../loading/kustomization-file.ts';
import { localFile } from '../loading/local-file.ts';
import { parsedFile } from '../loading/parsed-files.ts';
import { textOf } from '../object-id.ts';
import type { Origin } from '../resource.ts';

/** A patch as read: operations, or objects to merge. */
export type PatchContent =
  | { kind: 'operations'; operations: readonly JsonValue[]; origin: Origin }
  | { kind: 'objects'; objects: readonly { object: JsonObject; origin: Origin }[] };

/** @throws BuildFailure when the file is missing, or when it is neither kind of patch */
export function patchFile(building: Building, kustomization: KustomizationFile, path: string): PatchContent {
  const file = localFile(building, kustomization, path);
  return contentOf(parsedFile(building.tree, file), (document) => ({
    file,
    document: document.index,
    line: document.line,
  }));
}

/** As kustomize decides: what begins with a bracket is JSON. */
function refuseYamlInBrackets(text: string): void {
  if (!text.trimStart().startsWith('[')) return;
  try {
    JSON.parse(text);
  } catch {
    const hint = 'Write it as a YAML list, one operation a line, or with all names and texts in quotes.';
    throw new BuildFailure('patch', 'a patch that begins with [ must be JSON', hint);
  }
}

/** A patch written into a kustomization file; `origin` is where. */
export function patchText(text: string, origin: Origin): PatchContent {
  try {
    refuseYamlInBrackets(text);
    return contentOf(readValues(text), () => origin);
  } catch (error) {
    if (!(error instanceof ValueFault)) throw error;
    throw new BuildFailure('patch', `the patch cannot be read: ${error.message}`, 'Correct its YAML.');
  }
}

/** A patch to merge must look like an object, even where a target says what it is for. */
function isNamed(patch: JsonObject): boolean {
  return textOf(patch.kind) !== '' && textOf(fieldOf(patch.metadata, 'name')) !== '';
}

function contentOf(documents: readonly ValueDocument[], originOf: (document: ValueDocument) => Origin): PatchContent {
  const written = documents.filter(({ value }) => value !== null);
  const [first] = written;
  if (first !== undefined && Array.isArray(first.value))
    return { kind: 'operations', operations: first.value, origin: originOf(first) };
  const objects = written.flatMap((document) =>
    isJsonObject(document.value) && isNamed(document.value)
      ? [{ object: document.value, origin: originOf(document) }]
      : [],
  );
  if (objects.length === written.length) return { kind: 'objects', objects };
  const hint = 'Write a list of operations, or an object with apiVersion, kind and metadata.name.';
  throw new BuildFailure('patch', 'this is neither a JSON 6902 patch nor a strategic merge patch', hint);
}
