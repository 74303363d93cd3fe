import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAllSchemas } from '../../src/schema/load-schemas.ts';
import type { KindSchema, Schema, SchemaLookup } from '../../src/schema/schema.ts';
import { validateObject } from '../../src/schema/validate-object.ts';
import { plainSchema } from '../support/plain-schema.ts';
import { mutationsOf } from './mutate.ts';
import { titleOf, validSamples } from './samples.ts';

/** The same schema for our walker: formats out, quantities excepted, which stand for their alternatives. */
function withoutFormats(kind: KindSchema): KindSchema {
  const resolve = (given: Schema): Schema => {
    const schema = kind.resolve(given);
    const { format, 'x-kubernetes-list-type': _, ...rest } = schema;
    return format === 'quantity' ? { ...rest, format } : rest;
  };
  return { root: resolve(kind.root), resolve };
}

let lookup: SchemaLookup;
const compiled = new Map<string, ValidateFunction>();
beforeAll(async () => {
  lookup = await loadAllSchemas();
});

function accepts(apiVersion: string, kind: string, object: unknown): boolean {
  const schemas = lookup.find(apiVersion, kind);
  if (!schemas) throw new Error(`no schema for ${kind}`);
  const key = `${apiVersion} ${kind}`;
  const validate =
    compiled.get(key) ??
    new Ajv2020({ strict: false, useDefaults: true, allErrors: true }).compile(plainSchema(schemas, schemas.root));
  compiled.set(key, validate);
  // It fills in defaults only after it has tried `oneOf`, so the second pass is the one that sees them all.
  const filled = structuredClone(object);
  validate(filled);
  return validate(filled);
}

describe('our checks and a JSON Schema validator', () => {
  const samples = validSamples().filter(
    ({ kind, sops }) => kind !== 'List' && !sops && kind !== 'CustomResourceDefinition',
  );

  it.each(samples.map((sample) => [titleOf(sample), sample] as const))('agree on changes of %s', (_, sample) => {
    const apiVersion = String(sample.apiVersion);
    const kind = String(sample.kind);
    const schemas = lookup.find(apiVersion, kind);
    const stripped: SchemaLookup = { find: () => schemas && withoutFormats(schemas) };
    const verdicts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(mutationsOf(withoutNulls(sample)), (mutant) => {
        const ours = validateObject(mutant, stripped).filter(
          // The first is not in the schema; rules written in CEL are not JSON Schema.
          ({ rule, message }) => rule !== 'schema/cel' && message !== 'metadata.name is required',
        );
        const theirs = accepts(apiVersion, kind, mutant);
        verdicts[theirs ? 'accepted' : 'refused']++;
        expect({ mutant, findings: ours, accepted: ours.length === 0 }).toMatchObject({ accepted: theirs });
      }),
      { numRuns: 40 },
    );
    expect(verdicts.refused).toBeGreaterThan(0);
  });
});

/** A null that means "not set" is Kubernetes' own rule. */
function withoutNulls<Manifest extends object>(manifest: Manifest): Manifest {
  return JSON.parse(JSON.stringify(manifest, (_, value: unknown) => (value === null ? undefined : value))) as Manifest;
}
