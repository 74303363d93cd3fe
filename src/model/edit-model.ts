import { editYaml } from '../yaml/edit-yaml.ts';
import { openYaml, type YamlFile } from '../yaml/yaml-file.ts';
import type { YamlOperation } from '../yaml/yaml-operation.ts';
import type { Model } from './model.ts';
import { readModel } from './read-model.ts';
import { sectionOrder } from './write-model.ts';
import type { YamlSource } from './yaml-source.ts';

/**
 * A value of the model becomes this one; `path` are keys of maps, those that are missing are made. Without a value the
 * key goes.
 */
export interface ModelEdit {
  path: readonly [section: string, ...keys: string[]];
  value: unknown;
}

/**
 * Edits the text of a `flux-repo.yaml`: comments, order, quotes and line ends of everything else stay. A new name goes
 * to its place among its siblings where they are in order, a new section to its place in reading order.
 * @returns the text, and the model it says now
 * @throws ExpectedError with a position when the text cannot be edited safely, or the result is no valid model
 */
export function editModel(source: YamlSource, edits: readonly ModelEdit[]): { text: string; model: Model } {
  const file = openYaml(source.text, source.file);
  const text = editYaml(file, [...newSections(file, edits), ...edits.map(operation)]);
  return { text, model: readModel({ ...source, text }) };
}

function operation({ path, value }: ModelEdit): YamlOperation {
  return value === undefined ? { op: 'remove', path } : { op: 'set', path, value, at: 'sorted' };
}

function newSections(file: YamlFile, edits: readonly ModelEdit[]): YamlOperation[] {
  const value: unknown = file.documents[0]?.value();
  const present = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const missing = new Set(
    edits.filter(({ path, value }) => path.length > 1 && value !== undefined).map(({ path }) => path[0]),
  );
  for (const section of present) missing.delete(section);
  return [...missing].map((section) => {
    const before = sectionOrder.slice(0, sectionOrder.indexOf(section)).filter((other) => present.includes(other));
    const last = before.at(-1);
    return { op: 'ensure-map', path: [section], at: last === undefined ? 'end' : { after: last } };
  });
}

/** The same edits of a model that is no text: of what was applied last. */
export function withEdits(
  model: Readonly<Record<string, unknown>>,
  edits: readonly ModelEdit[],
): Record<string, unknown> {
  return edits.reduce<Record<string, unknown>>((before, { path, value }) => withValue(before, path, value), {
    ...model,
  });
}

function withValue(map: unknown, [key = '', ...rest]: readonly string[], value: unknown): Record<string, unknown> {
  const before: Record<string, unknown> = typeof map === 'object' && map !== null ? { ...map } : {};
  if (rest.length > 0) before[key] = withValue(before[key], rest, value);
  else if (value === undefined) delete before[key];
  else before[key] = value;
  return before;
}
