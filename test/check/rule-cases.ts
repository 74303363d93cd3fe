import { expect, test } from 'vitest';
import type { Rule } from '../../src/check/rule.ts';
import { type Edits, foundIn, leftIn } from './changed-tree.ts';

/** One edit of a golden tree, and all that the rule says of it. */
export interface RuleCase {
  /** What somebody did, as a sentence. */
  when: string;
  /** Name of the golden tree; default `default`. */
  tree?: string;
  edits: Edits;
  /** `severity file:line message`; nothing for what is fine. */
  finds: readonly string[];
  /** Of the first finding. */
  hint?: string;
  /** What `--fix` would write for the first finding; absent when it is not looked at. */
  fix?: string | undefined;
}

/** A test for each case; at least one must find something, and one nothing. What `--fix` changes is found no more. */
export function testRule(rule: Rule, cases: readonly RuleCase[]): void {
  test(`${rule.id} has cases of both kinds`, () => {
    expect(new Set(cases.map(({ finds }) => finds.length > 0))).toEqual(new Set([true, false]));
  });

  test.for([...cases])(`${rule.id}: $when`, async ({ tree = 'default', edits, finds, hint, ...others }) => {
    const problems = await foundIn(tree, edits, [rule]);

    const told = problems.filter(({ rule: id }) => id === rule.id);
    expect(told.map(({ severity, file, line, message }) => `${severity} ${file}:${line} ${message}`)).toEqual(finds);
    if (hint !== undefined) expect(told[0]?.hint).toBe(hint);
    const written = told[0]?.fix?.operations.map((operation) => 'value' in operation && operation.value);
    if ('fix' in others) expect(written?.[0]).toBe(others.fix);
    const fixable = told.filter((problem) => problem.fix !== undefined).length;
    if (fixable > 0) expect(await leftIn(tree, edits, [rule])).toHaveLength(problems.length - fixable);
  });
}
