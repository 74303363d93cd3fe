import { fieldOf, isJsonObject, type JsonObject, type JsonValue } from '../../yaml/json-value.ts';
import { BuildFailure } from '../build-failure.ts';
import { textOf } from '../object-id.ts';
import { setShared } from '../shared-texts.ts';

/** Where a value stands: in a map by its name, or in a list by its index. */
export type Slot = { map: JsonObject; name: string } | { list: JsonValue[]; index: number };

export function valueIn(slot: Slot): JsonValue | undefined {
  return 'map' in slot ? fieldOf(slot.map, slot.name) : slot.list[slot.index];
}

export function setIn(slot: Slot, value: JsonValue): void {
  if ('map' in slot) setShared(slot.map, slot.name, value);
  else slot.list[slot.index] = value;
}

/** `spec.containers.[name=a.b].image` -> its steps; a point in brackets or after a backslash parts nothing. */
export function splitFieldPath(path: string): string[] {
  const steps = path.match(/(?:\[[^\]]*\]|\\\.|[^.])+/g) ?? [];
  return steps.map((step) => step.replaceAll('\\.', '.'));
}

/**
 * The places a field path of a replacement leads to. `*` is every item or field, `[name=x]` the items that have it,
 * a number an index.
 *
 * @param create makes what is not there
 * @throws BuildFailure for a name where a list is
 */
export function findSlots(root: JsonObject, steps: readonly string[], create: boolean): Slot[] {
  let slots: Slot[] = [{ list: [root], index: 0 }];
  for (const [depth, step] of steps.entries()) {
    const next = steps[depth + 1];
    slots = slots.flatMap((slot) => {
      if (create && next !== undefined) prepare(slot, step);
      return below(valueIn(slot), step, create);
    });
  }
  return slots;
}

/** Makes the map or list that a step needs. */
function prepare(slot: Slot, step: string): void {
  const value = valueIn(slot);
  if (value === undefined || value === null) setIn(slot, isListStep(step) ? [] : {});
}

function isListStep(step: string): boolean {
  return /^\[.*=.*\]$/.test(step);
}

function below(node: JsonValue | undefined, step: string, create: boolean): Slot[] {
  if (Array.isArray(node)) return inList(node, step, create);
  if (!isJsonObject(node)) return [];
  if (step === '*') return Object.keys(node).map((name) => ({ map: node, name }));
  const name = step.replace(/^\[([^=]*)\]$/, '$1');
  return create || Object.hasOwn(node, name) ? [{ map: node, name }] : [];
}

function inList(list: JsonValue[], step: string, create: boolean): Slot[] {
  if (step === '*') return list.map((_, index) => ({ list, index }));
  if (/^\d+$/.test(step)) return Number(step) < list.length || create ? [{ list, index: Number(step) }] : [];
  const condition = /^\[([^=]*)=(.*)\]$/.exec(step);
  if (condition === null) {
    const hint = 'Say which item: [name=x], an index, or * for all.';
    throw new BuildFailure('replacement', `${step} of the field path leads into a list`, hint);
  }
  const [, key = '', wanted = ''] = condition;
  const found = list.flatMap((item, index) => {
    const isIt = key === '' ? textOf(item) === wanted : textOf(fieldOf(item, key)) === wanted;
    return isIt ? [{ list, index }] : [];
  });
  if (found.length > 0 || !create) return found;
  list.push(key === '' ? wanted : { [key]: wanted });
  return [{ list, index: list.length - 1 }];
}
