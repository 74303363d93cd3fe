import type { Schema } from './schema.ts';

/** Patterns that occur often, said in words. What is not here is shown as the pattern itself. */
const words: readonly (readonly [pattern: string, words: string])[] = [
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
    'hold only lower case letters, digits and -, and begin and end with a letter or digit',
  ],
  [
    '^[a-z]([-a-z0-9]*[a-z0-9])?$',
    'begin with a lower case letter, hold only lower case letters, digits and -, and not end with -',
  ],
  [
    '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    'hold only lower case letters, digits, - and ., and begin and end with a letter or digit',
  ],
  [
    '^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$',
    'hold only letters, digits, -, _ and ., and begin and end with a letter or digit',
  ],
  ['^(?!\\.{1,2}$)[^/%]+$', 'not be empty, . or .. and hold no / or %'],
  ['^(http|https|ssh)://.*$', 'begin with https://, http:// or ssh://'],
  ['^(http|https|oci)://.*$', 'begin with https://, http:// or oci://'],
  ['^(http|https)://.*$', 'begin with https:// or http://'],
  ['^https?://', 'begin with https:// or http://'],
  ['^oci://.*$', 'begin with oci://'],
];
const wordsByPattern = new Map(words);

export function patternWords(pattern: string): string {
  if (isQuantityPattern(pattern)) return 'be a quantity such as 500m, 2 or 128Mi';
  return wordsByPattern.get(pattern) ?? `match ${pattern}`;
}

/** What to write instead; it never repeats the value, which may hold a password. */
export function patternHint(pattern: string, value: string): string | undefined {
  if (pattern === '^(http|https|ssh)://.*$' && /^[\w.-]+@[\w.-]+:/.test(value))
    return 'Flux knows no short form: write ssh://git@HOST/OWNER/REPOSITORY.';
  if (pattern === '^oci://.*$') return 'Write oci://HOST/PATH, without a tag.';
  return undefined;
}

/** The patterns of Flux' and cert-manager's durations: `^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$` and narrower ones. */
export function isDurationPattern(pattern: string): boolean {
  return /\((ms\|s\|m(\|h)?|s\|m\|h|h\|m\|s\|ms)\)/.test(pattern);
}

function isQuantityPattern(pattern: string): boolean {
  return pattern.includes('([KMGTPE]i)|');
}

/** Advice for a value of the wrong type, which in YAML is mostly a matter of quotes or of a unit. */
export function typeHint(schema: Schema, value: unknown): string | undefined {
  if (schema.type === 'array' && (typeof value === 'string' || typeof value === 'object'))
    return 'Begin the item with "- ".';
  if (schema.type === 'integer' && typeof value === 'string')
    return /^-?\d+$/.test(value) ? 'Remove the quotes.' : 'Write a whole number.';
  if (schema.type === 'boolean' && typeof value === 'string')
    return /^(true|false)$/.test(value) ? 'Remove the quotes.' : 'Write true or false.';
  if (schema.type !== 'string') return undefined;
  if (schema.pattern && isDurationPattern(schema.pattern)) return 'Write a number with its unit: 10m, 1h30m.';
  return typeof value === 'number' || typeof value === 'boolean' ? 'Put the value in quotes.' : undefined;
}
