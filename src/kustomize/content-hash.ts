import { createHash } from 'node:crypto';
import { fieldOf, isJsonObject, type JsonObject, type JsonValue } from '../yaml/json-value.ts';

/** Hex digits that could spell something are replaced. */
const replaced: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/**
 * The ten characters that kustomize appends to the names of generated ConfigMaps and Secrets: of the sha256 of their
 * content as JSON. https://kubectl.docs.kubernetes.io/guides/config_management/secrets_configmaps/
 */
export function contentHash(object: JsonObject): string {
  const digest = createHash('sha256')
    .update(goJson(hashedPart(object)))
    .digest('hex');
  return [...digest.slice(0, 10)].map((digit) => replaced[digit] ?? digit).join('');
}

/** The name is not part of it: kustomize asks for a field `metadata/name`, which no object has. */
function hashedPart(object: JsonObject): JsonValue {
  if (object.kind === 'ConfigMap')
    return { kind: 'ConfigMap', name: '', data: object.data ?? '', ...optional(object, 'binaryData') };
  if (object.kind === 'Secret')
    return {
      kind: 'Secret',
      type: object.type ?? '',
      name: '',
      data: object.data ?? '',
      ...optional(object, 'stringData'),
    };
  return object;
}

function optional(object: JsonObject, field: string): JsonObject {
  const value = fieldOf(object, field);
  return value === undefined || value === null ? {} : { [field]: value };
}

/** JSON as Go's encoder writes it: keys sorted, and `<`, `>`, `&` escaped. */
function goJson(value: JsonValue): string {
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const keys = Object.keys(value).sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}
