import type { CheckedProblem } from './run-rules.ts';

/** What is found now and was not before: a finding excuses one that is the same, and all that come of the same cause. */
export function newFindings(before: readonly CheckedProblem[], after: readonly CheckedProblem[]): CheckedProblem[] {
  const known = new Map<string, number>();
  for (const { fingerprint } of before) known.set(fingerprint, (known.get(fingerprint) ?? 0) + 1);
  const causes = new Set(before.map(({ cause }) => cause));
  return after.filter(({ fingerprint, cause }) => {
    if (cause !== undefined && causes.has(cause)) return false;
    const left = known.get(fingerprint) ?? 0;
    known.set(fingerprint, left - 1);
    return left <= 0;
  });
}
