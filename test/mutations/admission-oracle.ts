import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { loadAllSchemas } from '../../src/schema/load-schemas.ts';
import type { KindSchema, Schema } from '../../src/schema/schema.ts';
import { type Fields, isFields, textAt } from '../support/manifest.ts';
import { plainSchema } from '../support/plain-schema.ts';

const lookup = await loadAllSchemas();
const ajv = new Ajv2020({ strict: false, useDefaults: true, allErrors: true });
const compiled = new Map<string, ValidateFunction>();
const refused = new Map<string, string>();

/** Why an API server refuses an object; undefined when a JSON Schema validator has nothing against it. */
export function refusal(object: Fields): string | undefined {
  const key = JSON.stringify(object);
  const found = refused.get(key) ?? reason(object) ?? '';
  refused.set(key, found);
  return found === '' ? undefined : found;
}

/** Whether there is a schema for its kind, in whatever version. */
export function isOfKnownGroup(object: Fields): boolean {
  return textAt(object, 'apiVersion').split('/')[0] !== 'external-secrets.io';
}

/** Whether what changed lies where the kind has rules in CEL, which a JSON Schema validator does not know. */
export function hasCelBetween(before: Fields, after: Fields): boolean {
  const schemas = lookup.find(textAt(after, 'apiVersion'), textAt(after, 'kind'));
  return schemas !== undefined && celOn(schemas, schemas.root, before, after);
}

function celOn(kind: KindSchema, given: Schema, before: unknown, after: unknown): boolean {
  if (JSON.stringify(before) === JSON.stringify(after)) return false;
  const schema = kind.resolve(given);
  if (schema['x-kubernetes-validations'] !== undefined) return true;
  const fields = new Set([...Object.keys(Object(before)), ...Object.keys(Object(after))]);
  return [...fields].some((field) => {
    const below = schema.properties?.[field] ?? schema.items ?? schema.additionalProperties;
    return typeof below === 'object' && celOn(kind, below, childOf(before, field), childOf(after, field));
  });
}

function childOf(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value[Number(field)];
  return isFields(value) ? value[field] : undefined;
}

function reason(object: Fields): string | undefined {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const schemas = lookup.find(apiVersion, kind);
  if (schemas === undefined) return isOfKnownGroup(object) ? `there is no ${kind} of ${apiVersion}` : undefined;
  const [plain, errors] = validated(object, schemas, !isBuiltIn(apiVersion));
  return errors === '' ? twiceIn(schemas, schemas.root, plain) : errors;
}

/**
 * Whether it has a field that its kind does not have, in one of Kubernetes' own kinds: Flux reads most of them into Go's
 * types, which leaves the field out, and the API server refuses it in others.
 */
export function hasFieldLeftOut(object: Fields): boolean {
  const schemas = lookup.find(textAt(object, 'apiVersion'), textAt(object, 'kind'));
  if (schemas === undefined || !isBuiltIn(textAt(object, 'apiVersion')) || refusal(object) !== undefined) return false;
  return validated(object, schemas, true)[1] !== '';
}

/** The object with its defaults, and what is wrong with it. */
function validated(object: Fields, schemas: KindSchema, isClosed: boolean): [object: Fields, errors: string] {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  const key = `${apiVersion} ${kind} ${isClosed}`;
  const validate = compiled.get(key) ?? ajv.compile(plainSchema(schemas, schemas.root, isClosed));
  compiled.set(key, validate);
  // what SOPS adds is gone once Flux has decrypted it
  const { sops, ...plain } = isBuiltIn(apiVersion) ? withoutNulls(object) : structuredClone(object);
  // defaults are filled in after oneOf was tried: the second pass sees them all
  validate(plain);
  return [plain, validate(plain) ? '' : ajv.errorsText(validate.errors)];
}

/** Kinds that Kubernetes decodes into Go's types, for which null is as good as nothing. */
function isBuiltIn(apiVersion: string): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return !group.includes('.') || /^(rbac\.authorization|networking|storage|policy)\.k8s\.io$/.test(group);
}

function withoutNulls(object: Fields): Fields {
  return JSON.parse(JSON.stringify(object, (_, value: unknown) => (value === null ? undefined : value)));
}

/** Two entries of a list that the API server keeps by key, or as a set. */
function twiceIn(kind: KindSchema, given: Schema, value: unknown): string | undefined {
  const schema = kind.resolve(given);
  if (Array.isArray(value)) {
    const keys = schema['x-kubernetes-list-map-keys'];
    const isSet = schema['x-kubernetes-list-type'] === 'set';
    const ids = value.map((item) => JSON.stringify(keys === undefined ? item : keys.map((key) => item?.[key])));
    const isMapList = schema['x-kubernetes-list-type'] === 'map';
    if ((isSet || isMapList) && new Set(ids).size < ids.length) return `an entry is there twice: ${ids.join(' ')}`;
    return firstOf(value, (item) => (schema.items ? twiceIn(kind, schema.items, item) : undefined));
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { additionalProperties } = schema;
  const rest = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return firstOf(Object.entries(value), ([field, below]) => {
    const own = schema.properties?.[field] ?? rest;
    return own && twiceIn(kind, own, below);
  });
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
