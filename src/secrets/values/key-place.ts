import { usageError } from '../../errors.ts';
import type { YamlSource } from '../../model/yaml-source.ts';
import type { YamlPath } from '../../yaml/yaml-path.ts';
import type { ValueChange } from '../format/change-values.ts';
import { readSopsYaml } from '../format/read-sops-yaml.ts';
import { Secret } from '../secret.ts';
import { bytesOf, type SecretValue } from './secret-value.ts';

const fields = ['stringData', 'data'] as const;
type Field = (typeof fields)[number];

/** What a KEY of the command line means in one file. */
interface KeyPlace {
  path: YamlPath;
  /** In a Secret: the key's name. Undefined in another kind of object, whose values are what they are. */
  key: string | undefined;
  /** Below `data` of a Secret, where values are base64. */
  isEncoded: boolean;
}

/**
 * What KEY means: in a Secret the name of a key, `data.KEY` or `stringData.KEY`; elsewhere the path of a value
 * (`spec.values.token`, `users[0].password`, `a["b.c"]`). Looks at the first document. Needs no key.
 *
 * @throws ExpectedError `secret-key` for what is no path, and those of `readSopsYaml`
 */
export function keyPlace(source: YamlSource, text: string): KeyPlace {
  const leaves = readSopsYaml(source).documents[0]?.leaves ?? [];
  const isSecret = leaves.some(
    ({ path, value }) => path.length === 1 && path[0] === 'kind' && value?.text === 'Secret',
  );
  if (!isSecret) return { path: pathOf(text), key: undefined, isEncoded: false };
  const has = (field: Field, key: string) => leaves.some(({ path }) => path[0] === field && path[1] === key);
  const bare = fields.find((field) => has(field, text));
  if (bare !== undefined) return placeIn(bare, text);
  const [, field, dotted, quoted] = /^(stringData|data)(?:\.(.+)|\[(".*")\])$/s.exec(text) ?? [];
  const named = fields.find((known) => known === field);
  if (named !== undefined) return placeIn(named, dotted ?? unquoted(quoted ?? '') ?? text);
  return placeIn('stringData', text);
}

/** The names of a Secret's keys, of all documents together, in order. Empty for other kinds. Needs no key. */
export function keysOf(source: YamlSource): string[] {
  const keys = readSopsYaml(source).documents.flatMap(({ leaves }) =>
    leaves.flatMap(({ path: [field, key] }) => (fields.some((known) => known === field) ? [String(key)] : [])),
  );
  return [...new Set(keys)].sort();
}

/**
 * What putting a value at a place comes to: base64 below `data`. Bytes that are no text move a key from `stringData` to
 * `data`.
 *
 * @throws ExpectedError `secret-not-text` for such bytes in another kind of object
 */
export function changesFor({ path, key, isEncoded }: KeyPlace, value: SecretValue, source: YamlSource): ValueChange[] {
  if (isEncoded) return [{ path, value: new Secret(bytesOf(value).toString('base64')) }];
  if (!value.isBinary) return [{ path, value: value.text }];
  if (key === undefined)
    throw usageError(`cannot set ${source.file}: the value is not UTF-8 text`, {
      code: 'secret-not-text',
      hint: 'only a Secret holds other bytes, under data',
    });
  const set = { path: ['data', key], value: value.text };
  return keysOf(source).includes(key) ? [set, { path }] : [set];
}

function placeIn(field: Field, key: string): KeyPlace {
  return { path: [field, key], key, isEncoded: field === 'data' };
}

/** Keys with dots or brackets are written `["a.b"]`. */
function pathOf(text: string): YamlPath {
  const steps = [...text.matchAll(/(?:^|\.)([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/gy)];
  const length = steps.reduce((sum, [whole]) => sum + whole.length, 0);
  if (text === '' || length !== text.length)
    throw usageError(`${JSON.stringify(text)} is no path of a value`, {
      code: 'secret-key',
      hint: 'write it as spec.values.token, users[0].password or data["tls.crt"]',
    });
  return steps.map(
    ([, name, index, quoted]) => name ?? (index === undefined ? (unquoted(quoted ?? '') ?? '') : Number(index)),
  );
}

function unquoted(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
