import { ExpectedError } from '../errors.ts';
import type { Problem } from '../problem.ts';

/**
 * Why existing YAML is not edited:
 * - `yaml-syntax`: it cannot be read without doubt (syntax, duplicate keys, tabs, aliases without anchor);
 * - `yaml-alias`: the place is reached through an alias (`*x`), or through a merge key (`<<`): `yaml-merge-key`;
 * - `yaml-anchor-in-use`: what would go away is repeated elsewhere by an alias;
 * - `yaml-tag`: the value's tag does not fit the new value;
 * - `yaml-path`: the path does not fit what is there (a key below a list, an index beyond the end, a taken key);
 * - `yaml-layout`: a rare way of writing that we cannot edit without rewriting it (`? key`, `[a: 1]`).
 */
export type YamlRefusal =
  | 'yaml-syntax'
  | 'yaml-alias'
  | 'yaml-merge-key'
  | 'yaml-anchor-in-use'
  | 'yaml-tag'
  | 'yaml-path'
  | 'yaml-layout';

/** Where in which file; `file` as shown to people, absent when the text has no file. Line and column are 1-based. */
export interface YamlPlace {
  file?: string;
  line: number;
  column: number;
}

/** Existing YAML we do not edit, with the reason and the place. Nothing has been changed. */
export function refuseYaml(code: YamlRefusal, message: string, place: YamlPlace): ExpectedError {
  return refuseAll(code, [finding(code, message, place)]);
}

/** The same for several findings; the first is the message. */
export function refuseAll(code: YamlRefusal, problems: readonly [Problem, ...Problem[]]): ExpectedError {
  const [first] = problems;
  const where = [first.file, first.line, first.column].filter((part) => part !== undefined).join(':');
  return new ExpectedError({
    code,
    exitCode: code === 'yaml-syntax' ? 2 : 3,
    message: `${where}: ${first.message}`,
    hint: hints[code],
    problems,
  });
}

/** One finding of the rule that belongs to the refusal. */
export function finding(code: YamlRefusal, message: string, place: YamlPlace): Problem {
  return { rule: code.replace('-', '/'), severity: 'error', message, ...place };
}

const hints: Record<YamlRefusal, string> = {
  'yaml-syntax': 'Correct the file and run the command again.',
  'yaml-alias': 'Write the value out in place of the alias, or change the anchored value.',
  'yaml-merge-key': 'Write the key out in the map itself, or change the anchored map.',
  'yaml-anchor-in-use': 'Move the anchor to a value that stays, or write the value out where the alias is.',
  'yaml-tag': 'Remove the tag, or make the change by hand.',
  'yaml-path': 'Make the change by hand.',
  'yaml-layout': 'Write the entry as `key: value` on a line of its own, or make the change by hand.',
};
