import { nearest } from '../../nearest.ts';
import { kustomizationSchemas } from '../../schema/kustomization-schemas.ts';
import type { Schema } from '../../schema/schema.ts';
import { isJsonObject, type JsonObject, type JsonValue, setField } from '../../yaml/json-value.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import { BuildFailure } from '../build-failure.ts';
import type { Kustomization } from './kustomization.ts';

const schema = kustomizationSchemas.kinds['kustomize.config.k8s.io/v1beta1']?.Kustomization ?? {};

/**
 * Reads a kustomization as kustomize's strict JSON decoder does: names in any case, null for "not there", and no
 * number where a text belongs.
 *
 * @throws BuildFailure without a place's file: the path tells which field
 */
export function decodeKustomization(value: JsonObject, file: string, isStrict: boolean): Kustomization {
  return decode(value, schema, [], { file, isStrict }) as Kustomization;
}

interface Decoding {
  file: string;
  /** Whether an unknown field is refused, or left out. */
  isStrict: boolean;
}

function decode(value: JsonValue, expected: Schema, path: YamlPath, decoding: Decoding): JsonValue {
  switch (expected.type) {
    case undefined:
      return value;
    case 'array':
      if (!Array.isArray(value)) throw wrongType(value, 'a list', path, decoding);
      return value.map((item, index) => decode(item, expected.items ?? {}, [...path, index], decoding));
    case 'object':
      if (value === null) return {};
      if (!isJsonObject(value)) throw wrongType(value, 'a map', path, decoding);
      return decodeFields(value, expected, path, decoding);
    case 'integer':
      if (!Number.isInteger(value)) throw wrongType(value, 'a whole number', path, decoding);
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongType(value, 'true or false', path, decoding);
      return value;
    default:
      if (value === null) return '';
      if (typeof value !== 'string') throw wrongType(value, 'a text', path, decoding);
      return value;
  }
}

function decodeFields(value: JsonObject, expected: Schema, path: YamlPath, decoding: Decoding): JsonObject {
  const known = expected.properties ?? {};
  const free = typeof expected.additionalProperties === 'object' ? expected.additionalProperties : undefined;
  const result: JsonObject = {};
  for (const [written, field] of Object.entries(value)) {
    const name = Object.hasOwn(known, written) ? written : sameInOtherCase(written, known);
    const below = name === undefined ? free : known[name];
    if (below === undefined) {
      if (decoding.isStrict) throw unknownField(written, Object.keys(known), [...path, written], decoding);
      continue;
    }
    if (field === null && name !== undefined) continue;
    setField(result, name ?? written, decode(field, below, [...path, written], decoding));
  }
  return result;
}

function sameInOtherCase(written: string, known: Readonly<Record<string, Schema>>): string | undefined {
  return Object.keys(known).find((name) => name.toLowerCase() === written.toLowerCase());
}

function unknownField(field: string, known: string[], path: YamlPath, { file }: Decoding): BuildFailure {
  const likely = nearest(field, known);
  const hint = likely ? `Did you mean ${likely}?` : `Known are ${known.sort().join(', ')}.`;
  return new BuildFailure('unknown-field', `${field} is not a field that kustomize knows here`, hint, { file, path });
}

function wrongType(value: JsonValue, wanted: string, path: YamlPath, { file }: Decoding): BuildFailure {
  const field = path.filter((step) => typeof step === 'string').join('.');
  const shown = typeof value === 'object' ? (Array.isArray(value) ? 'a list' : 'a map') : String(value);
  const hint = wanted === 'a text' ? `Put it in quotes: "${shown}".` : `Write ${wanted}.`;
  return new BuildFailure('wrong-type', `${field} is ${shown}, kustomize wants ${wanted}`, hint, { file, path });
}
