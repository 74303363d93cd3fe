import { cloneJson, type JsonValue } from '../../yaml/json-value.ts';
import { plainJson } from '../../yaml/plain-json.ts';
import { BuildFailure } from '../build-failure.ts';
import type { ReplacementEntry, ReplacementOptions } from '../loading/kustomization.ts';
import { showId, textOf } from '../object-id.ts';
import { currentId, type Resource, type ResourceMap } from '../resource.ts';
import { type Selector, selection } from '../selector.ts';
import { findSlots, setIn, splitFieldPath, valueIn } from './field-path.ts';

/** The value to copy: a field of one object, or a part of it. @throws BuildFailure when it is not there */
export function sourceValue(map: ResourceMap, { source, sourceValue: given }: ReplacementEntry): JsonValue {
  if (given !== undefined) return given;
  if (source === undefined) throw refusal('a replacement needs a source', 'Add source: with kind and name.');
  const found = map.resources.filter((resource) => isSource(resource, source));
  const [only, second] = found;
  if (only === undefined) throw refusal('no object is its source', 'Correct kind and name of source.');
  if (second !== undefined) throw refusal('more than one object is its source', 'Say more of it in source.');
  const path = source.fieldPath || 'metadata.name';
  const [slot] = findSlots(only.value, splitFieldPath(path), false);
  const value = slot && valueIn(slot);
  if (value === undefined || value === null)
    throw refusal(`${showId(currentId(only))} has no ${path}`, 'Correct fieldPath of source.');
  return partOf(value, source.options);
}

function isSource(resource: Resource, source: Selector): boolean {
  return [currentId(resource), ...resource.previous].some(
    (id) =>
      (!source.group || source.group === id.group) &&
      (!source.version || source.version === id.version) &&
      (!source.kind || source.kind === id.kind) &&
      (!source.name || source.name === id.name) &&
      (!source.namespace || source.namespace === id.namespace),
  );
}

function partOf(value: JsonValue, options: ReplacementOptions | undefined): JsonValue {
  if (!options?.delimiter) return value;
  const parts = scalarText(value, 'source').split(options.delimiter);
  const part = parts[options.index ?? 0];
  if (part !== undefined) return part;
  throw refusal(`the source has ${parts.length} parts, not ${(options.index ?? 0) + 1}`, 'Correct index.');
}

/** Copies a value into all targets of a replacement. @throws BuildFailure when a field is not there */
export function replaceIn(map: ResourceMap, { targets }: ReplacementEntry, value: JsonValue): void {
  if (!targets || targets.length === 0) throw refusal('a replacement needs targets', 'Add targets: with select.');
  for (const target of targets) {
    if (!target.select) throw refusal('a target needs select', 'Add select: with kind and name.');
    const isSelected = selection(target.select);
    const rejections = (target.reject ?? []).map((selector) => selection(selector));
    for (const resource of map.resources) {
      if (!isSelected(resource) || rejections.some((isRejected) => isRejected(resource))) continue;
      for (const path of target.fieldPaths?.length ? target.fieldPaths : ['metadata.name'])
        replaceField(resource, path, value, target.options ?? {});
    }
  }
}

function replaceField(resource: Resource, path: string, value: JsonValue, options: ReplacementOptions): void {
  const slots = findSlots(resource.value, splitFieldPath(path), options.create === true);
  if (slots.length === 0)
    throw refusal(
      `${showId(currentId(resource))} has no ${path} to replace`,
      'Correct the field path, or set options.create: true.',
    );
  for (const slot of slots) setIn(slot, replaced(valueIn(slot), value, options));
}

function replaced(before: JsonValue | undefined, value: JsonValue, options: ReplacementOptions): JsonValue {
  if (!options.delimiter) return ofSameType(before, value);
  const parts = scalarText(before, 'target').split(options.delimiter);
  const text = scalarText(value, 'source');
  const index = options.index ?? 0;
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return ofSameType(before, parts.join(options.delimiter));
}

/** A scalar that replaces a scalar takes its type: `"8080"` in place of a number is a number. */
function ofSameType(before: JsonValue | undefined, value: JsonValue): JsonValue {
  if (typeof value === 'object' || before === undefined || before === null) return cloneJson(value);
  if (typeof before === 'object') return value;
  if (typeof before === 'string') return String(value);
  const typed = plainJson(String(value), 'manifest');
  if (typeof typed === typeof before && (Number.isInteger(typed) || !Number.isInteger(before))) return typed ?? value;
  throw refusal(
    `${String(value)} cannot take the place of ${String(before)}`,
    'Put the target in quotes: it is a text.',
  );
}

function scalarText(value: JsonValue | undefined, which: string): string {
  if (value === undefined || (typeof value === 'object' && value !== null))
    throw refusal(
      `the ${which} is no single value, so it has no parts`,
      'Remove delimiter, or correct the field path.',
    );
  return textOf(value);
}

function refusal(message: string, hint: string): BuildFailure {
  return new BuildFailure('replacement', message, hint);
}
