import type { YamlPath } from '../yaml/yaml-path.ts';
import { checkNumber, checkString, checkValues } from './check-scalar.ts';
import { type Fields, isFields } from './fields.ts';
import { showPath } from './finding.ts';
import { typeHint } from './pattern-words.ts';
import type { Schema } from './schema.ts';
import { fieldSchema } from './stored-form.ts';
import { reportUnknownField } from './unknown-field.ts';
import type { WalkState } from './walk-state.ts';

/** Checks a value and everything below it against a schema; `x-kubernetes-validations` are checked by check-cel.ts. */
export function walk(state: WalkState, given: Schema, value: unknown, path: YamlPath): void {
  const schema = state.schemas.resolve(given);
  if (state.standsIn(value) || (value === null && schema.nullable)) return;
  if (schema['x-kubernetes-int-or-string']) walkIntOrString(state, schema, value, path);
  else if (schema.format === 'quantity') walkQuantity(state, schema, value, path);
  else if (schema.type && !hasType(schema.type, value)) reportType(state, schema, value, path);
  else walkTyped(state, schema, value, path);
}

function walkTyped(state: WalkState, schema: Schema, value: unknown, path: YamlPath): void {
  checkValues(state, schema, value, path);
  if (typeof value === 'string') checkString(state, schema, value, path);
  else if (typeof value === 'number') checkNumber(state, schema, value, path);
  else if (Array.isArray(value)) walkList(state, schema, value, path);
  else if (isFields(value)) walkFields(state, schema, value, path);
  checkAlternatives(state, schema, value, path);
}

function walkFields(state: WalkState, schema: Schema, value: Fields, path: YamlPath): void {
  const names = Object.keys(value);
  checkCount(state, names.length, schema.minProperties, schema.maxProperties, 'entries', path);
  for (const name of schema.required ?? [])
    if (!Object.hasOwn(value, name)) state.report('schema/required', path, `${showPath([...path, name])} is required`);
  const open =
    schema.additionalProperties === true || schema['x-kubernetes-preserve-unknown-fields'] || !schema.properties;
  for (const name of names) {
    const at = [...path, name];
    if (schema.propertyNames) walk(state, schema.propertyNames, name, at);
    const ofField = fieldSchema(state.schemas, schema, name);
    if (ofField) walk(state, ofField, value[name], at);
    else if (state.declares && !open) reportUnknownField(state, schema, at);
  }
}

function walkList(state: WalkState, schema: Schema, value: readonly unknown[], path: YamlPath): void {
  checkCount(state, value.length, schema.minItems, schema.maxItems, 'items', path);
  checkDuplicates(state, schema, value, path);
  const { items } = schema;
  if (items) value.forEach((item, index) => void walk(state, items, item, [...path, index]));
}

/** Server-side apply refuses a list with two items of the same key. */
function checkDuplicates(state: WalkState, schema: Schema, value: readonly unknown[], path: YamlPath): void {
  const listType = schema['x-kubernetes-list-type'];
  if (!listType) return;
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  value.forEach((item, index) => {
    const key = listType === 'map' && isFields(item) ? keys.map((name) => item[name]) : [item];
    const text = JSON.stringify(key);
    if (seen.has(text)) {
      const what = listType === 'map' ? `the ${keys.join(' and ')} of an earlier item` : 'an earlier item';
      state.report('schema/duplicate', [...path, index], `${showPath([...path, index])} repeats ${what}`);
    }
    seen.add(text);
  });
}

function walkIntOrString(state: WalkState, schema: Schema, value: unknown, path: YamlPath): void {
  if (typeof value === 'string') checkString(state, schema, value, path);
  else if (typeof value === 'number' && Number.isInteger(value)) checkNumber(state, schema, value, path);
  else state.report('schema/type', path, `${showPath(path)} must be a whole number or a string, not ${nameOf(value)}`);
}

function walkQuantity(state: WalkState, schema: Schema, value: unknown, path: YamlPath): void {
  if (schema.anyOf?.some((form) => fits(state, form, value))) return;
  const rule = typeof value === 'string' ? 'schema/pattern' : 'schema/type';
  state.report(rule, path, `${showPath(path)} must be a quantity such as 500m, 2 or 128Mi`);
}

function checkCount(
  state: WalkState,
  count: number,
  min: number | undefined,
  max: number | undefined,
  what: string,
  path: YamlPath,
): void {
  if (min !== undefined && count < min)
    state.report('schema/range', path, `${showPath(path)} must have at least ${min} ${what}, not ${count}`);
  if (max !== undefined && count > max)
    state.report('schema/range', path, `${showPath(path)} must have at most ${max} ${what}, not ${count}`);
}

function checkAlternatives(state: WalkState, schema: Schema, value: unknown, path: YamlPath): void {
  const fitting = (forms: readonly Schema[]) => forms.filter((form) => fits(state, form, value)).length;
  const wrong =
    (schema.anyOf && fitting(schema.anyOf) === 0) ||
    (schema.oneOf && fitting(schema.oneOf) !== 1) ||
    (schema.allOf && fitting(schema.allOf) !== schema.allOf.length) ||
    (schema.not && fits(state, schema.not, value));
  if (wrong) state.report('schema/type', path, `${showPath(path)} has none of the forms that its schema allows`);
}

/** Whether a value fits a schema's constraints on values; which fields there are, the schema around it says. */
function fits(state: WalkState, schema: Schema, value: unknown): boolean {
  let fine = true;
  const report = () => {
    fine = false;
  };
  walk({ ...state, declares: false, report }, schema, value, []);
  return fine;
}

function hasType(type: NonNullable<Schema['type']>, value: unknown): boolean {
  if (type === 'object') return isFields(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

const typeNames = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function reportType(state: WalkState, schema: Schema, value: unknown, path: YamlPath): void {
  const wanted = typeNames[schema.type ?? 'object'];
  const message = `${showPath(path)} must be ${wanted}, not ${nameOf(value)}`;
  state.report('schema/type', path, message, typeHint(schema, value));
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return typeNames.array;
  if (isFields(value)) return typeNames.object;
  if (typeof value === 'boolean') return typeNames.boolean;
  return typeof value === 'string' ? typeNames.string : typeNames.number;
}
