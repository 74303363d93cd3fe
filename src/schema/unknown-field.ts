import { nearest } from '../nearest.ts';
import type { YamlPath } from '../yaml/yaml-path.ts';
import { showPath } from './finding.ts';
import { removedField } from './removed-fields.ts';
import type { Schema } from './schema.ts';
import type { WalkState } from './walk-state.ts';

/** A list of names longer than this helps nobody. */
const fewFields = 12;

/** @param path of the unknown field, below an object that `schema` describes */
export function reportUnknownField(state: WalkState, schema: Schema, path: YamlPath): void {
  const word = String(path.at(-1));
  const known = Object.keys(schema.properties ?? {});
  const parent = path.length === 1 ? state.kind : showPath(path.slice(0, -1));
  const message = `${showPath(path)} is not a field of ${parent}`;
  state.report(
    'schema/unknown-field',
    path,
    message,
    removedField(state.kind, pathKey(path)) ?? suggestion(word, known),
  );
}

function suggestion(word: string, known: readonly string[]): string | undefined {
  const likely = nearest(word, known);
  if (likely) return `Did you mean ${likely}?`;
  return known.length > 0 && known.length <= fewFields ? `It has ${[...known].sort().join(', ')}.` : undefined;
}

/** `spec.postRenderers[0].kustomize` -> `spec.postRenderers[].kustomize`. */
function pathKey(path: YamlPath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[]` : text ? `${text}.${step}` : step),
    '',
  );
}
