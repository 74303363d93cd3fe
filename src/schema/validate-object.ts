import { checkCel } from './check-cel.ts';
import { type Fields, isFields } from './fields.ts';
import type { SchemaFinding } from './finding.ts';
import type { KindSchema, SchemaLookup } from './schema.ts';
import { scopeOf } from './scope-of.ts';
import { storedForm } from './stored-form.ts';
import { unknownKind } from './unknown-kind.ts';
import { walk } from './walk.ts';
import type { WalkState } from './walk-state.ts';

export interface ValidateOptions {
  /** The object has not been through Flux' variable substitution: a text with `${name}` may become anything. */
  variables?: boolean;
}

/**
 * Checks one object as the API server would when it is applied server-side, without asking one.
 * A SOPS-encrypted object is checked as far as it can be read.
 *
 * @param object one parsed YAML document
 * @param lookup from loadSchemas, for at least the object's apiVersion
 * @returns nothing for a valid object; findings in the order of the document otherwise
 */
export function validateObject(object: unknown, lookup: SchemaLookup, options: ValidateOptions = {}): SchemaFinding[] {
  if (!isFields(object)) return [{ rule: 'schema/type', path: [], message: 'a manifest must be a mapping' }];
  const { apiVersion, kind } = object;
  for (const [name, value] of [
    ['apiVersion', apiVersion],
    ['kind', kind],
  ] as const)
    if (typeof value !== 'string' || value === '')
      return [{ rule: 'schema/required', path: [], message: `${name} is required` }];
  return validateKind(object, String(apiVersion), String(kind), lookup, options);
}

function validateKind(
  object: Fields,
  apiVersion: string,
  kind: string,
  lookup: SchemaLookup,
  options: ValidateOptions,
): SchemaFinding[] {
  if (apiVersion === 'v1' && kind === 'List') return validateItems(object, lookup, options);
  const schemas = lookup.find(apiVersion, kind);
  if (!schemas) return [unknownKind(apiVersion, kind)];
  const isInCluster = scopeOf(apiVersion, kind) !== undefined;
  return validateKnown(object, kind, schemas, options, isInCluster);
}

/** kubectl and kustomize take a List for its items. */
function validateItems({ items }: Fields, lookup: SchemaLookup, options: ValidateOptions): SchemaFinding[] {
  if (!Array.isArray(items)) return [{ rule: 'schema/type', path: [], message: 'items must be a list' }];
  return items.flatMap((item, index) =>
    validateObject(item, lookup, options).map((finding) => ({
      ...finding,
      path: ['items', index, ...finding.path],
      message: `items[${index}]: ${finding.message}`,
    })),
  );
}

function validateKnown(
  object: Fields,
  kind: string,
  schemas: KindSchema,
  options: ValidateOptions,
  isNamed: boolean,
): SchemaFinding[] {
  const findings: SchemaFinding[] = [];
  const encrypted = isFields(object.sops);
  const { sops, ...plain } = object;
  const state: WalkState = {
    schemas,
    kind,
    secret: kind === 'Secret',
    standsIn: standIns(encrypted, options.variables === true),
    declares: true,
    report: (rule, path, message, hint) =>
      void findings.push(hint === undefined ? { rule, path, message } : { rule, path, message, hint }),
  };
  const stored = storedForm(schemas, schemas.root, encrypted ? plain : object);
  walk(state, schemas.root, stored, []);
  if (isNamed) checkName(state, stored);
  if (findings.every((finding) => finding.rule === 'schema/unknown-field')) checkCel(state, schemas.root, stored, []);
  return findings;
}

/** @see https://github.com/getsops/sops#encryption-protocol for the form of an encrypted value */
function standIns(encrypted: boolean, variables: boolean): (value: unknown) => boolean {
  if (!encrypted && !variables) return () => false;
  return (value) =>
    typeof value === 'string' &&
    ((encrypted && value.startsWith('ENC[')) || (variables && /\$\{[A-Za-z_]/.test(value)));
}

function checkName(state: WalkState, object: unknown): void {
  const metadata = isFields(object) ? (object.metadata ?? {}) : {};
  if (isFields(metadata) && metadata.name === undefined && metadata.generateName === undefined)
    state.report(
      'schema/required',
      isFields(object) && object.metadata ? ['metadata'] : [],
      'metadata.name is required',
    );
}
