import { goScalar } from './go-scalar.ts';
import type { JsonValue } from './json-value.ts';

/**
 * Which reader's rules for unquoted scalars hold:
 * - `manifest`: Kubernetes objects and patches, read by kustomize with go-yaml v3: `yes` is text;
 * - `kustomization`: kustomization files, read through go-yaml v2, where `yes`, `on` and `y` are true.
 */
export type YamlDialect = 'manifest' | 'kustomization';

const switches = new Map<string, boolean>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
]);

const certainText = /^[a-zA-Z_/][^ ]{5,}$/;
const certainInteger = /^(0|[1-9]\d{0,14})$/;

/**
 * What an unquoted scalar is as JSON.
 *
 * @param source its text, lines already folded
 * @returns undefined for what JSON cannot hold: infinities, not-a-number
 */
export function plainJson(source: string, dialect: YamlDialect): JsonValue | undefined {
  if (certainText.test(source)) return source;
  if (certainInteger.test(source)) return Number(source);
  const word = dialect === 'kustomization' ? switches.get(source) : undefined;
  if (word !== undefined) return word;
  const scalar = goScalar(source);
  switch (scalar.type) {
    case 'null':
      return null;
    case 'bool':
      return scalar.text === 'True';
    case 'int':
      return Number(scalar.text);
    case 'float':
      return Number.isFinite(Number(scalar.text)) ? Number(scalar.text) : undefined;
    case 'unsupported':
      // Whole numbers that fit 64 bits only without a sign.
      return Number.isFinite(Number(source)) ? Number(source) : undefined;
    default:
      return scalar.text;
  }
}

/** Whether a key of this text is text for every reader; others (`1`, `true`, `~`) are not keys that JSON has. */
export function isTextKey(source: string, dialect: YamlDialect): boolean {
  return certainText.test(source) || plainJson(source, dialect) === source;
}
