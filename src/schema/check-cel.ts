import type { YamlPath } from '../yaml/yaml-path.ts';
import { celRuleOf } from './cel/cel-rules.ts';
import { isFields } from './fields.ts';
import { showPath } from './finding.ts';
import type { Schema } from './schema.ts';
import { fieldSchema } from './stored-form.ts';
import type { WalkState } from './walk-state.ts';

/** Whether a schema or one below it has rules; most have none, and their values are not visited. */
const ruled = new WeakMap<Schema, boolean>();

/**
 * Checks the `x-kubernetes-validations` of a schema and of those below it.
 * Like the API server it expects a value that is valid against the schema otherwise.
 */
export function checkCel(state: WalkState, given: Schema, value: unknown, path: YamlPath): void {
  const schema = state.schemas.resolve(given);
  if (value === null || value === undefined || state.standsIn(value) || !hasRules(state, schema)) return;
  for (const { rule, message } of schema['x-kubernetes-validations'] ?? []) {
    if (celRuleOf(rule)?.holds(value) === false && !holdsStandIn(state, value))
      state.report('schema/cel', path, `${showPath(path)}: ${message ?? rule}`);
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items) value.forEach((item, index) => void checkCel(state, items, item, [...path, index]));
  } else if (isFields(value)) {
    for (const [name, field] of Object.entries(value)) {
      const ofField = fieldSchema(state.schemas, schema, name);
      if (ofField) checkCel(state, ofField, field, [...path, name]);
    }
  }
}

function hasRules(state: WalkState, schema: Schema): boolean {
  const known = ruled.get(schema);
  if (known !== undefined) return known;
  const below = [schema.items, schema.additionalProperties, ...Object.values(schema.properties ?? {})];
  const answer =
    schema['x-kubernetes-validations'] !== undefined ||
    below.some((child) => typeof child === 'object' && hasRules(state, state.schemas.resolve(child)));
  ruled.set(schema, answer);
  return answer;
}

/** A rule that fails on a placeholder says nothing about the value that will take its place. */
function holdsStandIn(state: WalkState, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((item) => holdsStandIn(state, item));
  if (isFields(value)) return Object.values(value).some((field) => holdsStandIn(state, field));
  return state.standsIn(value);
}
