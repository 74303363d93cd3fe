import type { YamlPath } from '../yaml/yaml-path.ts';

/** Names of the rules, stable: people turn them off by name. */
export type SchemaRule =
  | 'schema/unknown-field'
  | 'schema/required'
  | 'schema/type'
  | 'schema/enum'
  | 'schema/pattern'
  | 'schema/duration'
  /** Too long, too short, too many, too few, or out of a number's range. */
  | 'schema/range'
  /** Two entries of a list that must differ. */
  | 'schema/duplicate'
  | 'schema/cel'
  /** The group is known and has no such kind or version: no cluster will take it. */
  | 'schema/unknown-kind'
  /** A kind of a group we have no schemas for: it may well be right. */
  | 'schema/no-schema'
  | 'schema/removed-version';

export interface SchemaFinding {
  rule: SchemaRule;
  /** The value that is wrong; for a missing field the object that lacks it, for an unknown field the field. */
  path: YamlPath;
  /** Begins with the path in words, and holds no value of a Secret. */
  message: string;
  hint?: string;
}

/** `['spec', 'containers', 0, 'image']` -> `spec.containers[0].image`. */
export function showPath(path: YamlPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text === '' ? 'the object' : text;
}
