import type { Problem } from '../problem.ts';
import type { CheckedRepository } from './checked-repository.ts';
import type { Finding, Fix, Rule } from './rule.ts';

/** A finding as it is told. */
export interface CheckedProblem extends Problem {
  /** Equal before and after an edit that does not concern it: of the rule, the object and the place in it, no lines. */
  fingerprint: string;
  fix?: Fix;
}

/** Runs rules over a repository: findings of several clusters once, sorted by file and line. */
export function runRules(repository: CheckedRepository, rules: readonly Rule[]): CheckedProblem[] {
  return rules.flatMap((rule) => [...rule.find(repository)].map((finding) => problemOf(rule, finding)));
}

function problemOf(rule: Rule, { message, at, object, key, hint, severity, fix }: Finding): CheckedProblem {
  return {
    rule: rule.id,
    severity: severity ?? rule.severity,
    message,
    ...at,
    ...(object !== undefined && { object }),
    hint: hint ?? rule.fix,
    ...(fix !== undefined && { fixable: true, fix }),
    fingerprint: JSON.stringify([rule.id, at.file, object, key ?? message]),
  };
}
