import { ruleOf } from '../rule-of.ts';
import type { ScanRule } from '../scan-rule.ts';

/** What the file says is encrypted, and what `.sops.yaml` says. */
export const ruleDiffers: ScanRule = {
  id: 'secrets/rule-differs',
  severity: 'error',
  why: 'A file keeps the rule it was encrypted by, so a value that the new rule covers may stand there in plain text.',
  *find(file, scan) {
    const found = ruleOf(file, scan);
    if (found === undefined) return;
    const { inspection, rule, config } = found;
    const [own, wanted] = [inspection.rule, rule.encryption];
    if (own.kind === wanted.kind && own.pattern === wanted.pattern) return;
    yield {
      place: { line: 1, column: 1 },
      message: `is encrypted by ${own.kind} ${own.pattern}, but ${config.file}:${rule.line} says ${wanted.kind} ${wanted.pattern}`,
      fix: [
        'Correct the rule, or make the file anew with the same values:',
        scan.write.tool('secrets', 'show', file.path),
      ],
    };
  },
};
